import type { MadeTicket, MakeTicketBody } from '#contracts/api/inquiries';
import { fail, matches, missing, shanghaiDay, type StaffActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { RegisterInput } from '#tickets';
import type { Conversation } from '../domain/conversation';
import { notYours } from '../domain/refusals';
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

/** Fields that nobody filled in are left out, so that the tickets module applies its own beginnings. */
const given = <T extends object>(fields: T): Partial<T> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

const opened = (deps: UseCaseDeps, sealed: string | null): string | undefined => (sealed === null ? undefined : deps.crypto.open(sealed));

/** The agent's addition stands below the citizen's words and says whose it is. */
const contentOf = (words: string, note: string | undefined): string => (note === undefined ? words : shorten(`${words}\n\n坐席补充：${note}`, contentLimit));

const formFrom = async (
  deps: UseCaseDeps,
  conversation: Conversation,
  { input, work }: { readonly input: MakeTicketBody; readonly work: UnitOfWork },
): Promise<RegisterInput> => ({
  source: 'WEB',
  type: input.ticketType ?? 'HELP',
  title: input.title ?? shorten(deps.crypto.open(conversation.topicSealed).split('\n')[0] ?? '', titleLimit),
  content: contentOf(await citizensWords(deps, conversation, work), input.note),
  links: [{ kind: 'CONVERSATION', refId: conversation.id }],
  ...given({
    regionCode: input.regionCode ?? conversation.regionCode ?? undefined,
    address: input.address,
    name: opened(deps, conversation.citizenNameSealed),
    phone: opened(deps, conversation.citizenPhoneSealed),
    details: input.occurredAt === undefined ? undefined : { occurredOn: shanghaiDay(input.occurredAt) },
  }),
});

const openTicket = async (
  deps: UseCaseDeps,
  conversation: Conversation,
  ask: { readonly input: MakeTicketBody; readonly actor: StaffActor; readonly work: UnitOfWork },
): Promise<MadeTicket> => {
  const { ticket, receiptCode } = await deps.tickets.registerTicketIn(ask.work, await formFrom(deps, conversation, ask), ask.actor);
  return { ticketId: ticket.id, ticketNo: ticket.number, receiptCode };
};

const sentence = (ticket: MadeTicket): string =>
  `已为您登记，工单编号 ${ticket.ticketNo}。回执码 ${ticket.receiptCode}，请截图或抄下；凭回执码和手机号后四位，随时可以查进度。`;

const link = async (
  deps: UseCaseDeps,
  conversation: Conversation,
  given: { readonly ticket: MadeTicket; readonly actor: StaffActor; readonly work: UnitOfWork },
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
      const ticket = await openTicket(deps, seen, { input, actor, work });
      await link(deps, seen, { ticket, actor, work });
      work.created(ticket.ticketId);
      return ticket;
    });
