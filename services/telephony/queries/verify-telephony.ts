import { eligibleAgents, waitingEntries } from '../use-cases/route-calls';
import { isExcluded } from '../domain/routing';
import type { TelephonyFinding } from '../store/telephony-store';
import type { TelephonyTools } from '../use-cases/tools';

const shown = 50;

/** I1 as a live gauge: nothing may stand past its deadline for more than ten seconds while somebody sweeps. */
export const createOverdueCustodies = (tools: TelephonyTools) => (): Promise<number> =>
  tools.store.custodies.count({ deadline: { lt: tools.clock.now().getTime() - 10_000 } });

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
  await unserved(tools),
];
