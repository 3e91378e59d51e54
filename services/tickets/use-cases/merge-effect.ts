import type { UnitOfWork } from '#platform';
import { roomsOf, ticketPayload } from './rooms';
import type { EffectCase } from './effect';
import type { TicketTools } from './tools';

/** The citizens of the merged ticket join the target, each to be answered and called back there (rules §3.7); their own rows stay. */
export const mergeIntoTarget = async (tools: TicketTools, work: UnitOfWork, { file, input, actor }: EffectCase): Promise<void> => {
  const target = await tools.store.tickets.find({ id: input.targetId ?? '' }, { transaction: work.transaction });
  if (target === null) return;
  const joining = file.complainants.map((complainant) => ({ ...complainant, id: tools.ids.next(), ticketId: target.id, joinedAt: work.now }));
  await tools.store.complainants.insert(joining, work);
  await tools.store.links.insert(
    [
      {
        id: tools.ids.next(),
        ticketId: target.id,
        kind: 'TICKET',
        refId: file.ticket.id,
        origin: 'MANUAL',
        linkedBy: actor.id,
        linkedAt: work.now,
        undoneAt: null,
        undoneBy: null,
      },
    ],
    work,
  );
  const targetFile = await tools.store.fileOf(target, work.transaction);
  work.announce({ name: 'ticket.linked', payload: ticketPayload(targetFile, { kind: 'TICKET', refId: file.ticket.id }), rooms: roomsOf(targetFile) });
};
