import { literal, Op, type Transaction } from 'sequelize';
import type { Clock } from '#kernel';
import { type Database, isUniqueViolation, type UnitOfWork } from '#platform';
import type { SlaRule, Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { as, defineTable } from './row-table';
import { createTables, type TicketTables } from './tables';
import { createTermSearch } from './term-search';
import { createTicketAudits } from './verify-queries';
import { createTicketLists } from './ticket-lists';
import type { TicketStore } from './ticket-store';

const createNumbers = (database: Database) => {
  const sequence = defineTable<{ readonly day: string; readonly lastNo: number }>(database, 'ticket_sequence', { day: as.key(8), lastNo: as.number });
  const raise = async (day: string, work: UnitOfWork): Promise<boolean> => {
    const [changed] = await sequence.model.update({ lastNo: literal('lastNo + 1') }, { where: { day }, transaction: work.transaction });
    return changed > 0;
  };
  const begin = async (day: string, work: UnitOfWork): Promise<void> => {
    try {
      await sequence.insert([{ day, lastNo: 1 }], work);
    } catch (error) {
      // Another node took the day's first number between the two statements.
      if (!isUniqueViolation(error)) throw error;
      await raise(day, work);
    }
  };
  return async (day: string, work: UnitOfWork): Promise<string> => {
    if (!(await raise(day, work))) await begin(day, work);
    const row = await sequence.find({ day }, { transaction: work.transaction });
    return `${day}${String(row?.lastNo ?? 0).padStart(6, '0')}`;
  };
};

const fileOf = async (tables: TicketTables, ticket: Ticket, transaction?: Transaction): Promise<TicketFile> => {
  const where = { ticketId: ticket.id };
  const read = { transaction, order: [['id', 'ASC']] as const };
  const intake = {
    ticket,
    complainants: await tables.complainants.list(where, read),
    clocks: ticket.state === 'DRAFT' ? [] : await tables.clocks.list(where, read),
    pauses: ticket.state === 'DRAFT' ? [] : await tables.pauses.list(where, read),
  };
  // Before the first dispatch nobody has worked on it.
  if (ticket.firstDispatchAt === null) return { ...intake, subOrders: [], callbacks: [], extensions: [], participants: [] };
  return {
    ...intake,
    subOrders: await tables.subOrders.list(where, read),
    callbacks: await tables.callbacks.list(where, read),
    extensions: await tables.extensions.list(where, read),
    participants: await tables.participants.list(where, { transaction }),
  };
};

/** Time limits change a few times a year, and a change is for later clocks only, so they are kept for a moment. */
const rulesKeptMs = 30_000;

const createRules = (tables: TicketTables, clock: Clock): TicketStore['currentRules'] => {
  let kept: { readonly at: number; readonly rules: readonly SlaRule[] } | undefined;
  return async (transaction) => {
    const now = clock.now().getTime();
    if (kept !== undefined && Math.abs(now - kept.at) < rulesKeptMs) return kept.rules;
    const all = await tables.slaRules.list({}, { transaction, order: [['version', 'DESC']] });
    kept = { at: now, rules: all.filter((rule) => rule.version === all[0]?.version) };
    return kept.rules;
  };
};

export const createSequelizeTicketStore = (database: Database, clock: Clock): TicketStore => {
  const tables = createTables(database);
  return {
    ...tables,
    ...createTicketLists(database, tables),
    ...createTermSearch(database),
    ...createTicketAudits(database),
    nextNumber: createNumbers(database),
    lock: (ticketIds, work) =>
      tables.tickets.list({ id: { [Op.in]: [...ticketIds] } }, { transaction: work.transaction, order: [['id', 'ASC']], forUpdate: true }),
    fileOf: (ticket, transaction) => fileOf(tables, ticket, transaction),
    currentRules: createRules(tables, clock),
  };
};
