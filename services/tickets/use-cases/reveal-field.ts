import { type Actor, DomainError, fail, missing } from '#kernel';
import type { TicketFile } from '../domain/ticket-file';
import { openOrNull } from './sealed-form';
import { openFile, type TicketTools } from './tools';

export interface RevealRequest {
  readonly field: 'name' | 'phone' | 'address' | 'content';
  readonly complainantId?: string | undefined;
  readonly reason: string;
}

const hourMs = 3_600_000;

const plainOf = (tools: TicketTools, file: TicketFile, request: RevealRequest): string | null => {
  if (request.field === 'content') return file.ticket.content;
  if (request.field === 'address') return openOrNull(tools.crypto, file.ticket.addressSealed);
  const citizen =
    request.complainantId === undefined
      ? file.complainants[0]
      : (file.complainants.find((entry) => entry.id === request.complainantId) ?? fail(missing('resource')));
  return openOrNull(tools.crypto, (request.field === 'name' ? citizen?.nameSealed : citizen?.phoneSealed) ?? null);
};

/** rules §11.2: one field in the clear, for a reason, on record, and not too many an hour (security A-5). */
export const createRevealField =
  (tools: TicketTools) =>
  (id: string, request: RevealRequest, actor: Actor): Promise<{ readonly field: string; readonly value: string | null }> => {
    tools.policy.require(actor, 'personalData.reveal');
    return tools.database.inTransaction(async (work) => {
      const file = await openFile(tools, { id, work, actor });
      const since = new Date(work.now.getTime() - hourMs);
      if ((await tools.store.revealsSince(actor.id, since, work.transaction)) >= tools.terms.revealsPerHour) {
        throw new DomainError({ kind: 'limited', code: 'too-many-reveals', message: '一小时内查看明文次数过多，请稍后再试。', retryAfterSeconds: 600 });
      }
      const value = plainOf(tools, file, request);
      const row = {
        id: tools.ids.next(),
        ticketId: id,
        staffId: actor.id,
        field: request.field,
        complainantId: request.complainantId ?? null,
        reason: request.reason,
        at: work.now,
      };
      await tools.store.reveals.insert([row], work);
      work.audit({
        actor,
        action: 'ticket.reveal',
        objectType: 'ticket',
        objectId: id,
        purpose: request.reason,
        result: 'done',
        detail: { field: request.field },
      });
      return { field: request.field, value };
    });
  };
