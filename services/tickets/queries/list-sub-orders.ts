import type { SubOrderListItem, SubOrderView } from '#contracts/api/ticket-views';
import type { ListSubOrdersQuery } from '#contracts/api/tickets';
import { type Actor, decodeCursor, fail, hasRole, missing, type Page, toPage, toShanghaiIso } from '#kernel';
import type { ClockRow, SubOrder, Ticket } from '../domain/ticket';
import type { TicketTools } from '../use-cases/tools';
import { lightOf, presentBrief, presentSubOrderBrief, subOrderLabel } from './present-brief';
import { presentSubOrder } from './present-ticket';
import type { People } from './timeline';
import { visibleFile } from './visible-file';

const peopleOf = async (tools: TicketTools, subOrders: readonly SubOrder[]): Promise<People> => {
  const [staff, units] = await Promise.all([
    tools.staff.namesOf(subOrders.flatMap((subOrder) => subOrder.handlerId ?? [])),
    tools.organizations.namesOf(subOrders.flatMap((subOrder) => [subOrder.orgId, ...(subOrder.suggestedOrgId === null ? [] : [subOrder.suggestedOrgId])])),
  ]);
  return { staff, units };
};

const presentItem = (
  tools: TicketTools,
  subOrder: SubOrder,
  given: { readonly ticket: Ticket; readonly clocks: readonly ClockRow[]; readonly people: People },
): SubOrderListItem => {
  const { ticket, clocks, people } = given;
  const wanted = subOrder.state === 'PENDING_SIGN' ? 'sign' : 'handle';
  const row = clocks.find((clock) => clock.ownerId === subOrder.id && clock.clock === wanted);
  return {
    ...presentSubOrderBrief(subOrder, people.units),
    stateLabel: subOrderLabel(subOrder),
    version: subOrder.version,
    dueAt: row === undefined ? null : toShanghaiIso(row.dueAt),
    light: lightOf(tools, ticket, row),
    handler: subOrder.handlerId === null ? null : { id: subOrder.handlerId, name: people.staff.get(subOrder.handlerId) ?? subOrder.handlerId },
    ticket: presentBrief(tools, ticket, clocks),
  };
};

/** The department's pile: its own sub-orders, or every one in sight for the hotline's desks. */
export const createListSubOrders =
  (tools: TicketTools) =>
  async (query: ListSubOrdersQuery, actor: Actor): Promise<Page<SubOrderListItem>> => {
    tools.policy.require(actor, 'subOrder.read');
    const ofUnit = actor.kind === 'staff' && hasRole(actor, 'HANDLER', 'ORG_APPROVER') && !hasRole(actor, 'DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT', 'AGENT');
    const [after = null] = decodeCursor(query.cursor, 1) ?? [];
    const rows = await tools.store.listSubOrders({
      scope: tools.policy.scope(actor, 'ticket'),
      orgPath: ofUnit && actor.kind === 'staff' ? actor.orgPath : null,
      states: query.state,
      handlerId: query.mine === true ? actor.id : undefined,
      overdueAt: query.overdue === true ? tools.clock.now() : undefined,
      after: after === null ? null : String(after),
      limit: query.limit + 1,
    });
    const page = toPage(rows, query.limit, (subOrder) => [subOrder.id]);
    const ticketIds = [...new Set(page.items.map((subOrder) => subOrder.ticketId))];
    const [tickets, clocks, people] = await Promise.all([
      tools.store.ticketsOf(ticketIds),
      tools.store.runningClocksOf(ticketIds),
      peopleOf(tools, page.items),
    ]);
    const items = page.items.flatMap((subOrder) => {
      const ticket = tickets.find((entry) => entry.id === subOrder.ticketId);
      return ticket === undefined ? [] : [presentItem(tools, subOrder, { ticket, clocks, people })];
    });
    return { items, nextCursor: page.nextCursor };
  };

export const createGetSubOrder =
  (tools: TicketTools) =>
  async (id: string, actor: Actor): Promise<SubOrderView> => {
    tools.policy.require(actor, 'subOrder.read');
    const known = (await tools.store.subOrders.find({ id })) ?? fail(missing('subOrder'));
    const file = await visibleFile(tools, known.ticketId, actor, 'subOrder');
    const subOrder = file.subOrders.find((entry) => entry.id === id) ?? fail(missing('subOrder'));
    return presentSubOrder(tools, file, subOrder, { people: await peopleOf(tools, [subOrder]), actor });
  };
