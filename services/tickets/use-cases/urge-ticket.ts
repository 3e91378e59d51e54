import { type Actor, DomainError } from '#kernel';
import { roomsOf, ticketPayload } from './rooms';
import type { Ticket } from '../domain/ticket';
import { openFile, type TicketTools } from './tools';

/** rules §3.7: anybody may remind; it counts and is told, and changes no state. */
export const createUrgeTicket =
  (tools: TicketTools) =>
  (id: string, given: { readonly note?: string | undefined }, actor: Actor): Promise<Ticket> => {
    tools.policy.require(actor, 'ticket.urge');
    return tools.database.inTransaction(async (work) => {
      const file = await openFile(tools, { id, work, actor });
      const { ticket } = file;
      if (ticket.closedAt !== null)
        throw new DomainError({ kind: 'conflict', code: 'ticket/wrong-state', message: '工单已完结，不必再催。', facts: { state: ticket.state } });
      const urgeCount = ticket.urgeCount + 1;
      await tools.store.urges.insert(
        [{ id: tools.ids.next(), ticketId: id, byKind: actor.kind, byId: actor.id, note: given.note ?? null, at: work.now }],
        work,
      );
      await tools.store.tickets.update({ id }, { urgeCount }, work);
      work.announce({ name: 'ticket.urged', payload: ticketPayload(file, { urgeCount }), rooms: roomsOf(file) });
      return { ...ticket, urgeCount };
    });
  };
