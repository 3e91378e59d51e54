import type { TicketTools } from '../use-cases/tools';

/** The ticket that was begun for a call, so that a call has one draft however often it is asked for (design-channels §3.3). */
export const createDraftOfCall =
  (tools: TicketTools) =>
  async (callId: string): Promise<{ readonly ticketId: string; readonly number: string } | null> => {
    const [link] = await tools.store.links.list({ kind: 'CALL', refId: callId, undoneAt: null }, { order: [['linkedAt', 'ASC']], limit: 1 });
    const ticket = link === undefined ? null : await tools.store.tickets.find({ id: link.ticketId });
    return ticket === null ? null : { ticketId: ticket.id, number: ticket.number };
  };
