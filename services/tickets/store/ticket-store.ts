import type { Transaction } from 'sequelize';
import type { UnitOfWork } from '#platform';
import type { SlaRule, Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import type { TicketTables } from './tables';
import type { TermSearch } from './term-search';
import type { TicketAudits } from './verify-queries';
import type { TicketLists } from './ticket-lists';

/** Everything the use-cases and queries of this module ask the database. */
export interface TicketStore extends TicketTables, TicketLists, TermSearch, TicketAudits {
  /** `yyyyMMdd` + six digits, unique and never reused (rules §3.4): the day's counter is raised in the caller's transaction. */
  nextNumber(day: string, work: UnitOfWork): Promise<string>;
  /** Under row locks, in the order of the ids, so that two moves of one ticket, or two merges of two, wait for each other. */
  lock(ticketIds: readonly string[], work: UnitOfWork): Promise<readonly Ticket[]>;
  /** The whole file of a ticket. */
  fileOf(ticket: Ticket, transaction?: Transaction): Promise<TicketFile>;
  /** The newest table of time limits. */
  currentRules(transaction?: Transaction): Promise<readonly SlaRule[]>;
}
