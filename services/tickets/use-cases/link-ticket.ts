import type { TicketLinkKind } from '#contracts/vocabulary/ticket-links';
import { type Actor, fail, missing } from '#kernel';
import type { UnitOfWork } from '#platform';
import { roomsOf, ticketPayload } from './rooms';
import { mustSeeTied } from './ties';
import { openFile, type TicketTools } from './tools';

export interface LinkRequest {
  readonly ticketId: string;
  readonly kind: TicketLinkKind;
  readonly refId: string;
}

/** Ties a call, a conversation, a rating or another ticket to a ticket; a second time changes nothing, an undone tie is made anew. */
export const createLinkTicketIn =
  (tools: TicketTools) =>
  async (work: UnitOfWork, link: LinkRequest, actor: Actor): Promise<void> => {
    const { ticketId, kind, refId } = link;
    const file = await openFile(tools, { id: ticketId, work, actor });
    const known = await tools.store.links.find({ ticketId, kind, refId }, { transaction: work.transaction });
    if (known !== null && known.undoneAt === null) return;
    const tie = {
      origin: actor.kind === 'staff' ? ('MANUAL' as const) : ('AUTO' as const),
      linkedBy: actor.id,
      linkedAt: work.now,
      undoneAt: null,
      undoneBy: null,
    };
    if (known === null) await tools.store.links.insert([{ id: tools.ids.next(), ticketId, kind, refId, ...tie }], work);
    else await tools.store.links.update({ id: known.id }, tie, work);
    work.announce({ name: 'ticket.linked', payload: ticketPayload(file, { kind, refId }), rooms: roomsOf(file) });
  };

export const createLinkTicket = (tools: TicketTools) => {
  const linkIn = createLinkTicketIn(tools);
  return async (link: LinkRequest, actor: Actor): Promise<void> => {
    await mustSeeTied(tools, [link], actor);
    await tools.database.inTransaction((work) => linkIn(work, link, actor));
  };
};

/** The tie is not deleted but marked: who made it and who undid it stays on record. */
export const createUnlinkTicket =
  (tools: TicketTools) =>
  (link: LinkRequest, actor: Actor): Promise<void> =>
    tools.database.inTransaction(async (work) => {
      const { ticketId, kind, refId } = link;
      const file = await openFile(tools, { id: ticketId, work, actor });
      const undone = await tools.store.links.update({ ticketId, kind, refId, undoneAt: null }, { undoneAt: work.now, undoneBy: actor.id }, work);
      if (undone === 0) fail(missing('resource'));
      work.announce({ name: 'ticket.unlinked', payload: ticketPayload(file, { kind, refId }), rooms: roomsOf(file) });
    });
