import type { CallbackTaskAnswer } from '#contracts/api/telephony';
import { callbackKinds, callbackTaskLifecycle } from '#contracts/lifecycles/callback-task.lifecycle';
import { movesOf } from '#contracts/lifecycles/lifecycle';
import { type Actor, decodeCursor, missing, type Page, toPage, toShanghaiIso } from '#kernel';
import type { CallbackTask } from '../domain/callback-task';
import { maskNumber } from '../domain/phone-number';
import type { Where } from '../store/table';
import { factsAboutTask } from '../use-cases/callback-tasks';
import { performersOf, type TelephonyTools } from '../use-cases/tools';
import { isoOrNull } from './present-call';

export interface TaskListRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: CallbackTask['state'] | undefined;
  readonly mine?: boolean | undefined;
}

export const presentTask = (tools: TelephonyTools, task: CallbackTask, actor: Actor): CallbackTaskAnswer => ({
  id: task.id,
  kind: task.kind,
  kindLabel: callbackKinds[task.kind],
  state: task.state,
  stateLabel: callbackTaskLifecycle.states[task.state].label,
  callId: task.callId,
  ticketId: task.ticketId,
  number: maskNumber(tools.crypto.open(task.numberSealed)),
  calls: task.calls,
  attempts: task.attempts,
  lastResult: task.lastResult,
  dueAt: toShanghaiIso(task.dueAt),
  overdue: task.state !== 'CLOSED' && task.dueAt < tools.clock.now(),
  claimedBy: task.claimedBy,
  claimedByName: task.claimedByName,
  createdAt: toShanghaiIso(task.createdAt),
  closedAt: isoOrNull(task.closedAt),
  closedBy: task.closedBy,
  version: task.version,
  moves: movesOf(callbackTaskLifecycle, { state: task.state }, { performers: performersOf(actor), facts: factsAboutTask(task, actor) }).map((move) => ({
    ...move,
    unmet: [...move.unmet],
    needs: [...move.needs],
    takes: [...move.takes],
  })),
});

export const createTaskQueries = (tools: TelephonyTools) => ({
  /** Without a state: everything that still waits for somebody, the most urgent first. */
  list: async (request: TaskListRequest, actor: Actor): Promise<Page<CallbackTaskAnswer>> => {
    tools.policy.require(actor, 'callbackTask.read');
    const from = decodeCursor(request.cursor, 2);
    const where: Where<CallbackTask> = {
      state: request.state ?? { not: 'CLOSED' },
      ...(request.mine === true ? { claimedBy: actor.id } : {}),
      ...(from === null ? {} : { anyOf: [{ dueAt: { gt: Number(from[0]) } }, { dueAt: Number(from[0]), id: { gt: String(from[1]) } }] }),
    };
    const rows = await tools.store.tasks.many({
      where,
      order: [
        ['dueAt', 'ASC'],
        ['id', 'ASC'],
      ],
      limit: request.limit + 1,
    });
    const page = toPage(rows, request.limit, (task) => [task.dueAt.getTime(), task.id]);
    return { items: page.items.map((task) => presentTask(tools, task, actor)), nextCursor: page.nextCursor };
  },

  get: async (id: string, actor: Actor): Promise<CallbackTaskAnswer> => {
    tools.policy.require(actor, 'callbackTask.read');
    const task = await tools.store.tasks.one({ id });
    if (task === null) throw missing('callbackTask');
    return presentTask(tools, task, actor);
  },
});
