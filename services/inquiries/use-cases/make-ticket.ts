import type { MadeTicket, MakeTicketBody } from '#contracts/api/inquiries';
import { fail, matches, missing, type StaffActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Conversation } from '../domain/conversation';
import { notYours } from '../domain/refusals';
import type { OpenedTicket, TicketFromConversation } from '../ports/ticket-desk';
import type { UseCaseDeps } from './deps';
import { writeLine } from './write-line';

const contentLimit = 4000;
const titleLimit = 40;

const shorten = (words: string, limit: number): string => Array.from(words).slice(0, limit).join('');

/** The citizen's words in their order; the agent's words and our notices are not what was reported. */
const citizensWords = async (deps: UseCaseDeps, conversation: Conversation, work: UnitOfWork): Promise<string> => {
  const lines = await deps.conversations.messages(conversation.id, { after: 0, limit: 1000, work });
  const words = lines.filter((line) => line.author === 'CITIZEN').map((line) => deps.crypto.open(line.bodySealed));
  return shorten(words.join('\n'), contentLimit);
};

const openOrNull = (deps: UseCaseDeps, sealed: string | null): string | null => (sealed === null ? null : deps.crypto.open(sealed));

const ticketFrom = async (
  deps: UseCaseDeps,
  conversation: Conversation,
  given: { readonly input: MakeTicketBody; readonly work: UnitOfWork },
): Promise<TicketFromConversation> => {
  const { input, work } = given;
  return {
    conversationId: conversation.id,
    title: input.title ?? shorten(deps.crypto.open(conversation.topicSealed).split('\n')[0] ?? '', titleLimit),
    content: await citizensWords(deps, conversation, work),
    ticketType: input.ticketType ?? 'HELP',
    regionCode: input.regionCode ?? conversation.regionCode,
    address: input.address ?? null,
    occurredAt: input.occurredAt ?? null,
    citizenName: openOrNull(deps, conversation.citizenNameSealed),
    citizenPhone: openOrNull(deps, conversation.citizenPhoneSealed),
    note: input.note ?? null,
  };
};

const sentence = (ticket: OpenedTicket): string =>
  `已为您登记，工单编号 ${ticket.ticketNo}。查询码 ${ticket.receiptCode}，请截图或抄下；凭查询码和手机号后四位，随时可以查进度。`;

const link = async (
  deps: UseCaseDeps,
  conversation: Conversation,
  given: { readonly ticket: OpenedTicket; readonly actor: StaffActor; readonly work: UnitOfWork },
): Promise<void> => {
  const { ticket, actor, work } = given;
  await deps.conversations.insertLink(
    {
      id: deps.ids.next(),
      conversationId: conversation.id,
      ticketId: ticket.ticketId,
      ticketNo: ticket.ticketNo,
      receiptCodeSealed: deps.crypto.seal(ticket.receiptCode),
      linkedBy: actor.id,
      at: work.now,
    },
    work,
  );
  const detail = { ticket: { ticketNo: ticket.ticketNo, receiptCode: ticket.receiptCode } };
  await writeLine(deps, conversation, { line: { author: 'SYSTEM', authorId: null, kind: 'TICKET', body: sentence(ticket), detail, clientMsgId: null }, work });
  work.announce({
    name: 'conversation.ticketed',
    payload: { conversationId: conversation.id, ticketId: ticket.ticketId },
    rooms: [`conversation:${conversation.id}`, 'hotline'],
  });
  work.afterCommit(() => {
    for (const listener of deps.listeners) listener.changed({ conversationId: conversation.id, version: conversation.version });
  });
};

/** One key: the conversation becomes a ticket, once; pressed again it answers with the same one. */
export const createMakeTicket =
  (deps: UseCaseDeps) =>
  (conversationId: string, input: MakeTicketBody, actor: StaffActor): Promise<MadeTicket> =>
    deps.database.inTransaction(async (work) => {
      const seen = (await deps.conversations.find(conversationId, work)) ?? fail(missing('conversation'));
      if (!matches(deps.policy.scope(actor, 'conversation'), { ...seen })) throw missing('conversation');
      if (seen.agentId !== actor.id) throw notYours();
      // Locks the row, so that two presses of the key stand in a line; the second then sees the first one's ticket.
      await deps.conversations.amend(seen.id, { agentId: seen.agentId }, work);
      const [known] = await deps.conversations.links([seen.id], work);
      if (known !== undefined) return { ticketId: known.ticketId, ticketNo: known.ticketNo, receiptCode: deps.crypto.open(known.receiptCodeSealed) };
      const ticket = await deps.tickets.openForConversation(await ticketFrom(deps, seen, { input, work }), { actor, work });
      await link(deps, seen, { ticket, actor, work });
      work.created(ticket.ticketId);
      return { ticketId: ticket.ticketId, ticketNo: ticket.ticketNo, receiptCode: ticket.receiptCode };
    });
