import type { TicketLinkKind } from '#contracts/vocabulary/ticket-links';
import { type Actor, missing } from '#kernel';
import { createMaySee } from '../queries/get-ticket';
import type { TicketTools } from './tools';

export interface Tie {
  readonly kind: TicketLinkKind;
  readonly refId: string;
}

const askedFor = { CALL: 'call', CONVERSATION: 'conversation', RATING: 'rating', TICKET: 'ticket' } as const satisfies Record<TicketLinkKind, string>;

/** Nobody ties what he may not open: a tie would show that the hidden thing is there, and take a call's draft from another (security I-14, §11). */
export const mustSeeTied = async (tools: TicketTools, ties: readonly Tie[], actor: Actor): Promise<void> => {
  if (actor.kind === 'system') return;
  const maySeeTicket = createMaySee(tools);
  for (const { kind, refId } of ties) {
    const isVisible = kind === 'TICKET' ? await maySeeTicket(actor, refId) : await tools.mayTie?.(actor, { kind, refId });
    if (isVisible !== true) throw missing(askedFor[kind]);
  }
};
