import type { CallbackBody } from '#contracts/api/tickets';
import type { Actor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Callback, Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { sealedOrNull } from './sealed-form';
import { closeTypeOf, type Effect, type EffectCase, keepReply, resultOf } from './effect';
import type { TicketTools } from './tools';

/** One attempt to reach a citizen, kept whether or not it came to anything. */
export const insertCallback = async (
  tools: TicketTools,
  work: UnitOfWork,
  file: TicketFile,
  given: { readonly record: CallbackBody; readonly actor: Actor },
): Promise<TicketFile> => {
  const { record, actor } = given;
  const row: Callback = {
    id: tools.ids.next(),
    ticketId: file.ticket.id,
    complainantId: record.complainantId ?? file.complainants[0]?.id ?? '',
    round: file.ticket.rehandleCount,
    at: record.at,
    method: record.method,
    result: record.result,
    isResolved: record.isResolved ?? null,
    satisfaction: record.satisfaction ?? null,
    noteSealed: sealedOrNull(tools.crypto, record.note),
    byId: actor.id,
    recordedAt: work.now,
  };
  await tools.store.callbacks.insert([row], work);
  return { ...file, callbacks: [...file.callbacks, row] };
};

export const keepCallback = (tools: TicketTools, work: UnitOfWork, { file, input, actor }: EffectCase): Promise<TicketFile> =>
  input.callback === undefined ? Promise.resolve(file) : insertCallback(tools, work, file, { record: input.callback, actor });

/** rules §3.2: first and last satisfaction stand side by side. */
export const satisfactionPatch = (file: TicketFile): Partial<Ticket> => {
  const level = file.callbacks.findLast((callback) => callback.satisfaction !== null)?.satisfaction ?? null;
  return level === null ? {} : { firstSatisfaction: file.ticket.firstSatisfaction ?? level, lastSatisfaction: level };
};

export const callbackPassed: Effect = async (tools, work, given) => {
  const file = await keepCallback(tools, work, given);
  return { file, patch: { ...satisfactionPatch(file), closeType: given.input.closeType ?? closeTypeOf(resultOf(tools, file)) } };
};

export const closedExplained: Effect = async (tools, work, given) => {
  await keepReply(tools, work, given, { kind: 'EXPLANATION', text: given.input.basis ?? '' });
  return { patch: { ...satisfactionPatch(given.file), closeType: given.input.explainedAs ?? 'EXPLAINED' } };
};
