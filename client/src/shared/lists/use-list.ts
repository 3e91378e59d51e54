import { computed, onScopeDispose, reactive, type Ref, ref, shallowRef } from 'vue';
import { type ApiProblem, asProblem } from '../api/problem';
import type { Page } from '../api/page';
import { useRealtime } from '../realtime/realtime';
import type { Fact } from '../realtime/room-ledger';

export type LoadState = 'loading' | 'ready' | 'failed';

export interface ListSpec<T> {
  /** One page; called again only for 更多, after a long gap, or by hand. */
  readonly load: (cursor: string | undefined) => Promise<Page<T>>;
  /** One row anew, as the list shows it; null when it is gone or no longer belongs here. */
  readonly loadOne: (id: string) => Promise<T | null>;
  readonly idOf: (row: T) => string;
  /** The id of the row that a fact is about; undefined when it concerns nobody here. */
  readonly concerns: (fact: Fact) => string | undefined;
  /** Whether a row that is not shown yet may enter the list because of this fact. */
  readonly mayAdd?: (fact: Fact) => boolean;
  /** The order of the server's answer, to place a changed row; without it changed rows keep their place and new ones go on top. */
  readonly order?: (a: T, b: T) => number;
  /** Rooms beside the ones every console hears. */
  readonly rooms?: readonly string[];
}

export interface LiveList<T> {
  readonly rows: Readonly<Ref<readonly T[]>>;
  readonly state: Readonly<Ref<LoadState>>;
  readonly problem: Readonly<Ref<ApiProblem | null>>;
  /** Changes of order, new and gone rows that wait until the pointer and the focus leave. */
  readonly waiting: Readonly<Ref<number>>;
  readonly hasMore: Readonly<Ref<boolean>>;
  readonly loadingMore: Readonly<Ref<boolean>>;
  /** Rows whose content changed in place just now; `:class="{ 'is-patched': … }"`. */
  isPatched(id: string): boolean;
  /** The pointer or the focus is in the list: rows change their words, nothing moves. */
  hold(held: boolean): void;
  showWaiting(): void;
  more(): Promise<void>;
  reload(): Promise<void>;
  /** After an action of one's own: the row is read at once. */
  refresh(id: string): Promise<void>;
}

const GATHER_MS = 120;
/** Above this many changed rows at a time the list is read as a whole. */
const MANY = 15;
const PATCHED_MS = 160;

