import type { SubOrderAction } from '#contracts/lifecycles/sub-order.lifecycle';
import { type Actor, toShanghaiIso } from '#kernel';
import type { UnitOfWork } from '#platform';
import { openExtension } from '../domain/sub-order-facts';
import type { SubOrder, SubOrderResult, Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import type { SubOrderInput, SubOrderMove } from '../domain/ticket-input';
import { extendHandling, runningClock } from './clocks';
import { deriveSubOrderStep, deriveTicketStep } from './steps';
import type { TicketTools } from './tools';

interface PatchCase {
  readonly subOrder: SubOrder;
  readonly move: SubOrderMove;
  readonly actor: Actor;
  readonly now: Date;
}

const resultOf = (input: SubOrderInput): SubOrderResult => ({
  isTrue: input.isTrue ?? false,
  isContacted: input.isContacted ?? false,
  contactedAt: input.contactedAt === undefined ? null : toShanghaiIso(input.contactedAt),
  result: input.result ?? '',
  isResolved: input.isResolved ?? false,
  unresolvedReason: input.unresolvedReason ?? null,
  commitment: input.commitment ?? null,
  publicReply: input.publicReply ?? '',
  attachmentIds: input.attachmentIds ?? [],
});

const patches: Partial<Readonly<Record<SubOrderAction, (tools: TicketTools, given: PatchCase) => Partial<SubOrder>>>> = {
  assign: (_tools, { move }) => ({ handlerId: move.input.handlerId ?? null }),
  sign: (_tools, { actor, now }) => ({ handlerId: actor.id, signedAt: now }),
  requestReturn: (_tools, { subOrder, move }) => ({ previousState: subOrder.state, suggestedOrgId: move.input.suggestedOrgId ?? null }),
  // rules §3.6: after a ruling it may not be returned again.
  denyReturn: () => ({ previousState: null, assignmentLocked: true }),
  approveReturn: () => ({ previousState: null }),
  requestTermination: (_tools, { now }) => ({ terminationRequestedAt: now }),
  submit: (tools, { move, actor, now }) => ({
    handlerId: actor.id,
    submittedAt: now,
    isResolved: move.input.isResolved ?? null,
    resultSealed: tools.crypto.seal(JSON.stringify(resultOf(move.input))),
  }),
  confirm: (_tools, { now }) => ({ settledAt: now }),
};

export const subOrderPatch = (tools: TicketTools, given: PatchCase): Partial<SubOrder> => patches[given.move.action]?.(tools, given) ?? {};

interface AfterCase {
  readonly subOrder: SubOrder;
  readonly move: SubOrderMove;
  readonly actor: Actor;
}

type After = (tools: TicketTools, work: UnitOfWork, file: TicketFile, given: AfterCase) => Promise<TicketFile>;

/** Counters are no part of the lifecycle: they neither raise the version nor leave a step. */
const count = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, patch: Partial<Ticket>): Promise<TicketFile> => {
  await tools.store.tickets.update({ id: file.ticket.id }, patch, work);
  return { ...file, ticket: { ...file.ticket, ...patch } };
};

const signed: After = async (tools, work, file, { subOrder, actor }) =>
  subOrder.role === 'LEAD' ? deriveTicketStep(tools, work, file, { action: 'leadSigned', content: { subOrderId: subOrder.id, by: actor.id } }) : file;

const submitted: After = async (tools, work, file, { subOrder, actor }) =>
  subOrder.role === 'LEAD' ? deriveTicketStep(tools, work, file, { action: 'leadSubmitted', content: { subOrderId: subOrder.id, by: actor.id } }) : file;

/** rules §3.5: co-handling units that have signed stay for the next lead, the others are called off. */
const returned: After = async (tools, work, file, { subOrder, actor }) => {
  if (subOrder.role !== 'LEAD') return file;
  let current = file;
  for (const other of file.subOrders) {
    if (other.state === 'PENDING_SIGN') current = await deriveSubOrderStep(tools, work, current, { subOrder: other, action: 'cancel' });
  }
  return deriveTicketStep(tools, work, current, { action: 'leadReturned', content: { subOrderId: subOrder.id, by: actor.id } });
};

const returnRequested: After = (tools, work, file) => count(tools, work, file, { returnCount: file.ticket.returnCount + 1 });

const extensionRequested: After = async (tools, work, file, { subOrder, move, actor }) => {
  const row = {
    id: tools.ids.next(),
    ticketId: file.ticket.id,
    subOrderId: subOrder.id,
    state: 'REQUESTED' as const,
    days: move.input.days ?? 1,
    reason: move.input.reason ?? '',
    requestedBy: actor.id,
    requestedAt: work.now,
    decidedBy: null,
    decidedAt: null,
    noticeMethod: null,
    noticeNote: null,
  };
  await tools.store.extensions.insert([row], work);
  return { ...file, extensions: [...file.extensions, row] };
};

const extensionDecided =
  (state: 'APPROVED' | 'DENIED'): After =>
  async (tools, work, file, { subOrder, move, actor }) => {
    const open = openExtension(file, subOrder);
    if (open === undefined) return file;
    const decided = {
      state,
      decidedBy: actor.id,
      decidedAt: work.now,
      noticeMethod: move.input.noticeMethod ?? null,
      noticeNote: move.input.noticeNote ?? null,
    };
    await tools.store.extensions.update({ id: open.id }, decided, work);
    return state === 'APPROVED' ? extend(tools, work, file, { subOrder, days: open.days }) : file;
  };

/** The lead's deadline is the ticket's; a co-handling unit moves only its own. */
const extend = async (
  tools: TicketTools,
  work: UnitOfWork,
  file: TicketFile,
  given: { readonly subOrder: SubOrder; readonly days: number },
): Promise<TicketFile> => {
  const { subOrder, days } = given;
  const own = await extendHandling(tools, work, file, { ownerId: subOrder.id, days });
  const handleDueAt = runningClock(own, subOrder.id, 'handle')?.dueAt ?? subOrder.handleDueAt;
  await tools.store.subOrders.update({ id: subOrder.id }, { handleDueAt }, work);
  const counted = await count(tools, work, own, { extensionCount: own.ticket.extensionCount + 1 });
  if (subOrder.role !== 'LEAD') return counted;
  const moved = await extendHandling(tools, work, counted, { ownerId: file.ticket.id, days });
  return deriveTicketStep(tools, work, moved, { action: 'extend', content: { subOrderId: subOrder.id, days } });
};

const consequences: Partial<Readonly<Record<SubOrderAction, After>>> = {
  sign: signed,
  submit: submitted,
  approveReturn: returned,
  requestReturn: returnRequested,
  requestExtension: extensionRequested,
  approveExtension: extensionDecided('APPROVED'),
  denyExtension: extensionDecided('DENIED'),
};

/** What a sub-order's step means for the ticket, in the same transaction. */
export const afterSubOrder: After = async (tools, work, file, given) => (await consequences[given.move.action]?.(tools, work, file, given)) ?? file;
