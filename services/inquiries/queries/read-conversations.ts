import type { CitizenConversationView, ConversationView, MessagesView, QueueView } from '#contracts/api/inquiries';
import { conversationLifecycle } from '#contracts/lifecycles/conversation.lifecycle';
import {
  type Actor,
  type CitizenActor,
  decodeCursor,
  fail,
  matches,
  missing,
  type Page,
  type PageRequest,
  type StaffActor,
  toPage,
  toShanghaiIso,
  maskName,
  maskPhone,
} from '#kernel';
import type { Conversation, TicketLink } from '../domain/conversation';
import { maySeeWords, openMoves } from '../domain/moves';
import { presentQueue } from '../domain/waiting';
import type { UseCaseDeps } from '../use-cases/deps';
import { presentMessage } from './present-message';

const recentMinutes = 15;

const instantOrNull = (at: Date | null): string | null => (at === null ? null : toShanghaiIso(at));

const hiddenTopic = '（其他坐席正在对话）';

export interface ConversationsQuery extends PageRequest {
  readonly state?: Conversation['state'] | undefined;
  readonly mine?: boolean | undefined;
}

export const createReadConversations = (deps: UseCaseDeps) => {
  const { conversations, crypto, clock, policy } = deps;

  const openOr = (sealed: string | null, show: (plain: string) => string): string | null => (sealed === null ? null : show(crypto.open(sealed)));

  const present = (conversation: Conversation, links: readonly TicketLink[], actor: Actor): ConversationView => {
    const readable = maySeeWords(conversation, actor);
    return {
      id: conversation.id,
      channel: conversation.channel,
      state: conversation.state,
      stateLabel: conversationLifecycle.states[conversation.state].label,
      version: conversation.version,
      lastSeq: conversation.lastSeq,
      topic: readable ? crypto.open(conversation.topicSealed) : hiddenTopic,
      searched: readable ? openOr(conversation.searchedSealed, (plain) => plain) : null,
      citizenName: openOr(conversation.citizenNameSealed, maskName),
      citizenPhone: openOr(conversation.citizenPhoneSealed, maskPhone),
      regionCode: conversation.regionCode,
      agentId: conversation.agentId,
      agentName: conversation.agentName,
      startedAt: toShanghaiIso(conversation.startedAt),
      waitingSince: instantOrNull(conversation.waitingSince),
      takenAt: instantOrNull(conversation.takenAt),
      closedAt: instantOrNull(conversation.closedAt),
      unansweredSince: instantOrNull(conversation.unansweredSince),
      lastMessageAt: toShanghaiIso(conversation.lastMessageAt),
      tickets: links.filter((link) => link.conversationId === conversation.id).map(({ ticketId, ticketNo }) => ({ ticketId, ticketNo })),
      moves: openMoves(conversation, actor).map((move) => ({ ...move, unmet: [...move.unmet], needs: [...move.needs], takes: [...move.takes] })),
    };
  };

  const findFor = async (id: string, actor: StaffActor): Promise<Conversation> => {
    const found = (await conversations.find(id)) ?? fail(missing('conversation'));
    return matches(policy.scope(actor, 'conversation'), { ...found }) ? found : fail(missing('conversation'));
  };

  const queue = async (waiting: Conversation | null): Promise<QueueView> => {
    const now = clock.now();
    const place = waiting?.state === 'WAITING' ? (await conversations.waitingBefore(waiting)) + 1 : null;
    return presentQueue(await conversations.figures(new Date(now.getTime() - recentMinutes * 60_000)), { place, at: toShanghaiIso(now) });
  };

  const messagesOf = async (conversation: Conversation, given: { readonly after: number; readonly limit: number }): Promise<MessagesView> => {
    const rows = await conversations.messages(conversation.id, given);
    return { items: rows.map((row) => presentMessage(row, crypto)), lastSeq: Math.max(conversation.lastSeq, rows.at(-1)?.seq ?? 0) };
  };

  return {
    /** How long one waits for a person at this moment; open to everybody. */
    queueNow: (): Promise<QueueView> => queue(null),

    getConversation: async (id: string, actor: StaffActor): Promise<ConversationView> => {
      const found = await findFor(id, actor);
      return present(found, await conversations.links([id]), actor);
    },

    /** Newest first; the queue in the order in which it is served. */
    listConversations: async (query: ConversationsQuery, actor: StaffActor): Promise<Page<ConversationView>> => {
      const key = decodeCursor(query.cursor, 2);
      const rows = await conversations.list({
        scope: policy.scope(actor, 'conversation'),
        state: query.state,
        agentId: query.mine === true ? actor.id : undefined,
        limit: query.limit,
        after: key === null ? null : { at: Number(key[0]), id: String(key[1]) },
      });
      const page = toPage(rows, query.limit, (row) => [row.startedAt.getTime(), row.id]);
      const links = await conversations.links(page.items.map((row) => row.id));
      return { ...page, items: page.items.map((row) => present(row, links, actor)) };
    },

    /** Refuses words of a talk that is somebody else's. */
    messagesForStaff: async (id: string, given: { readonly after: number; readonly limit: number }, actor: StaffActor): Promise<MessagesView> => {
      const found = await findFor(id, actor);
      return maySeeWords(found, actor) ? messagesOf(found, given) : fail(missing('conversation'));
    },

    /** For socket rooms: the same answer as a look at the words. */
    mayHear: async (id: string, actor: StaffActor): Promise<boolean> => {
      const found = await conversations.find(id);
      return found !== null && matches(policy.scope(actor, 'conversation'), { ...found }) && maySeeWords(found, actor);
    },

    messagesForCitizen: async (actor: CitizenActor, given: { readonly after: number; readonly limit: number }): Promise<MessagesView> =>
      messagesOf((await conversations.find(actor.id)) ?? fail(missing('conversation')), given),

    viewForCitizen: async (actor: CitizenActor): Promise<CitizenConversationView> => {
      const found = (await conversations.find(actor.id)) ?? fail(missing('conversation'));
      const [link] = await conversations.links([found.id]);
      return {
        id: found.id,
        state: found.state,
        stateLabel: conversationLifecycle.states[found.state].label,
        version: found.version,
        lastSeq: found.lastSeq,
        queue: await queue(found),
        startedAt: toShanghaiIso(found.startedAt),
        hasContact: found.citizenPhoneSealed !== null,
        ticket: link === undefined ? null : { ticketNo: link.ticketNo, receiptCode: crypto.open(link.receiptCodeSealed) },
      };
    },

    /** The talks from which a ticket came; who may see the ticket is asked by its own module. */
    conversationsOfTicket: async (ticketId: string): Promise<readonly string[]> =>
      (await conversations.linksOfTicket(ticketId)).map((link) => link.conversationId),
  };
};
