import { onScopeDispose, ref, shallowRef } from 'vue';
import { useApi } from '../api/client';
import { type ApiProblem, asProblem } from '../api/problem';
import type { Query } from '../api/client';
import { useList } from '../lists/use-list';
import { useRecord } from '../lists/use-record';
import { useRealtime } from '../realtime/realtime';
import type { Fact } from '../realtime/room-ledger';
import { createCaseApi, type MustDo, type RectificationItem } from './case-api';
import { byTimeLost } from './case-words';

export const useCaseApi = () => createCaseApi(useApi());

const caseIn = (fact: Fact): string | undefined => {
  const { id } = fact.payload;
  return fact.name.startsWith('rectification.') && typeof id === 'string' ? id : undefined;
};

/** A list of cases under a filter that may change; `belongs` says whether a row that was read anew still fits it. */
export const useCaseList = (spec: { readonly query: () => Query; readonly belongs: (row: RectificationItem) => boolean }) => {
  const cases = useCaseApi();
  return useList<RectificationItem>({
    load: (cursor) => cases.list({ ...spec.query(), limit: 50, cursor }),
    loadOne: async (id) => {
      const row = await cases.read(id);
      return spec.belongs(row) ? row : null;
    },
    idOf: (row) => row.id,
    concerns: caseIn,
    mayAdd: () => true,
    order: byTimeLost,
  });
};

/** One opened case; `run` makes a move and says what became of it. */
export const useCase = (id: () => string | null) => {
  const cases = useCaseApi();
  const record = useRecord({
    id,
    load: (one) => cases.read(one),
    concerns: (fact, one) => caseIn(fact) === one,
    room: (one) => `rectification:${one}`,
  });
  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);

  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    busy.value = true;
    problem.value = null;
    try {
      await act();
      await record.reload();
      return true;
    } catch (error) {
      problem.value = asProblem(error);
      // Somebody else was faster: what is true now is shown beside the refusal.
      if (problem.value.isStale) await record.reload();
      return false;
    } finally {
      busy.value = false;
    }
  };

  const run = (action: string, input: Readonly<Record<string, unknown>>): Promise<boolean> => {
    const seen = record.value.value;
    if (seen === null) return Promise.resolve(false);
    return attempt(() => cases.move(seen.id, { action, input, version: seen.version }));
  };
  return { ...record, run, attempt, busy, refusal: problem };
};
export type OpenCase = ReturnType<typeof useCase>;

const GATHER_MS = 400;

/** Figures of what waits, counted by the server and read again when a case changes. */
export const useMustDo = () => {
  const cases = useCaseApi();
  const realtime = useRealtime();
  const figures = shallowRef<MustDo | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;
  const read = async (): Promise<void> => {
    timer = null;
    try {
      figures.value = await cases.mustDo();
      problem.value = null;
    } catch (error) {
      problem.value = asProblem(error);
    }
  };
  const later = (): void => {
    timer ??= setTimeout(() => void read(), GATHER_MS);
  };
  const leave = [realtime.onFact((fact) => (caseIn(fact) === undefined ? undefined : later())), realtime.onReload(later)];
  onScopeDispose(() => {
    for (const stop of leave) stop();
    if (timer !== null) clearTimeout(timer);
  });
  void read();
  return { figures, problem, read };
};
