import { onScopeDispose, ref, type Ref, shallowRef, watch } from 'vue';
import { type ApiProblem, asProblem } from '../api/problem';
import { useRealtime } from '../realtime/realtime';
import type { Fact } from '../realtime/room-ledger';
import type { LoadState } from './use-list';

export interface RecordSpec<T> {
  /** Null: nothing is selected. */
  readonly id: () => string | null;
  readonly load: (id: string) => Promise<T>;
  readonly concerns: (fact: Fact, id: string) => boolean;
  /** The room of the object, heard while it is open. */
  readonly room?: (id: string) => string;
}

export interface LiveRecord<T> {
  readonly value: Readonly<Ref<T | null>>;
  readonly state: Readonly<Ref<LoadState>>;
  readonly problem: Readonly<Ref<ApiProblem | null>>;
  reload(): Promise<void>;
  /** The answer to an action of one's own, shown without asking again. */
  put(value: T): void;
}

const GATHER_MS = 120;

/** One opened object; read when its id changes and again when a fact names it. */
export const useRecord = <T>(spec: RecordSpec<T>): LiveRecord<T> => {
  const realtime = useRealtime();
  const value = shallowRef<T | null>(null);
  const state = ref<LoadState>('loading');
  const problem = ref<ApiProblem | null>(null);
  let run = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let leaveRoom: (() => void) | null = null;

  const read = async (): Promise<void> => {
    const id = spec.id();
    run += 1;
    const mine = run;
    if (id === null) {
      value.value = null;
      return;
    }
    try {
      const answer = await spec.load(id);
      if (mine !== run) return;
      value.value = answer;
      problem.value = null;
      state.value = 'ready';
    } catch (error) {
      if (mine !== run) return;
      problem.value = asProblem(error);
      state.value = value.value === null ? 'failed' : 'ready';
    }
  };

  watch(
    spec.id,
    (id) => {
      leaveRoom?.();
      leaveRoom = id === null || spec.room === undefined ? null : realtime.follow(spec.room(id));
      value.value = null;
      state.value = 'loading';
      void read();
    },
    { immediate: true },
  );

  const hear = (fact: Fact): void => {
    const id = spec.id();
    if (id === null || !spec.concerns(fact, id)) return;
    timer ??= setTimeout(() => {
      timer = null;
      void read();
    }, GATHER_MS);
  };

  const leave = [realtime.onFact(hear), realtime.onReload(() => void read())];
  onScopeDispose(() => {
    for (const stop of leave) stop();
    leaveRoom?.();
    if (timer !== null) clearTimeout(timer);
    run += 1;
  });

  return {
    value,
    state,
    problem,
    reload: read,
    put: (next) => {
      run += 1;
      value.value = next;
      state.value = 'ready';
    },
  };
};
