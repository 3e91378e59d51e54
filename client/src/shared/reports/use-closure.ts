import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { ClosureReport } from '#contracts/api/reports';
import { type Query, useApi } from '../api/client';
import { type ApiProblem, asProblem } from '../api/problem';
import { useRealtime } from '../realtime/realtime';

const GATHER_MS = 800;

/** The 100% ledger under a query; read again when the query or a case changes, the old figures stay until then. */
export const useClosure = (query: () => Query) => {
  const api = useApi();
  const realtime = useRealtime();
  const report = shallowRef<ClosureReport | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  const busy = ref(false);
  let run = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const read = async (): Promise<void> => {
    timer = null;
    run += 1;
    const mine = run;
    busy.value = true;
    try {
      const answer = await api.get<ClosureReport>('/reports/closure', { query: query() });
      if (mine !== run) return;
      report.value = answer;
      problem.value = null;
    } catch (error) {
      if (mine === run) problem.value = asProblem(error);
    } finally {
      if (mine === run) busy.value = false;
    }
  };
  const later = (): void => {
    timer ??= setTimeout(() => void read(), GATHER_MS);
  };
  const leave = [
    realtime.onFact((fact) => (fact.name.startsWith('rectification.') && fact.name !== 'rectification.draftSaved' ? later() : undefined)),
    realtime.onReload(later),
  ];
  onScopeDispose(() => {
    for (const stop of leave) stop();
    if (timer !== null) clearTimeout(timer);
    run += 1;
  });
  watch(
    () => JSON.stringify(query()),
    () => void read(),
    { immediate: true },
  );
  return { report, problem, busy, read };
};
