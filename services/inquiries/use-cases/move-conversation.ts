import type { ConversationAction } from '#contracts/lifecycles/conversation.lifecycle';
import { type CitizenActor, fail, matches, missing, type StaffActor, stale } from '#kernel';
import { decideMove } from '../domain/moves';
import type { UseCaseDeps } from './deps';
import { transition } from './transition';

export interface MoveRequest {
  readonly action: ConversationAction;
  readonly input: Readonly<Record<string, unknown>>;
  readonly ifMatch: number;
}

const notices: Readonly<Record<string, string>> = {
  take: '坐席已接入，请继续说。',
  release: '已为您转给其他坐席，前面的话都带过去，不用重讲。',
  close: '本次会话已结束。还有别的事，可以重新发起。',
};

/** Staff take, hand back and end a conversation. */
export const createMoveConversation =
  (deps: UseCaseDeps) =>
  (conversationId: string, request: MoveRequest, actor: StaffActor): Promise<void> =>
    deps.database.inTransaction(async (work) => {
      const found = (await deps.conversations.find(conversationId, work)) ?? fail(missing('conversation'));
      if (!matches(deps.policy.scope(actor, 'conversation'), { ...found })) throw missing('conversation');
      // Judged before the version is compared: who comes second to `take` hears that somebody has it.
      decideMove(found, request.action, actor);
      if (request.ifMatch !== found.version) throw stale({ currentVersion: found.version, state: found.state });
      await transition(deps, found, { action: request.action, actor, work, content: request.input, notice: notices[request.action] ?? '' });
    });

/** The citizen ends it; to end what has ended is no fault. */
export const createLeaveConversation =
  (deps: UseCaseDeps) =>
  (actor: CitizenActor): Promise<void> =>
    deps.database.inTransaction(async (work) => {
      const found = (await deps.conversations.find(actor.id, work)) ?? fail(missing('conversation'));
      if (found.state === 'CLOSED') return;
      await transition(deps, found, { action: 'leave', actor, work, notice: '您已结束本次会话。' });
    });
