import { eligibleAgents, waitingEntries } from '../use-cases/route-calls';
import { isExcluded } from '../domain/routing';
import type { TelephonyFinding } from '../store/telephony-store';
import type { TelephonyTools } from '../use-cases/tools';

const shown = 50;

/** I1 as a live gauge: nothing may stand past its deadline for more than ten seconds. */
const overdue = async (tools: TelephonyTools): Promise<TelephonyFinding> => {
  const before = tools.clock.now().getTime() - 10_000;
  const rows = await tools.store.custodies.many({ where: { deadline: { lt: before } }, limit: shown });
  return { invariant: 'I1', checked: await tools.store.custodies.count({}), offending: rows.map((row) => row.callId), note: '到期超过 10 秒未处理' };
};

/** I6: when all is quiet, nobody waits whom a free seat could take. */
const unserved = async (tools: TelephonyTools): Promise<TelephonyFinding> => {
  const now = tools.clock.now();
  const settings = await tools.settings();
  const agents = await eligibleAgents(tools, settings, now);
  const entries = await waitingEntries(tools, now);
  const offending = entries.filter((entry) =>
    agents.some((agent) => !isExcluded({ ...entry, entryId: entry.id, enqueuedAt: entry.enqueuedAt.getTime() }, agent.agentId, now.getTime())),
  );
  return { invariant: 'I6', checked: entries.length, offending: offending.map((entry) => entry.callId), note: '有可用坐席时不得有人等待' };
};

/** Read-only; what the `verify` command prints for telephony. I5 is a property of histories and is checked by the model test. */
export const createVerifyTelephony = (tools: TelephonyTools) => async (): Promise<readonly TelephonyFinding[]> => [
  ...(await tools.store.brokenInvariants(shown)),
  await overdue(tools),
  await unserved(tools),
];
