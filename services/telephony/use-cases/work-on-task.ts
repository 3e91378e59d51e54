import type { z } from 'zod';
import { actionsOf, inputOf } from '#contracts/lifecycles/lifecycle';
import { type CallbackTaskAction, callbackTaskLifecycle } from '#contracts/lifecycles/callback-task.lifecycle';
import { type Actor, DomainError, invalid, missing, stale } from '#kernel';
import type { UnitOfWork } from '#platform';
import { type CallbackTask, nextAttemptAt } from '../domain/callback-task';
import { moveTask } from './callback-tasks';
import { RowChanged, type TelephonyTools } from './tools';

export interface TaskMove {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The version that the person saw. */
  readonly ifMatch: number;
}

const parse = (action: string, input: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const parsed = inputOf(callbackTaskLifecycle, action).safeParse(given);
  if (parsed.success) return parsed.data;
  const issues: readonly z.core.$ZodIssue[] = parsed.error.issues;
  throw invalid(
    '填写的内容有误。',
    issues.map((issue) => ({ path: `/${issue.path.join('/')}`, code: issue.code ?? 'invalid', message: issue.message })),
  );
};

const changesOf = (
  task: CallbackTask,
  given: { readonly action: string; readonly input: Record<string, unknown>; readonly actor: Actor; readonly now: Date },
): Partial<CallbackTask> => {
  const { action, input, actor, now } = given;
  const ticket = typeof input['ticketId'] === 'string' ? { ticketId: input['ticketId'] } : {};
  if (action === 'claim') return { claimedBy: actor.id, claimedByName: actor.kind === 'staff' ? actor.name : null };
  if (action === 'release' || action === 'takeBack') return { claimedBy: null, claimedByName: null };
  if (action !== 'attempt') return ticket;
  const attempts = task.attempts + 1;
  return { attempts, lastResult: String(input['result']), dueAt: nextAttemptAt(attempts, now), claimedBy: null, claimedByName: null };
};

const recordAttempt = (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly taskId: string; readonly actor: Actor; readonly result: string; readonly note: unknown },
): Promise<void> =>
  tools.store.attempts.insert(
    {
      id: tools.ids.next(),
      taskId: given.taskId,
      agentId: given.actor.id,
      result: given.result,
      noteSealed: typeof given.note === 'string' ? tools.crypto.seal(given.note) : null,
      at: work.now,
    },
    work,
  );

export const createWorkOnTask = (tools: TelephonyTools) => ({
  move: async (id: string, move: TaskMove, actor: Actor): Promise<CallbackTask> => {
    tools.policy.require(actor, move.action === 'takeBack' ? 'call.monitor' : 'callbackTask.work');
    if (!actionsOf(callbackTaskLifecycle).includes(move.action)) throw missing('resource');
    const input = parse(move.action, move.input);
    // Ids of other people's tickets are refused in every field that takes one (security §11).
    if (typeof input['ticketId'] === 'string' && !(await tools.maySeeTicket(actor, input['ticketId']))) throw missing('ticket');
    try {
      return await tools.database.inTransaction(async (work) => {
        const task = await tools.store.tasks.one({ id }, work);
        if (task === null) throw missing('callbackTask');
        if (task.version !== move.ifMatch) throw stale({ currentVersion: task.version, state: task.state });
        const changes = changesOf(task, { action: move.action, input, actor, now: work.now });
        const moved = await moveTask(tools, work, task, { action: move.action as CallbackTaskAction, actor, changes, content: input });
        if (move.action === 'attempt') await recordAttempt(tools, work, { taskId: id, actor, result: String(input['result']), note: input['note'] });
        if (move.action === 'reach') await recordAttempt(tools, work, { taskId: id, actor, result: 'REACHED', note: input['note'] });
        return moved;
      });
    } catch (error) {
      if (!(error instanceof RowChanged)) throw error;
      const now = await tools.store.tasks.one({ id });
      throw stale({ currentVersion: now?.version ?? 0, ...(now === null ? {} : { state: now.state }) });
    }
  },

  /** Only whoever took the task sees the number, with a reason, and it is written down (rules §11.2). */
  revealNumber: (id: string, purpose: string, actor: Actor): Promise<string> => {
    tools.policy.require(actor, 'callbackTask.work');
    return tools.database.inTransaction(async (work) => {
      const task = await tools.store.tasks.one({ id }, work);
      if (task === null) throw missing('callbackTask');
      if (task.state !== 'CLAIMED' || task.claimedBy !== actor.id) {
        throw new DomainError({ kind: 'conflict', code: 'telephony/condition', message: '请先领取任务，再查看号码。' });
      }
      work.audit({ actor, action: 'callbackTask.revealNumber', objectType: 'callbackTask', objectId: id, purpose, result: 'done' });
      return tools.crypto.open(task.numberSealed);
    });
  },
});
