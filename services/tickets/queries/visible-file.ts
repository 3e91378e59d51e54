import { type Actor, fail, missing } from '#kernel';
import type { TicketFile } from '../domain/ticket-file';
import { mustSee, type TicketTools } from '../use-cases/tools';

/** For reading: the file as it stands, if the actor may see it at all. */
export const visibleFile = async (tools: TicketTools, id: string, actor: Actor, asked: 'ticket' | 'subOrder' = 'ticket'): Promise<TicketFile> => {
  const ticket = (await tools.store.tickets.find({ id })) ?? fail(missing(asked));
  return mustSee(tools, await tools.store.fileOf(ticket), actor, asked);
};
