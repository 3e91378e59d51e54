import { literal, Op, QueryTypes, type Transaction, type WhereOptions } from 'sequelize';
import type { Predicate } from '#kernel';
import { type Database, toWhere } from '#platform';
import type { ClockRow, Complainant, SubOrder, Ticket } from '../domain/ticket';
import type { TicketTables } from './tables';
import type { TermMatch } from './term-search';

/** What a list asks for, in the words of the columns; made by queries, never from a request as it came. */
export interface TicketFilter {
  readonly scope: Predicate;
  readonly states?: readonly string[] | undefined;
  readonly equals?: Readonly<Record<string, string | boolean>>;
  readonly categoryPrefix?: string | undefined;
  readonly regionPrefix?: string | undefined;
  readonly orgId?: string | undefined;
  /** Registered by this person, or with a sub-order of this person. */
  readonly mineOf?: string | undefined;
  /** Says again, for the planner, what the scope of a unit's people says already: only their sub-orders need be looked at. */
  readonly unit?: { readonly orgPath: string; readonly staffId: string } | undefined;
  readonly overdueAt?: Date | undefined;
  readonly receivedFrom?: Date | undefined;
  readonly receivedTo?: Date | undefined;
  readonly number?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

export interface TicketListRequest {
  readonly filter: TicketFilter;
  readonly match: TermMatch | null;
  readonly sort: 'newest' | 'due';
  readonly after: readonly (string | number)[] | null;
  readonly limit: number;
}

export interface TicketLists {
  listTickets(request: TicketListRequest): Promise<readonly Ticket[]>;
  countByState(filter: TicketFilter, now: Date): Promise<readonly { readonly state: string; readonly total: number; readonly overdue: number }[]>;
  /** Finished long enough ago to be archived. */
  closedBefore(states: readonly string[], at: Date, limit: number): Promise<readonly Ticket[]>;
  revealsSince(staffId: string, at: Date, transaction: Transaction): Promise<number>;
  complainantsOf(ticketIds: readonly string[]): Promise<readonly Complainant[]>;
  subOrdersOf(ticketIds: readonly string[]): Promise<readonly SubOrder[]>;
  ticketsOf(ids: readonly string[]): Promise<readonly Ticket[]>;
  /** The clocks that run at this moment, of tickets and sub-orders alike. */
  runningClocksOf(ticketIds: readonly string[]): Promise<readonly ClockRow[]>;
  /** Running clocks whose deadline reaches into a year that was not yet announced. */
  provisionalClocks(after: string, limit: number): Promise<readonly ClockRow[]>;
  listSubOrders(request: {
    readonly scope: Predicate;
    readonly orgPath: string | null;
    readonly states?: readonly string[] | undefined;
    readonly handlerId?: string | undefined;
    readonly overdueAt?: Date | undefined;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly SubOrder[]>;
}

/** In the place of a deadline in the cursor of a list by deadline. */
export const withoutDeadline = -1;

const sides = { subOrders: { table: 'sub_order', foreignKey: 'ticketId' } };

interface SqlGenerator {
  getWhereConditions(where: WhereOptions, tableName: string): string;
}

interface PageShape {
  readonly after: WhereOptions | undefined;
  readonly by: string;
  readonly byColumn: string;
}

const present = (...parts: readonly (WhereOptions | undefined | false)[]): WhereOptions[] =>
  parts.filter((part): part is WhereOptions => part !== undefined && part !== false);

const prefixed = (column: string, prefix: string): WhereOptions => ({ [column]: { [Op.gte]: prefix, [Op.lt]: `${prefix}\uffff` } });

export const createTicketLists = (database: Database, tables: TicketTables): TicketLists => {
  const { sequelize } = database;
  const generator = sequelize.getQueryInterface().queryGenerator as SqlGenerator;
  const escape = (value: string): string => sequelize.escape(value);
  const some = (condition: string): WhereOptions => ({ id: { [Op.in]: literal(`(SELECT ticketId FROM sub_order WHERE ${condition})`) } });

  const whereOf = (filter: TicketFilter): WhereOptions => ({
    [Op.and]: present(
      toWhere(sequelize, filter.scope, sides),
      filter.states !== undefined && { state: filter.states.length === 1 ? filter.states[0] : { [Op.in]: [...filter.states] } },
      filter.equals,
      filter.categoryPrefix !== undefined && prefixed('categoryCode', filter.categoryPrefix),
      filter.regionPrefix !== undefined && prefixed('regionCode', filter.regionPrefix),
      filter.orgId !== undefined && filter.mineOf !== undefined && some(`orgId = ${escape(filter.orgId)}`),
      filter.overdueAt !== undefined && { clockDueAt: { [Op.lt]: filter.overdueAt.getTime() }, closedAt: null },
      filter.receivedFrom !== undefined && { receivedAt: { [Op.gte]: filter.receivedFrom.getTime() } },
      filter.receivedTo !== undefined && { receivedAt: { [Op.lt]: filter.receivedTo.getTime() } },
      filter.number !== undefined && prefixed('number', filter.number),
      filter.ids !== undefined && { id: { [Op.in]: [...filter.ids] } },
    ),
  });

  /** INSTR means the same on every database; LIKE knows no escape on SQLite without being told. */
  const piecesOf = (match: TermMatch | null): readonly WhereOptions[] =>
    (match?.pieces ?? []).map((piece) => {
      const typed = escape(piece.toLowerCase());
      return literal(`(INSTR(LOWER(ticket.title), ${typed}) > 0 OR INSTR(LOWER(ticket.content), ${typed}) > 0)`);
    });

  /** Walks the rarest term newest first and looks the rest up by key: the cost does not grow with the number of tickets. */
  const joinsOf = (match: TermMatch | null): string => {
    if (match?.driver == null) return '';
    const others = match.others.map((term, index) => ` JOIN ticket_term AS t${index} ON t${index}.term = ${escape(term)} AND t${index}.ticketId = d.ticketId`);
    return `ticket_term AS d${others.join('')} JOIN `;
  };

  /** A short list of tickets to begin with, where there is one: walking all tickets in search of a few own ones grows with the years. */
  const ownOf = ({ mineOf, unit, orgId }: TicketFilter): string => {
    const join = (select: string): string => ` JOIN (${select}) AS own ON own.id = ticket.id`;
    const handled = (staffId: string): string => `SELECT ticketId AS id FROM sub_order WHERE handlerId = ${escape(staffId)}`;
    if (mineOf !== undefined) return join(`SELECT id FROM ticket WHERE registeredBy = ${escape(mineOf)} UNION ${handled(mineOf)}`);
    if (orgId !== undefined) return join(`SELECT DISTINCT ticketId AS id FROM sub_order WHERE orgId = ${escape(orgId)}`);
    if (unit === undefined) return '';
    const inUnit = `SELECT ticketId AS id FROM sub_order WHERE orgPath >= ${escape(unit.orgPath)} AND orgPath < ${escape(`${unit.orgPath}\uffff`)}`;
    return join(`${inUnit} UNION ${handled(unit.staffId)}`);
  };

  const selectFrom = (request: TicketListRequest, filter: TicketFilter, given: PageShape): string => {
    const { match } = request;
    const where = generator.getWhereConditions({ [Op.and]: present(whereOf(filter), given.after, ...piecesOf(match)) }, 'ticket');
    const words = match?.driver == null ? 'ticket' : `${joinsOf(match)}ticket ON ticket.id = d.ticketId AND d.term = ${escape(match.driver)}`;
    return `SELECT ticket.* FROM ${words}${ownOf(filter)} WHERE ${where} ORDER BY ${given.by} LIMIT ${Math.trunc(request.limit)}`;
  };

  /**
   * Several states are asked one by one and their first rows joined: each part walks its index in the order of the list and stops,
   * where `state IN (…)` would gather and sort everything that is in them.
   */
  const pageOf = async (request: TicketListRequest, given: PageShape): Promise<readonly Ticket[]> => {
    const { states } = request.filter;
    const parts =
      states === undefined || states.length < 2 || request.match?.driver != null || ownOf(request.filter) !== ''
        ? [selectFrom(request, request.filter, given)]
        : states.map((state) => selectFrom(request, { ...request.filter, states: [state] }, given));
    const sql =
      parts.length === 1
        ? (parts[0] ?? '')
        : `${parts.map((part, index) => `SELECT * FROM (${part}) AS s${index}`).join(' UNION ALL ')} ORDER BY ${given.byColumn} LIMIT ${Math.trunc(request.limit)}`;
    return (await sequelize.query<Record<string, unknown>>(sql, { type: QueryTypes.SELECT })).map(tables.tickets.toRow);
  };

  const newestFirst = (request: TicketListRequest, after: WhereOptions | undefined): Promise<readonly Ticket[]> =>
    pageOf(request, { after, by: request.match?.driver == null ? 'ticket.id DESC' : 'd.ticketId DESC', byColumn: 'id DESC' });

  const idBelow = (id: string | number | undefined): WhereOptions => ({ id: { [Op.lt]: String(id) } });

  /** What has a deadline first, by deadline; then what has none, newest first. Two queries, so that each keeps to its index. */
  const dueFirst = async (request: TicketListRequest): Promise<readonly Ticket[]> => {
    const [dueAt, id] = request.after ?? [null, null];
    const isPastDue = dueAt === withoutDeadline;
    const later =
      dueAt === null
        ? { clockDueAt: { [Op.ne]: null } }
        : { [Op.or]: [{ clockDueAt: { [Op.gt]: Number(dueAt) } }, { clockDueAt: Number(dueAt), id: { [Op.gt]: String(id) } }] };
    const due = isPastDue ? [] : await pageOf(request, { after: later, by: 'ticket.clockDueAt ASC, ticket.id ASC', byColumn: 'clockDueAt ASC, id ASC' });
    if (due.length >= request.limit) return due;
    const rest = { ...request, limit: request.limit - due.length };
    const none = { clockDueAt: null };
    return [...due, ...(await newestFirst(rest, isPastDue ? { ...none, ...idBelow(id ?? '') } : none))];
  };

  const listTickets = (request: TicketListRequest): Promise<readonly Ticket[]> => {
    if (request.sort === 'due') return dueFirst(request);
    return newestFirst(request, request.after === null ? undefined : idBelow(request.after[0]));
  };

  const countByState: TicketLists['countByState'] = async (filter, now) => {
    const where = generator.getWhereConditions(whereOf(filter), 'ticket');
    const rows = await sequelize.query<{ state: string; total: number; overdue: number }>(
      `SELECT ticket.state AS state, COUNT(*) AS total, SUM(CASE WHEN clockDueAt < ${Math.trunc(now.getTime())} AND closedAt IS NULL THEN 1 ELSE 0 END) AS overdue FROM ticket${ownOf(filter)} WHERE ${where} GROUP BY ticket.state`,
      { type: QueryTypes.SELECT },
    );
    return rows.map((row) => ({ state: row.state, total: Number(row.total), overdue: Number(row.overdue) }));
  };

  const listSubOrders: TicketLists['listSubOrders'] = (request) => {
    const visible = generator.getWhereConditions(toWhere(sequelize, request.scope, sides), 'ticket');
    const conditions = present(
      { ticketId: { [Op.in]: literal(`(SELECT id FROM ticket WHERE ${visible})`) } },
      request.orgPath !== null && prefixed('orgPath', request.orgPath),
      request.states !== undefined && { state: { [Op.in]: [...request.states] } },
      request.handlerId !== undefined && { handlerId: request.handlerId },
      request.overdueAt !== undefined && {
        [Op.or]: [
          { state: 'PENDING_SIGN', signDueAt: { [Op.lt]: request.overdueAt.getTime() } },
          { state: { [Op.in]: ['PROCESSING', 'RETURN_PENDING'] }, handleDueAt: { [Op.lt]: request.overdueAt.getTime() } },
        ],
      },
      request.after !== null && { id: { [Op.lt]: request.after } },
    );
    return tables.subOrders.list({ [Op.and]: conditions }, { order: [['id', 'DESC']], limit: request.limit });
  };

  const ofTickets = (ticketIds: readonly string[]): WhereOptions => ({ ticketId: { [Op.in]: [...ticketIds] } });

  return {
    listTickets,
    countByState,
    listSubOrders,
    closedBefore: (states, at, limit) =>
      tables.tickets.list({ state: { [Op.in]: [...states] }, closedAt: { [Op.lte]: at.getTime() } }, { order: [['id', 'ASC']], limit }),
    revealsSince: (staffId, at, transaction) => tables.reveals.count({ staffId, at: { [Op.gt]: at.getTime() } }, transaction),
    complainantsOf: (ticketIds) => tables.complainants.list(ofTickets(ticketIds), { order: [['id', 'ASC']] }),
    subOrdersOf: (ticketIds) => tables.subOrders.list(ofTickets(ticketIds), { order: [['id', 'ASC']] }),
    provisionalClocks: (after, limit) => tables.clocks.list({ stoppedAt: null, provisional: true, id: { [Op.gt]: after } }, { order: [['id', 'ASC']], limit }),
    ticketsOf: (ids) => tables.tickets.list({ id: { [Op.in]: [...ids] } }),
    runningClocksOf: (ticketIds) => tables.clocks.list({ ...ofTickets(ticketIds), stoppedAt: null }),
  };
};
