import type { SubOrderGuard } from '#contracts/lifecycles/sub-order.lifecycle';
import type { Actor } from '#kernel';
import { type Extension, leadOf, type SubOrder } from './ticket';
import type { TicketFile } from './ticket-file';
import type { SubOrderInput } from './ticket-input';
import type { TicketPolicy } from './ticket-policy';

export interface SubOrderQuestion {
  readonly file: TicketFile;
  readonly subOrder: SubOrder;
  readonly actor: Actor;
  readonly input: SubOrderInput | null;
  /** Whether the person named in the input is an active handler of the unit. */
  readonly handlerBelongs: boolean;
  readonly policy: TicketPolicy;
  readonly now: Date;
}

export const openExtension = (file: TicketFile, subOrder: SubOrder): Extension | undefined =>
  file.extensions.find((extension) => extension.subOrderId === subOrder.id && extension.state === 'REQUESTED');

const settled: ReadonlySet<string> = new Set(['DONE', 'RETURNED', 'CANCELLED']);

const aboutPlace = ({ file, subOrder, actor, input, handlerBelongs }: SubOrderQuestion) => ({
  ofOwnUnit: actor.kind === 'staff' && actor.orgId === subOrder.orgId,
  isNamedHandler: subOrder.handlerId === null || subOrder.handlerId === actor.id,
  notAccused: file.ticket.accusedStaffId === null || file.ticket.accusedStaffId !== actor.id,
  handlerBelongs: input === null || (handlerBelongs && input.handlerId !== file.ticket.accusedStaffId),
  isLead: subOrder.role === 'LEAD',
  actorLeads: actor.kind === 'staff' && actor.orgId === leadOf(file.subOrders)?.orgId,
});

const aboutReturn = ({ subOrder, now }: SubOrderQuestion) => ({
  inReturnWindow: now <= subOrder.returnDueAt,
  notLocked: !subOrder.assignmentLocked,
});

const aboutResult = ({ file, subOrder, input }: SubOrderQuestion) => ({
  othersSettled: subOrder.role !== 'LEAD' || file.subOrders.every((other) => other.role !== 'CO' || settled.has(other.state)),
  contactIsTimed: input?.isContacted !== true || input.contactedAt !== undefined,
  unresolvedIsExplained: input === null || input.isResolved !== false || input.unresolvedReason !== undefined || input.commitment !== undefined,
});

const aboutExtension = ({ file, subOrder, actor, input, policy, now }: SubOrderQuestion) => ({
  beforeHandleDue: now <= subOrder.handleDueAt,
  notYetExtended:
    file.extensions.filter((extension) => extension.subOrderId === subOrder.id && extension.state === 'APPROVED').length < policy.extensionsPerTicket,
  extensionIsRequested: openExtension(file, subOrder) !== undefined,
  extensionWithinLimit: (input?.days ?? 1) <= policy.extensionMaxDays,
  notOwnRequest: openExtension(file, subOrder)?.requestedBy !== actor.id,
});

/** Answers every guard of the sub-order's table, or does not compile. */
export const subOrderFacts = (question: SubOrderQuestion): Readonly<Record<SubOrderGuard, boolean>> => ({
  ...aboutPlace(question),
  ...aboutReturn(question),
  ...aboutResult(question),
  ...aboutExtension(question),
});
