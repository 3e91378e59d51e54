import {
  type CallbackKind,
  type CallbackTaskAction,
  type CallbackTaskGuard,
  callbackTaskLifecycle,
  type CallbackTaskState,
} from '#contracts/lifecycles/callback-task.lifecycle';
import { decide } from '#contracts/lifecycles/lifecycle';
import { type Actor, systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Call } from '../domain/call';
import { callbackPolicy, type CallbackTask } from '../domain/callback-task';
import { performersOf, refusal, RowChanged, type TelephonyTools } from './tools';

export interface TaskStep {
  readonly action: CallbackTaskAction;
  readonly actor: Actor;
  readonly changes?: Partial<CallbackTask>;
  readonly content?: Readonly<Record<string, unknown>>;
}

export const factsAboutTask = (task: CallbackTask, actor: Actor): Record<CallbackTaskGuard, boolean> => ({
  isClaimedByActor: task.claimedBy === actor.id,
  attemptsAreMade: task.attempts >= callbackPolicy.attempts,
});

const trailOf = (work: UnitOfWork, task: CallbackTask, given: { readonly step: TaskStep; readonly from: CallbackTaskState | null }): void => {
  const { step, from } = given;
  work.trail({
    subject: 'callbackTask',
    subjectId: task.id,
    version: task.version,
    action: step.action,
    from,
    to: task.state,
    actor: step.actor,
    ...(step.content === undefined ? {} : { content: step.content }),
  });
  work.announce({
    name: 'callbackTask.moved',
    payload: { taskId: task.id, action: step.action, from, to: task.state, by: step.actor.id, kind: task.kind, version: task.version },
    rooms: ['hotline', ...(task.claimedBy === null ? [] : [`staff:${task.claimedBy}`])],
  });
};

/** The one writer of a call-back task's state. */
export const moveTask = async (tools: TelephonyTools, work: UnitOfWork, task: CallbackTask, step: TaskStep): Promise<CallbackTask> => {
  const facts = factsAboutTask(task, step.actor);
  const decision = decide(callbackTaskLifecycle, { state: task.state }, { action: step.action, performers: performersOf(step.actor), facts });
  if (!decision.ok) throw refusal(decision.why, decision.unmet);
  const state = decision.to as CallbackTaskState;
  const closing = state === 'CLOSED' ? { openHash: null, closedAt: work.now, closedBy: step.actor.id } : {};
  const changes: Partial<CallbackTask> = { ...step.changes, ...closing, state, version: task.version + 1 };
  if ((await tools.store.tasks.update({ id: task.id, version: task.version }, changes, work)) !== 1) throw new RowChanged();
  const moved: CallbackTask = { ...task, ...changes };
  trailOf(work, moved, { step, from: task.state });
  return moved;
};

/** One open task per number (I2): a further missed call joins the open one. Answers null when nobody could be rung. */
export const openTask = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  call: Call,
  given: { readonly kind: CallbackKind; readonly actor: Actor; readonly dueAt: Date },
): Promise<string | null> => {
  const { numberHash, numberSealed } = call;
  if (numberHash === null || numberSealed === null) return null;
  const open = await tools.store.tasks.one({ openHash: numberHash }, work);
  if (open !== null) {
    // The same call may ask again, for instance when it is lost after a call-back was promised.
    if (open.callId === call.id) return open.id;
    const dueAt = open.dueAt < given.dueAt ? open.dueAt : given.dueAt;
    await moveTask(tools, work, open, {
      action: 'repeat',
      actor: given.actor,
      changes: { callId: call.id, calls: open.calls + 1, dueAt, ticketId: open.ticketId ?? call.ticketId },
    });
    return open.id;
  }
  const task: CallbackTask = {
    id: tools.ids.next(),
    kind: given.kind,
    state: 'OPEN',
    callId: call.id,
    numberSealed,
    numberHash,
    openHash: numberHash,
    calls: 1,
    ticketId: call.ticketId,
    attempts: 0,
    lastResult: null,
    dueAt: given.dueAt,
    claimedBy: null,
    claimedByName: null,
    createdAt: work.now,
    closedAt: null,
    closedBy: null,
    version: 1,
  };
  await tools.store.tasks.insert(task, work);
  trailOf(work, task, { step: { action: 'open', actor: given.actor }, from: null });
  return task.id;
};

/** The person rang again and was answered: the promise to ring back is kept. */
export const settleTasks = async (tools: TelephonyTools, work: UnitOfWork, call: Call): Promise<void> => {
  if (call.numberHash === null) return;
  const open = await tools.store.tasks.many({ where: { openHash: call.numberHash, state: { not: 'CLOSED' } } }, work);
  for (const task of open) await moveTask(tools, work, task, { action: 'settle', actor: systemActor, content: { callId: call.id } });
};
