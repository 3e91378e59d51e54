import { type CallAction, type CallGuard, callLifecycle, type CallState } from '#contracts/lifecycles/call.lifecycle';
import { decide } from '#contracts/lifecycles/lifecycle';
import type { Actor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Call, CustodyHolder } from '../domain/call';
import { secondsBetween } from '../domain/settings';
import { performersOf, refusal, RowChanged, type TelephonyTools } from './tools';

export interface CallStep {
  readonly action: CallAction;
  readonly actor: Actor;
  readonly changes?: Partial<Call>;
  /** Who answers for the call after this step (I1); a call that closes is nobody's. */
  readonly custody?: { readonly holder: CustodyHolder; readonly ref?: string; readonly deadline: Date };
  readonly isOffered?: boolean;
  /** Seats that hear of it besides the call's own agent. */
  readonly staff?: readonly string[];
  readonly missedAfter?: number;
}

export const factsAboutCall = (call: Call, step: CallStep, now: Date): Record<CallGuard, boolean> => {
  const taskId = step.changes?.taskId ?? call.taskId;
  const ticketId = step.changes?.ticketId ?? call.ticketId;
  const waited = secondsBetween(call.enqueuedAt ?? call.arrivedAt, now);
  return {
    isOffered: step.isOffered === true,
    isTheAgent: step.actor.kind === 'staff' && step.actor.id === call.agentId,
    isConnected: call.connectedAt !== null,
    wasAnswered: call.answeredAt !== null,
    missIsFollowedUp: taskId !== null || call.numberHash === null || (call.answeredAt === null && waited < (step.missedAfter ?? 5)),
    hasFollowUp: taskId !== null || ticketId !== null,
    isHeld: call.heldAt !== null,
  };
};

const roomsOf = (call: Call, step: CallStep, agentId: string | null): readonly string[] => [
  'hotline',
  `call:${call.id}`,
  ...[call.agentId, agentId, ...(step.staff ?? [])].filter((id) => id !== null).map((id) => `staff:${id}`),
];

const keepCustody = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly call: Call; readonly step: CallStep; readonly to: CallState }) => {
  const { call, step, to } = given;
  if (to === 'CLOSED') {
    await tools.store.custodies.remove({ callId: call.id }, work);
    return;
  }
  if (step.custody === undefined) return;
  const { holder, ref, deadline } = step.custody;
  await tools.store.custodies.update({ callId: call.id }, { holder, ref: ref ?? null, since: work.now, deadline }, work);
};

/** The one writer of a call's state: row, custody, trail and fact in one transaction, or nothing. */
export const moveCall = async (tools: TelephonyTools, work: UnitOfWork, call: Call, step: CallStep): Promise<Call> => {
  const decision = decide(
    callLifecycle,
    { state: call.state },
    { action: step.action, performers: performersOf(step.actor), facts: factsAboutCall(call, step, work.now) },
  );
  if (!decision.ok) throw refusal(decision.why, decision.unmet);
  const to = decision.to as CallState;
  const changes: Partial<Call> = { ...step.changes, state: to, version: call.version + 1, ...(to === 'CLOSED' ? { closedAt: work.now } : {}) };
  if ((await tools.store.calls.update({ id: call.id, version: call.version }, changes, work)) !== 1) throw new RowChanged();
  await keepCustody(tools, work, { call, step, to });
  const moved: Call = { ...call, ...changes };
  work.trail({ subject: 'call', subjectId: call.id, version: moved.version, action: step.action, from: call.state, to, actor: step.actor });
  work.announce({
    name: 'call.moved',
    payload: {
      callId: call.id,
      action: step.action,
      from: call.state,
      to,
      by: step.actor.id,
      agentId: moved.agentId,
      outcome: moved.outcome,
      version: moved.version,
    },
    rooms: roomsOf(call, step, moved.agentId),
  });
  work.afterCommit(tools.wake);
  return moved;
};
