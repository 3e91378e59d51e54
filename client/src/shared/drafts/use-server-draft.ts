import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { type ApiProblem, asProblem } from '../api/problem';
import { useNow } from '../formatting/clock';

export interface Stored<T> {
  readonly version: number;
  readonly content: T;
}

export interface DraftSpec<T extends object> {
  /** What the server holds; also asked for after a conflict. */
  readonly load: () => Promise<Stored<T>>;
  /** PATCH with If-Match; only the changed fields are given. */
  readonly save: (changes: Partial<T>, version: number, whole: T) => Promise<Stored<T>>;
  readonly delayMs?: number;
}

export type DraftState = 'loading' | 'saved' | 'typing' | 'saving' | 'failed' | 'conflict';

export interface Contested<T, K extends keyof T = keyof T> {
  readonly field: K;
  readonly mine: T[K];
  readonly theirs: T[K];
}

export interface ServerDraft<T extends object> {
  /** What the form shows and changes. Typing here is never overwritten by an answer. */
  readonly value: Ref<T | null>;
  readonly version: Readonly<Ref<number>>;
  readonly state: Readonly<Ref<DraftState>>;
  readonly problem: Readonly<Ref<ApiProblem | null>>;
  /** Fields that somebody else changed meanwhile: both texts stand side by side until one is chosen. */
  readonly contested: Readonly<Ref<readonly Contested<T>[]>>;
  /** 草稿已存服务器 · 2 秒前 */
  readonly words: Readonly<Ref<string>>;
  keepMine(): Promise<void>;
  takeTheirs(): void;
  /** Before a move: everything typed is on the server when this resolves to true. */
  flush(): Promise<boolean>;
  /** What the server holds became known otherwise. Shown at once where nothing is being typed; else the next save compares. */
  adopt(stored: Stored<T>): void;
}

const RETRY_MS = 4_000;

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

const changedFields = <T extends object>(now: T, before: T): (keyof T)[] =>
  (Object.keys(now) as (keyof T)[]).filter((field) => !same(now[field], before[field]));

const pick = <T extends object>(from: T, fields: readonly (keyof T)[]): Partial<T> => {
  const part: Partial<T> = {};
  for (const field of fields) part[field] = from[field];
  return part;
};

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A form that lives on the server while it is typed: nothing is lost when the tab, the computer or the line dies. */
export const useServerDraft = <T extends object>(spec: DraftSpec<T>): ServerDraft<T> => {
  const value = ref<T | null>(null) as Ref<T | null>;
  const version = ref(0);
  const state = ref<DraftState>('loading');
  const problem = shallowRef<ApiProblem | null>(null);
  const contested = shallowRef<readonly Contested<T>[]>([]);
  const savedAt = ref(0);
  const now = useNow(1_000);
  let base: T | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let queue: Promise<void> = Promise.resolve();
  let closed = false;

  const unsaved = (): (keyof T)[] => (value.value === null || base === null ? [] : changedFields(value.value, base));

  /** Takes in the server's fields that nobody here has touched. */
  const merge = (stored: Stored<T>, mine: readonly (keyof T)[]): void => {
    version.value = stored.version;
    base = clone(stored.content);
    const merged = clone(stored.content);
    for (const field of mine) if (value.value !== null) merged[field] = value.value[field];
    if (!same(merged, value.value)) value.value = merged;
  };

  const meetConflict = async (): Promise<void> => {
    const before = base;
    const stored = await spec.load();
    const mine = unsaved();
    const theirs = before === null ? [] : changedFields(stored.content, before);
    const both = mine.filter((field) => theirs.includes(field) && value.value !== null && !same(value.value[field], stored.content[field]));
    const current = value.value;
    contested.value = current === null ? [] : both.map((field) => ({ field, mine: current[field], theirs: stored.content[field] }));
    merge(stored, mine);
    state.value = both.length > 0 ? 'conflict' : 'typing';
  };

  const schedule = (delay: number): void => {
    if (timer !== null) clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(() => {
      timer = null;
      void store();
    }, delay);
  };

  const storeOnce = async (): Promise<void> => {
    const fields = unsaved();
    if (fields.length === 0 || value.value === null) {
      if (state.value === 'typing') state.value = 'saved';
      return;
    }
    const sent = clone(value.value);
    state.value = 'saving';
    try {
      const stored = await spec.save(pick(sent, fields), version.value, sent);
      const since = value.value === null ? [] : changedFields(value.value, sent);
      merge(stored, since);
      savedAt.value = now.value;
      problem.value = null;
      state.value = since.length > 0 ? 'typing' : 'saved';
      if (since.length > 0) schedule(spec.delayMs ?? 600);
    } catch (error) {
      await failed(asProblem(error));
    }
  };

  const failed = async (refusal: ApiProblem): Promise<void> => {
    if (refusal.isStale) {
      try {
        await meetConflict();
        if (state.value === 'typing') schedule(0);
        return;
      } catch (error) {
        problem.value = asProblem(error);
      }
    } else problem.value = refusal;
    state.value = 'failed';
    const failure = problem.value;
    if (failure !== null && (failure.isTransient || failure.status === 401)) schedule(RETRY_MS);
  };

  /** Saves follow each other, so that an older text never overtakes a newer one. */
  const store = (): Promise<void> => {
    queue = queue.then(() => (state.value === 'conflict' ? undefined : storeOnce()));
    return queue;
  };

  watch(
    value,
    () => {
      if (unsaved().length === 0 || state.value === 'conflict') return;
      if (state.value !== 'saving') state.value = 'typing';
      schedule(spec.delayMs ?? 600);
    },
    { deep: true },
  );

  const open = async (): Promise<void> => {
    try {
      const stored = await spec.load();
      merge(stored, []);
      state.value = 'saved';
      savedAt.value = now.value;
    } catch (error) {
      problem.value = asProblem(error);
      state.value = 'failed';
    }
  };
  void open();

  const words = computed(() => {
    if (state.value === 'loading') return '正在取草稿';
    if (state.value === 'conflict') return '他人也改了同一处，请选一份';
    if (state.value === 'failed') return '还没存上，正在重试；文字还在';
    if (state.value === 'typing' || state.value === 'saving') return '正在存到服务器';
    return savedAt.value === 0 ? '草稿在服务器' : `草稿已存服务器 · ${Math.max(1, Math.round((now.value - savedAt.value) / 1000))} 秒前`;
  });

  onScopeDispose(() => {
    closed = true;
    if (timer !== null) clearTimeout(timer);
    // The last words of a closed form are still sent.
    if (unsaved().length > 0 && state.value !== 'conflict') void store();
  });

  return {
    value,
    version,
    state,
    problem,
    contested,
    words,
    keepMine: async () => {
      contested.value = [];
      state.value = 'typing';
      await store();
    },
    takeTheirs: () => {
      if (value.value === null) return;
      const taken = clone(value.value);
      for (const { field, theirs } of contested.value) taken[field] = theirs;
      contested.value = [];
      value.value = taken;
      state.value = unsaved().length > 0 ? 'typing' : 'saved';
      if (state.value === 'typing') schedule(0);
    },
    flush: async () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await store();
      return state.value === 'saved';
    },
    adopt: (stored) => {
      if (base !== null && stored.version > version.value && unsaved().length === 0 && state.value !== 'saving') merge(stored, []);
    },
  };
};
