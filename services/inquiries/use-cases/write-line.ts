import type { UnitOfWork } from '#platform';
import type { Conversation, Message, MessageAuthor, MessageKind } from '../domain/conversation';
import { type LineDetail, presentMessage } from '../queries/present-message';
import type { Change } from '../store/conversation-store';
import type { UseCaseDeps } from './deps';

export interface NewLine {
  readonly author: MessageAuthor;
  readonly authorId: string | null;
  readonly kind: MessageKind;
  readonly body: string;
  readonly detail?: LineDetail;
  /** Null for the product's own lines, which are written once with their cause. */
  readonly clientMsgId: string | null;
}

/** Only what people say counts as a sign of life; our own notices must not keep a silent conversation open. */
const signsOfLife = (author: MessageAuthor, conversation: Conversation, now: Date): Change => {
  if (author === 'CITIZEN') return { lastMessageAt: now, unansweredSince: conversation.unansweredSince ?? now, askedAt: null };
  return author === 'AGENT' ? { lastMessageAt: now, unansweredSince: null, askedAt: null } : {};
};

/** Adds a line with the next number and announces it: the words stay in the row, the fact carries the number only. */
export const writeLine = async (
  deps: UseCaseDeps,
  conversation: Conversation,
  given: { readonly line: NewLine; readonly work: UnitOfWork },
): Promise<Message> => {
  const { line, work } = given;
  const seq = await deps.conversations.takeSeq(conversation.id, signsOfLife(line.author, conversation, work.now), work);
  const id = deps.ids.next();
  const message: Message = {
    id,
    conversationId: conversation.id,
    seq,
    clientMsgId: line.clientMsgId ?? id,
    author: line.author,
    authorId: line.authorId,
    kind: line.kind,
    bodySealed: deps.crypto.seal(line.body),
    detailSealed: line.detail === undefined ? null : deps.crypto.seal(JSON.stringify(line.detail)),
    at: work.now,
  };
  await deps.conversations.insertMessage(message, work);
  work.announce({
    name: 'message.posted',
    payload: { conversationId: conversation.id, seq, author: line.author },
    rooms: [`conversation:${conversation.id}`, 'hotline'],
  });
  work.afterCommit(() => {
    const view = presentMessage(message, deps.crypto);
    for (const listener of deps.listeners) listener.line(view);
  });
  return message;
};

export const notice = (body: string): NewLine => ({ author: 'SYSTEM', authorId: null, kind: 'NOTICE', body, clientMsgId: null });