/** A list that loads once and then is patched row by row; it never jumps under the pointer. */
export const useList = <T>(spec: ListSpec<T>): LiveList<T> => {
  const realtime = useRealtime();
  const rows = shallowRef<readonly T[]>([]);
  const state = ref<LoadState>('loading');
  const problem = ref<ApiProblem | null>(null);
  const cursor = ref<string | null>(null);
  const loadingMore = ref(false);
  const held = ref(false);
  /** What will be shown once the hold ends: a row, or null for a row that is gone. */
  const later = shallowRef(new Map<string, T | null>());
  const patched = reactive(new Set<string>());
  const wanted = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let run = 0;

  const shown = (id: string): boolean => rows.value.some((row) => spec.idOf(row) === id);

  const sorted = (all: readonly T[]): readonly T[] => (spec.order === undefined ? all : [...all].sort(spec.order));

  const keepsPlace = (id: string, next: T): boolean => {
    if (spec.order === undefined) return true;
    const replaced = rows.value.map((row) => (spec.idOf(row) === id ? next : row));
    const at = replaced.findIndex((row) => spec.idOf(row) === id);
    const before = replaced[at - 1];
    const after = replaced[at + 1];
    return (before === undefined || spec.order(before, next) <= 0) && (after === undefined || spec.order(next, after) <= 0);
  };

  const fade = (id: string): void => {
    patched.add(id);
    setTimeout(() => patched.delete(id), PATCHED_MS);
  };

  const postpone = (id: string, next: T | null): void => {
    later.value = new Map(later.value).set(id, next);
  };

  const replace = (id: string, next: T): void => {
    rows.value = rows.value.map((row) => (spec.idOf(row) === id ? next : row));
  };

  /** `own`: an action of this person, whose effect they expect to see at once, wherever the pointer is. */
  const apply = (id: string, next: T | null, own = false): void => {
    const present = shown(id);
    if (!present && next === null) return;
    if (present && next !== null && keepsPlace(id, next)) {
      replace(id, next);
      fade(id);
      return;
    }
    if (held.value && !own) {
      if (present && next !== null) replace(id, next);
      postpone(id, next);
      return;
    }
    const rest = rows.value.filter((row) => spec.idOf(row) !== id);
    rows.value = next === null ? rest : sorted([next, ...rest]);
    if (next !== null) fade(id);
  };

  const readOne = async (id: string, own = false): Promise<void> => {
    try {
      apply(id, await spec.loadOne(id), own);
    } catch (error) {
      const failure = asProblem(error);
      if (failure.isMissing || failure.status === 403) apply(id, null, own);
    }
  };

  const reload = async (): Promise<void> => {
    run += 1;
    const mine = run;
    if (rows.value.length === 0) state.value = 'loading';
    try {
      const page = await spec.load(undefined);
      if (mine !== run) return;
      rows.value = page.items;
      cursor.value = page.nextCursor;
      later.value = new Map();
      problem.value = null;
      state.value = 'ready';
    } catch (error) {
      if (mine !== run) return;
      problem.value = asProblem(error);
      // What is on the screen stays there, with its age; only an empty list shows the failure in its place.
      state.value = rows.value.length === 0 ? 'failed' : 'ready';
    }
  };

  const flush = (): void => {
    timer = null;
    const ids = [...wanted];
    wanted.clear();
    if (ids.length > MANY && !held.value) void reload();
    else for (const id of ids) void readOne(id);
  };

  const hear = (fact: Fact): void => {
    const id = spec.concerns(fact);
    if (id === undefined || state.value === 'loading') return;
    if (!shown(id) && !later.value.has(id) && spec.mayAdd?.(fact) !== true) return;
    wanted.add(id);
    timer ??= setTimeout(flush, GATHER_MS);
  };

  const showWaiting = (): void => {
    const pending = later.value;
    later.value = new Map();
    const rest = rows.value.filter((row) => !pending.has(spec.idOf(row)));
    const added = [...pending.values()].filter((row) => row !== null);
    rows.value = sorted([...added, ...rest]);
  };

  const more = async (): Promise<void> => {
    if (cursor.value === null || loadingMore.value) return;
    loadingMore.value = true;
    try {
      const page = await spec.load(cursor.value);
      const known = new Set(rows.value.map(spec.idOf));
      rows.value = [...rows.value, ...page.items.filter((row) => !known.has(spec.idOf(row)))];
      cursor.value = page.nextCursor;
    } catch (error) {
      problem.value = asProblem(error);
    } finally {
      loadingMore.value = false;
    }
  };

  const leave = [realtime.onFact(hear), realtime.onReload(() => void reload()), ...(spec.rooms ?? []).map((room) => realtime.follow(room))];
  onScopeDispose(() => {
    for (const stop of leave) stop();
    if (timer !== null) clearTimeout(timer);
    run += 1;
  });
  void reload();

  return {
    rows,
    state,
    problem,
    waiting: computed(() => later.value.size),
    hasMore: computed(() => cursor.value !== null),
    loadingMore,
    isPatched: (id) => patched.has(id),
    hold: (now) => {
      held.value = now;
      if (!now && later.value.size > 0) showWaiting();
    },
    showWaiting,
    more,
    reload,
    refresh: (id) => {
      const pending = new Map(later.value);
      pending.delete(id);
      later.value = pending;
      return readOne(id, true);
    },
  };
};
