import type { TicketListItem } from '../../shared/tickets/ticket-api';

export interface Limit {
  readonly amount: number;
  readonly unit: 'HOUR' | 'NATURAL_DAY' | 'WORKING_DAY';
}

/** The defaults of rules §3.8, for the preview only: what counts is the deadline that the dispatch writes down. */
export const handleLimitOf = (ticket: Pick<TicketListItem, 'urgency' | 'isComplex' | 'type'>): Limit => {
  if (ticket.urgency === 'EMERGENCY') return { amount: 2, unit: 'HOUR' };
  if (ticket.urgency === 'URGENT') return { amount: 24, unit: 'HOUR' };
  if (ticket.isComplex) return { amount: 15, unit: 'NATURAL_DAY' };
  return { amount: ticket.type === 'CONSULT' ? 2 : 5, unit: 'WORKING_DAY' };
};
