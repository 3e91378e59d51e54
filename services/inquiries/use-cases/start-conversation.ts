import type { StartConversationBody } from '#contracts/api/inquiries';
import type { CitizenActor } from '#kernel';
import { isUniqueViolation, type UnitOfWork } from '#platform';
import type { Conversation } from '../domain/conversation';
import type { UseCaseDeps } from './deps';
import { sealPhone } from './seal-phone';
import { writeLine } from './write-line';

export interface Started {
  readonly conversationId: string;
  /** Shown to the page once and kept nowhere: the row holds its keyed hash. */
  readonly token: string;
}

/**
 * The token follows from the page's own random start key, so a start whose answer was lost can be sent again and opens the same
 * conversation instead of a second one.
 */
const tokenOf = (deps: UseCaseDeps, startKey: string): string => deps.crypto.hashOf('token', `conversation\n${startKey}`);

const newConversation = (
  deps: UseCaseDeps,
  body: StartConversationBody,
  given: { readonly startKeyHash: string; readonly tokenHash: string; readonly now: Date },
): Conversation => ({
  id: deps.ids.next(),
  channel: 'WEB',
  state: 'WAITING',
  version: 1,
  lastSeq: 0,
  startKeyHash: given.startKeyHash,
  tokenHash: given.tokenHash,
  topicSealed: deps.crypto.seal(Array.from(body.body).slice(0, 100).join('')),
  searchedSealed: body.searched === undefined ? null : deps.crypto.seal(body.searched),
  regionCode: body.regionCode ?? null,
  citizenNameSealed: body.name === undefined ? null : deps.crypto.seal(body.name),
  citizenPhoneSealed: null,
  phoneHash: null,
  ...(body.phone === undefined ? {} : sealPhone(deps.crypto, body.phone)),
  agentId: null,
  agentName: null,
  startedAt: given.now,
  waitingSince: given.now,
  takenAt: null,
  closedAt: null,
  unansweredSince: null,
  askedAt: null,
  lastMessageAt: given.now,
});

const begin = async (
  deps: UseCaseDeps,
  conversation: Conversation,
  given: { readonly body: StartConversationBody; readonly address: string; readonly work: UnitOfWork },
): Promise<void> => {
  const { body, work } = given;
  const actor: CitizenActor = { kind: 'citizen', id: conversation.id, address: given.address };
  await deps.conversations.insert(conversation, work);
  work.trail({ subject: 'conversation', subjectId: conversation.id, version: 1, action: 'start', from: null, to: 'WAITING', actor });
  work.announce({
    name: 'conversation.started',
    payload: { conversationId: conversation.id, version: 1 },
    rooms: [`conversation:${conversation.id}`, 'hotline'],
  });
  if (body.shownGuide !== undefined) {
    const line = {
      author: 'BOT',
      authorId: null,
      kind: 'ANSWER_CARD',
      body: `已看过：${body.shownGuide.title}`,
      detail: { answerCard: body.shownGuide },
      clientMsgId: null,
    } as const;
    await writeLine(deps, conversation, { line, work });
  }
  await writeLine(deps, conversation, { line: { author: 'CITIZEN', authorId: null, kind: 'TEXT', body: body.body, clientMsgId: body.clientMsgId }, work });
};

export const createStartConversation =
  (deps: UseCaseDeps) =>
  async (body: StartConversationBody, address: string): Promise<Started> => {
    const token = tokenOf(deps, body.startKey);
    const startKeyHash = deps.crypto.hashOf('token', body.startKey);
    const known = await deps.conversations.findByStartKey(startKeyHash);
    if (known !== null) return { conversationId: known.id, token };
    const conversation = newConversation(deps, body, { startKeyHash, tokenHash: deps.crypto.hashOf('token', token), now: deps.clock.now() });
    try {
      await deps.database.inTransaction((work) => begin(deps, conversation, { body, address, work }));
      return { conversationId: conversation.id, token };
    } catch (error) {
      // The same page asked twice at once: the other request has made it.
      const winner = isUniqueViolation(error) ? await deps.conversations.findByStartKey(startKeyHash) : null;
      if (winner === null) throw error;
      return { conversationId: winner.id, token };
    }
  };
