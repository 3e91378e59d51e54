import type { Ticket } from './ticket';

/** rules §2.3: a report or a secret ticket about a unit keeps away from the unit and everything below it. */
export const keepsAccusedAway = (ticket: Pick<Ticket, 'type' | 'isSecret'>): boolean => ticket.type === 'REPORT' || ticket.isSecret;

export const isUnderAccused = (accusedOrgPath: string | null, orgPath: string): boolean => accusedOrgPath !== null && orgPath.startsWith(accusedOrgPath);
