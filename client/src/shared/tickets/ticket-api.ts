import type {
  DeadlineExplanation,
  DeadlineView,
  StageCounts,
  SubOrderListItem,
  SubOrderReceipt,
  SubOrderView,
  TicketListItem,
  TicketReceipt,
  TicketView,
} from '#contracts/api/ticket-views';
import type { Api, Query } from '../api/client';
import type { Page } from '../api/page';

export type { DeadlineExplanation, DeadlineView, StageCounts, SubOrderListItem, SubOrderView, TicketListItem, TicketView };

interface AskedMove {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly version: number;
}

/** Tickets and sub-orders as the desks behind the console use them. */
export const createTicketApi = (api: Api) => ({
  list: (query: Query) => api.get<Page<TicketListItem>>('/tickets', { query }),
  read: (id: string) => api.get<TicketView>(`/tickets/${id}`),
  counts: (query: Query = {}) => api.get<StageCounts>('/tickets/counts', { query }),
  move: (id: string, { action, input, version }: AskedMove) => api.post<TicketReceipt>(`/tickets/${id}/moves/${action}`, { body: input, ifMatch: version }),
  explain: (id: string, clock: string, subOrderId?: string) => api.get<DeadlineExplanation>(`/tickets/${id}/deadlines/${clock}`, { query: { subOrderId } }),
  addCallback: (id: string, callback: Readonly<Record<string, unknown>>) => api.post<TicketReceipt>(`/tickets/${id}/callbacks`, { body: callback }),
  reveal: (id: string, body: { readonly field: string; readonly complainantId?: string; readonly reason: string }) =>
    api.post<{ readonly field: string; readonly value: string | null }>(`/tickets/${id}/unmask`, { body }),
  listSubOrders: (query: Query) => api.get<Page<SubOrderListItem>>('/sub-orders', { query }),
  readSubOrder: (id: string) => api.get<SubOrderView>(`/sub-orders/${id}`),
  moveSubOrder: (id: string, { action, input, version }: AskedMove) =>
    api.post<SubOrderReceipt>(`/sub-orders/${id}/moves/${action}`, { body: input, ifMatch: version }),
});
