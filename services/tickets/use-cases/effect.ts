import type { TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import type { Actor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { leadOf, type ReplyKind, type SubOrderResult, type Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import type { TicketInput } from '../domain/ticket-input';
import type { TicketTools } from './tools';

export interface EffectCase {
  readonly file: TicketFile;
  readonly input: TicketInput;
  readonly actor: Actor;
  readonly to: TicketState;
}

/** What a move does besides changing the state: columns of the ticket, and rows written on the way. */
export interface EffectResult {
  readonly patch?: Partial<Ticket>;
  readonly file?: TicketFile;
}

export type Effect = (tools: TicketTools, work: UnitOfWork, given: EffectCase) => Promise<EffectResult>;

export const keepReply = (
  tools: TicketTools,
  work: UnitOfWork,
  { file, input, actor }: Pick<EffectCase, 'file' | 'input' | 'actor'>,
  reply: { readonly kind: ReplyKind; readonly text: string },
): Promise<void> =>
  tools.store.replies.insert(
    [
      {
        id: tools.ids.next(),
        ticketId: file.ticket.id,
        kind: reply.kind,
        round: file.ticket.rehandleCount,
        contentSealed: tools.crypto.seal(reply.text),
        guideId: input.guideId ?? null,
        guideVersion: input.guideVersion ?? null,
        byId: actor.id,
        at: work.now,
      },
    ],
    work,
  );

/** What the lead unit answered for, in the clear. */
export const resultOf = (tools: TicketTools, file: TicketFile): SubOrderResult | null => {
  const sealed = leadOf(file.subOrders)?.resultSealed ?? null;
  return sealed === null ? null : (JSON.parse(tools.crypto.open(sealed)) as SubOrderResult);
};

/** rules §3.7: what is only promised is never counted as solved. */
export const closeTypeOf = (result: SubOrderResult | null): 'RESOLVED' | 'COMMITTED' | 'EXPLAINED' => {
  if (result === null) return 'EXPLAINED';
  if (result.isResolved) return 'RESOLVED';
  return result.commitment === null ? 'EXPLAINED' : 'COMMITTED';
};

/** A draft becomes findable when it leaves the hands of whoever types it; whatever came in online already is. */
export const indexDraft = async (tools: TicketTools, work: UnitOfWork, { ticket }: TicketFile): Promise<void> => {
  if (ticket.state === 'DRAFT') await tools.store.index(ticket, work);
};
