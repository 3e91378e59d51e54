import type { AnswerCardRef, PostedMessage } from '#contracts/api/inquiries';
import { type CitizenActor, fail, missing, type StaffActor, toShanghaiIso } from '#kernel';
import { isUniqueViolation } from '#platform';
import type { Conversation } from '../domain/conversation';
import { conversationClosed, notYours } from '../domain/refusals';
import type { UseCaseDeps } from './deps';
import { type NewLine, writeLine } from './write-line';

type Author = CitizenActor | StaffActor;

const checkMaySpeak = (conversation: Conversation, actor: Author): void => {
  if (conversation.state === 'CLOSED') throw conversationClosed();
  if (actor.kind === 'staff' && (conversation.state !== 'ACTIVE' || conversation.agentId !== actor.id)) throw notYours();
};

const posted = (message: { readonly seq: number; readonly at: Date }): PostedMessage => ({ seq: message.seq, at: toShanghaiIso(message.at) });

const post = async (
  deps: UseCaseDeps,
  conversationId: string,
  given: { readonly actor: Author; readonly line: NewLine & { readonly clientMsgId: string } },
): Promise<PostedMessage> => {
  const { actor, line } = given;
  const again = (work?: Parameters<Parameters<typeof deps.database.inTransaction>[0]>[0]) =>
    deps.conversations.findMessage(conversationId, line.author, { clientMsgId: line.clientMsgId, ...(work === undefined ? {} : { work }) });
  try {
    return await deps.database.inTransaction(async (work) => {
      // Looked for first: a line that was sent before the conversation closed stays acknowledged however often it is sent.
      const known = await again(work);
      if (known !== null) return posted(known);
      const conversation = (await deps.conversations.find(conversationId, work)) ?? fail(missing('conversation'));
      checkMaySpeak(conversation, actor);
      return posted(await writeLine(deps, conversation, { line, work }));
    });
  } catch (error) {
    const known = isUniqueViolation(error) ? await again() : null;
    if (known === null) throw error;
    return posted(known);
  }
};

export interface MessageInput {
  readonly clientMsgId: string;
  readonly body: string;
}

/** Harmless to repeat: the number answers, whether the line is new or known. */
export const createPostMessage =
  (deps: UseCaseDeps) =>
  (conversationId: string, input: MessageInput, actor: Author): Promise<PostedMessage> => {
    const author = actor.kind === 'staff' ? ('AGENT' as const) : ('CITIZEN' as const);
    const authorId = actor.kind === 'staff' ? actor.id : null;
    return post(deps, conversationId, { actor, line: { author, authorId, kind: 'TEXT', body: input.body, clientMsgId: input.clientMsgId } });
  };

/** An answer with its sources; the citizen's page opens the very guide versions that are cited. */
export const createSendAnswerCard =
  (deps: UseCaseDeps) =>
  (conversationId: string, input: MessageInput & { readonly answerCard: AnswerCardRef }, actor: StaffActor): Promise<PostedMessage> =>
    post(deps, conversationId, {
      actor,
      line: {
        author: 'AGENT',
        authorId: actor.id,
        kind: 'ANSWER_CARD',
        body: input.body,
        detail: { answerCard: input.answerCard },
        clientMsgId: input.clientMsgId,
      },
    });
