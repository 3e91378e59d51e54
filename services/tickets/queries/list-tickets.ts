import type { StageCounts, TicketListItem } from '#contracts/api/ticket-views';
import type { ListTicketsQuery } from '#contracts/api/tickets';
import { ticketLifecycle, type TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import { type Stage, stageLabels, stageOf, statesOfStage } from '#contracts/vocabulary/stages';
import { regionPrefix } from '#identity';
import { type Actor, decodeCursor, hasRole, invalid, type Page, startOfShanghaiDay, toPage } from '#kernel';
import type { Ticket } from '../domain/ticket';
import { type TicketFilter, withoutDeadline } from '../store/ticket-lists';
import type { TicketTools } from '../use-cases/tools';
import { type ListedTicket, presentListItem } from './present-brief';

const allStates = Object.keys(ticketLifecycle.states) as readonly TicketState[];
const dayMs = 86_400_000;

const openStates = allStates.filter((state) => !('final' in ticketLifecycle.states[state]));

const statesOf = (query: Pick<ListTicketsQuery, 'state' | 'stage' | 'open'>): readonly TicketState[] | undefined => {
  const asked = query.stage === undefined ? query.state : statesOfStage(query.stage, query.state ?? allStates);
  return query.open === true ? openStates.filter((state) => asked?.includes(state) ?? true) : asked;
};

const isNumber = (typed: string | undefined): boolean => typed !== undefined && /^\d{8,20}$/.test(typed);

const equalsOf = (query: ListTicketsQuery): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ type: query.type, source: query.source, urgency: query.urgency }).filter((entry): entry is [string, never] => entry[1] !== undefined),
  );

const centre = ['AGENT', 'TEAM_LEAD', 'DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT', 'RATING_SUPERVISOR', 'APPEAL_REVIEWER'] as const;

/** People of a unit see what was given to the unit or to themselves, and nothing else. */
const unitOf = (actor: Actor): TicketFilter['unit'] =>
  actor.kind === 'staff' && !hasRole(actor, ...centre) ? { orgPath: actor.orgPath, staffId: actor.id } : undefined;

const filterOf = (tools: TicketTools, query: ListTicketsQuery, actor: Actor): TicketFilter => ({
  scope: tools.policy.scope(actor, 'ticket'),
  states: statesOf(query),
  equals: equalsOf(query),
  categoryPrefix: query.category,
  regionPrefix: query.region === undefined ? undefined : regionPrefix(query.region),
  orgId: query.org,
  mineOf: query.mine === true ? actor.id : undefined,
  unit: unitOf(actor),
  overdueAt: query.overdue === true ? tools.clock.now() : undefined,
  receivedFrom: query.from === undefined ? undefined : startOfShanghaiDay(query.from),
  receivedTo: query.to === undefined ? undefined : new Date(startOfShanghaiDay(query.to).getTime() + dayMs),
  number: isNumber(query.q) ? query.q : undefined,
});

/** Everything that a page of tickets shows beside them, in a fixed number of queries. */
export const withCompany = async (tools: TicketTools, tickets: readonly Ticket[]): Promise<readonly ListedTicket[]> => {
  if (tickets.length === 0) return [];
  const ids = tickets.map((ticket) => ticket.id);
  const [complainants, subOrders, clocks] = await Promise.all([
    tools.store.complainantsOf(ids),
    tools.store.subOrdersOf(ids),
    tools.store.runningClocksOf(ids),
  ]);
  const of = <Row extends { readonly ticketId: string }>(rows: readonly Row[], id: string): readonly Row[] => rows.filter((row) => row.ticketId === id);
  return tickets.map((ticket) => ({ ticket, complainants: of(complainants, ticket.id), subOrders: of(subOrders, ticket.id), clocks: of(clocks, ticket.id) }));
};

/** A cursor comes back from outside: a deadline in it is a whole number or nothing is looked up. */
const cursorOf = ({ cursor, sort }: ListTicketsQuery): readonly (string | number)[] | null => {
  const after = decodeCursor(cursor, sort === 'due' ? 2 : 1);
  if (sort === 'due' && after !== null && !Number.isSafeInteger(after[0])) throw invalid('翻页位置无效，请从第一页重新打开。');
  return after;
};

export const createListTickets =
  (tools: TicketTools) =>
  async (query: ListTicketsQuery, actor: Actor): Promise<Page<TicketListItem>> => {
    tools.policy.require(actor, 'ticket.read');
    const match = query.q === undefined || isNumber(query.q) ? null : await tools.store.matching(query.q);
    const after = cursorOf(query);
    const tickets = await tools.store.listTickets({ filter: filterOf(tools, query, actor), match, sort: query.sort, after, limit: query.limit + 1 });
    const page = toPage(tickets, query.limit, (ticket) => (query.sort === 'due' ? [ticket.clockDueAt?.getTime() ?? withoutDeadline, ticket.id] : [ticket.id]));
    const listed = await withCompany(tools, page.items);
    const orgNames = await tools.organizations.namesOf(listed.flatMap(({ subOrders }) => subOrders.map((subOrder) => subOrder.orgId)));
    return { items: listed.map((entry) => presentListItem(tools, entry, orgNames)), nextCursor: page.nextCursor };
  };

/** The numbers above the columns of a desk; counted under the same scope as the list they open (security I-14). */
export const createCountStages =
  (tools: TicketTools) =>
  async (query: Partial<ListTicketsQuery>, actor: Actor): Promise<StageCounts> => {
    tools.policy.require(actor, 'ticket.read');
    const { overdueAt: _unused, ...filter } = filterOf(tools, { limit: 1, sort: 'newest', ...query }, actor);
    const rows = await tools.store.countByState(filter, tools.clock.now());
    const stages = Object.fromEntries(Object.keys(stageLabels).map((stage) => [stage, 0])) as Record<Stage, number>;
    const states = Object.fromEntries(allStates.map((state) => [state, 0])) as Record<TicketState, number>;
    for (const row of rows) {
      states[row.state as TicketState] = row.total;
      stages[stageOf(row.state)] += row.total;
    }
    const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + pick(row), 0);
    return { total: sum((row) => row.total), stages, states, overdue: sum((row) => row.overdue) };
  };
