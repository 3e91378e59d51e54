import type { Tickets } from '#tickets';

/** What the module needs of the tickets: a ticket opened in the caller's transaction, so that none exists without its conversation. */
export type TicketDesk = Pick<Tickets, 'registerTicketIn'>;
