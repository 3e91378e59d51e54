import { literal, Op, type Transaction } from 'sequelize';
import { type Database, isUniqueViolation, type UnitOfWork } from '#platform';
import type { Ticket } from '../domain/ticket';
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
  return {
    ticket,
    subOrders: await tables.subOrders.list(where, read),
    clocks: await tables.clocks.list(where, read),
    pauses: await tables.pauses.list(where, read),
    complainants: await tables.complainants.list(where, read),
    callbacks: await tables.callbacks.list(where, read),
    extensions: await tables.extensions.list(where, read),
    participants: await tables.participants.list(where, { transaction }),
  };
};

export const createSequelizeTicketStore = (database: Database): TicketStore => {
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
    currentRules: async (transaction) => {
      const rules = await tables.slaRules.list({}, { transaction, order: [['version', 'DESC']] });
      return rules.filter((rule) => rule.version === rules[0]?.version);
    },
  };
};
