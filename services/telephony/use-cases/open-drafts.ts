import type { Call } from '../domain/call';
import type { TelephonyTools } from './tools';

/** Calls that an agent took and whose draft is missing, or still belongs to the agent before. */
const withoutDraft = async (tools: TelephonyTools): Promise<readonly Call[]> => {
  const calls = await tools.store.calls.many({ where: { state: { in: ['TALKING', 'WRAP'] }, agentId: { not: null } }, limit: 500 });
  return calls.filter((call) => call.ticketId === null || call.draftAgentId !== call.agentId);
};

const openDraft = async (tools: TelephonyTools, call: Call): Promise<void> => {
  const session = call.agentId === null ? null : await tools.store.sessions.one({ agentId: call.agentId });
  if (session === null) return;
  const { ticketId, number } = await tools.drafts.openForCall({
    callId: call.id,
    agentId: session.agentId,
    agentName: session.name,
    orgId: session.orgId,
    phone: call.numberSealed === null ? null : tools.crypto.open(call.numberSealed),
    numberHash: call.numberHash,
    ticketId: call.ticketId,
    startedAt: call.arrivedAt,
  });
  await tools.database.inTransaction(async (work) => {
    // Not by version: the draft is bound once and must not lose against a hang-up of the same second.
    await tools.store.calls.update({ id: call.id }, { ticketId, draftAgentId: session.agentId }, work);
    work.announce({ name: 'call.draftOpened', payload: { callId: call.id, ticketId, number }, rooms: [`call:${call.id}`, `staff:${session.agentId}`] });
  });
};

/**
 * The draft follows the accept at once but in a transaction of its own: a fault there must never cost a caller the conversation. It is
 * repeated until it is there, and the port answers the same ticket each time.
 */
export const createOpenDrafts = (tools: TelephonyTools) => async (): Promise<number> => {
  let opened = 0;
  for (const call of await withoutDraft(tools)) {
    try {
      await openDraft(tools, call);
      opened += 1;
    } catch (error) {
      tools.logger.error({ event: 'telephony.draft-failed', callId: call.id, errorName: (error as Error).name });
    }
  }
  return opened;
};
