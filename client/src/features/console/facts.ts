import type { Fact } from '../../shared/realtime/room-ledger';

/** The id that a fact carries about one kind of thing: `ticketId`, or `id` in facts of that thing itself. */
export const idIn = (fact: Fact, kind: 'ticket' | 'conversation' | 'call'): string | undefined => {
  const named = fact.payload[`${kind}Id`];
  if (typeof named === 'string') return named;
  const own = fact.payload['id'];
  return fact.name.startsWith(`${kind}.`) && typeof own === 'string' ? own : undefined;
};
