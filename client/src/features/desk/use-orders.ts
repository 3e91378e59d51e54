import { subOrderRoleLabels } from '#contracts/vocabulary/sub-order-roles';
import { useList } from '../../shared/lists/use-list';
import type { SubOrderListItem } from '../../shared/tickets/ticket-api';
import { byDue, iconOfTicket, type OrderRow } from '../../shared/tickets/ticket-words';
import { useTicketApi } from '../../shared/tickets/use-tickets';

export type OrderTab = 'PENDING_SIGN' | 'PROCESSING' | 'RETURN_PENDING' | 'SUBMITTED' | 'ENDED';

export const orderTabs: readonly { readonly key: OrderTab; readonly label: string }[] = [
  { key: 'PENDING_SIGN', label: '待签收' },
  { key: 'PROCESSING', label: '办理中' },
  { key: 'RETURN_PENDING', label: '退单中' },
  { key: 'SUBMITTED', label: '已提交' },
  { key: 'ENDED', label: '了结' },
];

const statesOf = (tab: OrderTab): readonly string[] => (tab === 'ENDED' ? ['DONE', 'RETURNED', 'CANCELLED'] : [tab]);

const toRow = (item: SubOrderListItem): OrderRow => ({
  id: item.id,
  ticketId: item.ticket.id,
  number: item.number,
  roleName: subOrderRoleLabels[item.role],
  state: item.state,
  stateLabel: item.stateLabel,
  title: item.ticket.title,
  typeLabel: item.ticket.typeLabel,
  icon: iconOfTicket(item.ticket),
  urgency: item.ticket.urgency,
  dueAt: item.dueAt,
  light: item.light,
  handler: item.handler?.name ?? null,
});

/** The unit's sub-orders of one state; a row that is read anew brings its ticket with it. */
export const useOrders = (tab: () => OrderTab) => {
  const tickets = useTicketApi();
  return useList<OrderRow>({
    load: async (cursor) => {
      const page = await tickets.listSubOrders({ state: statesOf(tab()).join(','), limit: 50, cursor });
      return { items: page.items.map(toRow).sort(byDue), nextCursor: page.nextCursor };
    },
    loadOne: async (id) => {
      const order = await tickets.readSubOrder(id);
      if (!statesOf(tab()).includes(order.state)) return null;
      const ticket = await tickets.read(order.ticketId);
      return toRow({ ...order, dueAt: order.state === 'PENDING_SIGN' ? order.signDueAt : order.handleDueAt, ticket });
    },
    idOf: (row) => row.id,
    concerns: (fact) => (fact.name === 'sub-order.moved' && typeof fact.payload['id'] === 'string' ? fact.payload['id'] : undefined),
    mayAdd: () => true,
    order: byDue,
  });
};
