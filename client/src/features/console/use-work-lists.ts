import type { CallbackTaskAnswer } from '#contracts/api/telephony';
import type { ConversationView } from '#contracts/api/inquiries';
import type { TicketListItem, TicketView } from '#contracts/api/ticket-views';
import type { TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import { useApi } from '../../shared/api/client';
import type { Page } from '../../shared/api/page';
import { useList } from '../../shared/lists/use-list';
import { useSession } from '../../shared/session/session-store';
import { idIn } from './facts';
import { rowOfListItem, rowOfTicket, type TicketRow } from './work-lines';

const openStates: readonly TicketState[] = [
  'DRAFT',
  'PENDING_ACCEPT',
  'PENDING_INFO',
  'PENDING_DISPATCH',
  'PENDING_SIGN',
  'IN_PROGRESS',
  'PENDING_REVIEW',
  'PENDING_CALLBACK',
];
/** What an agent can still do something about; the rest is with others. */
export const ownStates: readonly TicketState[] = ['DRAFT', 'PENDING_ACCEPT', 'PENDING_INFO'];

const due = (row: TicketRow): number => (row.dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(row.dueAt));

/** My tickets by deadline. */
export const useMyTickets = () => {
  const api = useApi();
  const session = useSession();
  return useList<TicketRow>({
    load: async (cursor) => {
      const page = await api.get<Page<TicketListItem>>('/tickets', { query: { mine: true, state: openStates.join(','), sort: 'due', limit: 50, cursor } });
      return { items: page.items.map(rowOfListItem), nextCursor: page.nextCursor };
    },
    loadOne: async (id) => {
      const ticket = await api.get<TicketView>(`/tickets/${id}`);
      return openStates.includes(ticket.state) && ticket.registeredBy?.id === session.staff?.id ? rowOfTicket(ticket) : null;
    },
    idOf: (row) => row.id,
    concerns: (fact) => idIn(fact, 'ticket'),
    // Facts in one's own room are about one's own work; the hotline's are everybody's.
    mayAdd: (fact) => fact.room === `staff:${session.staff?.id ?? ''}`,
    order: (a, b) => due(a) - due(b),
  });
};

/** Promises to ring back: those that wait for anybody, and those that this agent has claimed. */
export const useCallbackTasks = () => {
  const api = useApi();
  const session = useSession();
  const belongs = (task: CallbackTaskAnswer): boolean => task.state === 'OPEN' || (task.state === 'CLAIMED' && task.claimedBy === session.staff?.id);
  return useList<CallbackTaskAnswer>({
    load: async (cursor) => {
      if (!session.may('callbackTask.read')) return { items: [], nextCursor: null };
      const page = await api.get<Page<CallbackTaskAnswer>>('/callback-tasks', { query: { limit: 20, cursor } });
      return { items: page.items.filter(belongs), nextCursor: page.nextCursor };
    },
    loadOne: async (id) => {
      const task = await api.get<CallbackTaskAnswer>(`/callback-tasks/${id}`);
      return belongs(task) ? task : null;
    },
    idOf: (task) => task.id,
    concerns: (fact) => (typeof fact.payload['taskId'] === 'string' && fact.name === 'callbackTask.moved' ? fact.payload['taskId'] : undefined),
    mayAdd: () => session.may('callbackTask.read'),
    order: (a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt),
  });
};

const started = (conversation: ConversationView): number => Date.parse(conversation.waitingSince ?? conversation.startedAt);

/** Conversations of one kind: those that wait for anybody, or those that this agent has taken. */
export const useConversations = (kind: 'waiting' | 'mine') => {
  const api = useApi();
  const session = useSession();
  const belongs = (one: ConversationView): boolean =>
    kind === 'waiting' ? one.state === 'WAITING' : one.state === 'ACTIVE' && one.agentId === session.staff?.id;
  return useList<ConversationView>({
    load: (cursor) =>
      api.get<Page<ConversationView>>('/conversations', {
        query: { state: kind === 'waiting' ? 'WAITING' : 'ACTIVE', mine: kind === 'mine' ? true : undefined, limit: 30, cursor },
      }),
    loadOne: async (id) => {
      const one = await api.get<ConversationView>(`/conversations/${id}`);
      return belongs(one) ? one : null;
    },
    idOf: (one) => one.id,
    concerns: (fact) => (fact.name.startsWith('conversation.') || fact.name === 'message.posted' ? idIn(fact, 'conversation') : undefined),
    mayAdd: (fact) => fact.name !== 'message.posted',
    order: (a, b) => started(a) - started(b),
  });
};
