import type { CallbackKind } from '#contracts/lifecycles/callback-task.lifecycle';
import type { LegCause } from '#contracts/lifecycles/leg.lifecycle';
import type { OverflowKind } from '#contracts/lifecycles/call.lifecycle';
import type { Actor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Call, HangupParty } from '../domain/call';
import { withinCallingHours } from '../domain/callback-task';
import { after, secondsBetween } from '../domain/settings';
import { openTask } from './callback-tasks';
import { order } from './commands';
import { moveAgent } from './move-agent';
import { type CallStep, moveCall } from './move-call';
import { endLegs } from './move-leg';
import { changeEntry, endOffer, heldSince, seatOf } from './requeue-call';
import type { TelephonyTools } from './tools';

export interface Ending {
  readonly by: HangupParty;
  readonly actor: Actor;
  readonly cause: LegCause;
}

/** Leaves queue and seat behind; the seat that only rang, or answered and never heard the caller, keeps its place among the idle. */
const clearSeatAndQueue = async (tools: TelephonyTools, work: UnitOfWork, call: Call): Promise<void> => {
  const seat = await seatOf(tools, work, call.id);
  await endOffer(tools, work, call.id, 'WITHDRAWN');
  await changeEntry(tools, work, call.id, () => ({ state: 'LEFT' }));
  if (seat === null) return;
  const action = seat.state === 'RINGING' ? 'stopRinging' : 'release';
  if (seat.state === 'RINGING' || seat.state === 'TALKING' || seat.state === 'HOLDING') {
    await moveAgent(tools, work, seat, { action, keepIdle: true, changes: { callId: null } });
  } else {
    await tools.store.sessions.update({ agentId: seat.agentId }, { callId: null }, work);
  }
};

const close = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  call: Call,
  given: { readonly step: CallStep; readonly cause: LegCause; readonly toldAs?: string },
): Promise<Call> => {
  const seat = await seatOf(tools, work, call.id);
  await clearSeatAndQueue(tools, work, call);
  const closed = await moveCall(tools, work, call, { ...given.step, ...(seat === null ? {} : { staff: [seat.agentId] }) });
  await endLegs(tools, work, { callId: call.id, cause: given.cause });
  await order(tools, work, call, { kind: 'end', cause: given.toldAs ?? given.cause });
  return closed;
};

/** I2: whoever waited five seconds and can be rung is rung back. */
const followUpMissed = async (tools: TelephonyTools, work: UnitOfWork, call: Call, actor: Actor): Promise<string | null> => {
  const settings = await tools.settings(work);
  const waited = secondsBetween(call.enqueuedAt ?? call.arrivedAt, work.now);
  if (waited < settings.missedAfter) return call.taskId;
  return (await openTask(tools, work, call, { kind: 'MISSED', actor, dueAt: withinCallingHours(work.now) })) ?? call.taskId;
};

/** Somebody who had been answered and was cut off is rung back at once. */
const followUpCut = async (tools: TelephonyTools, work: UnitOfWork, call: Call, actor: Actor): Promise<string | null> =>
  (await openTask(tools, work, call, { kind: 'FAILURE', actor, dueAt: work.now })) ?? call.taskId;

/** The conversation is over; the seat writes up the draft that is already saved. */
const startWrapUp = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  call: Call,
  given: { readonly ending: Ending; readonly action: 'hangUp' | 'part'; readonly taskId: string | null },
): Promise<Call> => {
  const settings = await tools.settings(work);
  const seat = await seatOf(tools, work, call.id);
  await changeEntry(tools, work, call.id, () => ({ state: 'LEFT' }));
  const moved = await moveCall(tools, work, call, {
    action: given.action,
    actor: given.ending.actor,
    changes: { ...heldSince(call, work.now), hangupAt: work.now, hangupBy: given.ending.by, taskId: given.taskId },
    custody: { holder: 'WRAP', deadline: after(work.now, settings.wrapUp) },
  });
  if (seat !== null) await moveAgent(tools, work, seat, { action: 'wrapUp' });
  await endLegs(tools, work, { callId: call.id, cause: given.ending.cause });
  await order(tools, work, call, { kind: 'end', cause: given.ending.cause });
  return moved;
};

/** The citizen's side is gone, however: pressed the key, closed the page, lost the network. */
export const citizenGone = async (tools: TelephonyTools, work: UnitOfWork, call: Call, ending: Ending): Promise<Call> => {
  const { actor } = ending;
  const left = { hangupAt: work.now, hangupBy: ending.by };
  if (call.state === 'CLOSED' || call.state === 'WRAP') return call;
  if (call.answeredAt === null) {
    const taskId = await followUpMissed(tools, work, call, actor);
    const settings = await tools.settings(work);
    const step: CallStep = { action: 'abandon', actor, changes: { ...left, taskId, outcome: 'ABANDONED' }, missedAfter: settings.missedAfter };
    return close(tools, work, call, { step, cause: ending.cause });
  }
  if (call.state === 'TALKING') {
    const taskId = ending.by === 'LOST' ? await followUpCut(tools, work, call, actor) : call.taskId;
    return startWrapUp(tools, work, call, { ending, action: 'part', taskId });
  }
  const taskId = await followUpCut(tools, work, call, actor);
  return close(tools, work, call, { step: { action: 'leave', actor, changes: { ...left, taskId, outcome: 'ANSWERED' } }, cause: ending.cause });
};

/** The agent's key; the draft stays with them through the wrap-up. */
export const agentHangsUp = (tools: TelephonyTools, work: UnitOfWork, call: Call, actor: Actor): Promise<Call> =>
  startWrapUp(tools, work, call, { ending: { by: 'AGENT', actor, cause: 'normal' }, action: 'hangUp', taskId: call.taskId });

/**
 * The wait ends in a call-back: asked for with a key, waited too long, or no sound came about. Answers null when there is no number to
 * ring, so that the caller is kept.
 */
export const turnIntoCallback = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  call: Call,
  given: { readonly kind: CallbackKind; readonly overflow: OverflowKind; readonly actor: Actor },
): Promise<Call | null> => {
  const dueAt = given.kind === 'FAILURE' ? work.now : withinCallingHours(work.now);
  const taskId = await openTask(tools, work, call, { kind: given.kind, actor: given.actor, dueAt });
  if (taskId === null) return null;
  const by: HangupParty = given.actor.kind === 'citizen' ? 'CITIZEN' : 'SYSTEM';
  const left = { hangupAt: work.now, hangupBy: by, taskId };
  if (call.answeredAt !== null) {
    return close(tools, work, call, {
      step: { action: 'leave', actor: given.actor, changes: { ...left, outcome: 'ANSWERED' } },
      cause: 'normal',
      toldAs: 'callback',
    });
  }
  const changes = { ...left, outcome: 'OVERFLOW' as const, overflowKind: given.overflow };
  return close(tools, work, call, { step: { action: 'overflow', actor: given.actor, changes }, cause: 'normal', toldAs: 'callback' });
};
