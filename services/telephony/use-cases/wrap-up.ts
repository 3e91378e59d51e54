import { agentChoices } from '#contracts/lifecycles/agent-state.lifecycle';
import { type Actor, DomainError, missing, systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { AgentSession } from '../domain/agent-session';
import type { Call } from '../domain/call';
import { after } from '../domain/settings';
import { factsAboutAgent, moveAgent } from './move-agent';
import { moveCall } from './move-call';
import { seatOf } from './requeue-call';
import { settled, type TelephonyTools } from './tools';

/** From ACW to what the agent wished during the call, else READY; a seat whose phone is not there becomes BUSY, so that nobody rings in vain. */
export const freeSeat = async (tools: TelephonyTools, work: UnitOfWork, session: AgentSession): Promise<AgentSession> => {
  const changes: Partial<AgentSession> = { callId: null, pendingState: null, pendingReason: null };
  if (session.state !== 'ACW') {
    await tools.store.sessions.update({ agentId: session.agentId }, { callId: null }, work);
    return { ...session, callId: null };
  }
  const facts = factsAboutAgent(session, work.now);
  const wished = session.pendingState ?? 'READY';
  const possible = wished !== 'READY' || (facts.deviceIsChecked && facts.phoneIsConnected);
  if (!possible) return moveAgent(tools, work, session, { action: 'busy', reason: '话机未连接', changes });
  return moveAgent(tools, work, session, { action: agentChoices[wished], reason: session.pendingReason, changes });
};

/** The wrap-up is over: by the agent's key, by the clock, or because the seat fell silent. The form is a server draft, so nothing is lost. */
export const finishWrapUp = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  call: Call,
  given: { readonly actor?: Actor; readonly keepSeat?: boolean } = {},
): Promise<Call> => {
  const seat = await seatOf(tools, work, call.id);
  const closed = await moveCall(tools, work, call, { action: 'finish', actor: given.actor ?? systemActor, changes: { outcome: 'ANSWERED' } });
  if (seat !== null && given.keepSeat !== true) await freeSeat(tools, work, seat);
  return closed;
};

const ownWrapUp = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly callId: string; readonly actor: Actor }): Promise<Call> => {
  const call = await tools.store.calls.one({ id: given.callId }, work);
  if (call === null || call.agentId !== given.actor.id) throw missing('call');
  return call;
};

export const createWrapUp = (tools: TelephonyTools) => ({
  /** Saving the ticket or pressing the key ends it early; asked twice, it has the same end. */
  done: (callId: string, actor: Actor): Promise<Call> => {
    tools.policy.require(actor, 'call.take');
    return settled(tools, async (work) => {
      const call = await ownWrapUp(tools, work, { callId, actor });
      return call.state === 'CLOSED' ? call : finishWrapUp(tools, work, call, { actor });
    });
  },

  /** +30 s, twice at the most (design-channels §2.4). */
  extend: (callId: string, actor: Actor): Promise<Call> => {
    tools.policy.require(actor, 'call.take');
    return settled(tools, async (work) => {
      const call = await ownWrapUp(tools, work, { callId, actor });
      const settings = await tools.settings(work);
      const custody = await tools.store.custodies.one({ callId }, work);
      if (call.state !== 'WRAP' || custody === null) throw new DomainError({ kind: 'conflict', code: 'telephony/wrong-state', message: '话后整理已经结束。' });
      if (call.wrapExtensions >= settings.wrapUpExtensions)
        throw new DomainError({ kind: 'conflict', code: 'telephony/no-more-time', message: '整理时间已延长两次，不能再延长。' });
      await tools.store.calls.update({ id: callId, wrapExtensions: call.wrapExtensions }, { wrapExtensions: call.wrapExtensions + 1 }, work);
      await tools.store.custodies.update({ callId }, { deadline: after(custody.deadline, settings.wrapUp) }, work);
      return { ...call, wrapExtensions: call.wrapExtensions + 1 };
    });
  },
});
