import type { Callback, ClockRow, Complainant, Extension, Participant, PauseRow, SubOrder, Ticket } from './ticket';

/** A ticket with everything that its rules ask about; read in one transaction under the ticket's lock. */
export interface TicketFile {
  readonly ticket: Ticket;
  readonly subOrders: readonly SubOrder[];
  readonly clocks: readonly ClockRow[];
  readonly pauses: readonly PauseRow[];
  readonly complainants: readonly Complainant[];
  readonly callbacks: readonly Callback[];
  readonly extensions: readonly Extension[];
  readonly participants: readonly Participant[];
}

/** What the policy's predicates look at (identity, scopes). */
export const scopeFacts = (file: Pick<TicketFile, 'ticket' | 'subOrders'>): Readonly<Record<string, unknown>> => ({
  ...file.ticket,
  subOrders: file.subOrders,
});
