import { z } from 'zod';
import { cautionLightLabels, ticketClockLabels, timeUnitLabels } from '../vocabulary/clocks';
import { closeTypeLabels } from '../vocabulary/close-types';
import { sourceChannelLabels } from '../vocabulary/source-channels';
import { stageLabels } from '../vocabulary/stages';
import { subOrderRoleLabels } from '../vocabulary/sub-order-roles';
import { ticketLinkLabels } from '../vocabulary/ticket-links';
import { ticketTypeLabels } from '../vocabulary/ticket-types';
import { urgencyLabels } from '../vocabulary/urgency';
import { oneOf } from './one-of';
import { pageOf } from './text';
import { detailFields, subOrderState, ticketState } from './ticket-fields';

const instantText = z.string().describe('ISO 8601，含 +08:00');

export const moveView = z.object({
  action: z.string(),
  label: z.string(),
  ok: z.boolean(),
  unmet: z.array(z.object({ guard: z.string(), message: z.string() })),
  needs: z.array(z.string()),
  takes: z.array(z.string()),
});

export const namedRef = z.object({ id: z.string(), name: z.string() });

export const deadlineView = z.object({
  clock: oneOf(ticketClockLabels),
  label: z.string(),
  round: z.int(),
  subOrderId: z.string().nullable(),
  startedAt: instantText,
  dueAt: instantText,
  /** What was promised first; stays when a pause or an extension moves the deadline. */
  firstDueAt: instantText,
  stoppedAt: instantText.nullable(),
  amount: z.int(),
  unit: oneOf(timeUnitLabels),
  extensionDays: z.int(),
  light: oneOf(cautionLightLabels),
  isOverdue: z.boolean(),
  workingDaysLeft: z.int(),
  provisional: z.boolean(),
});
export type DeadlineView = z.infer<typeof deadlineView>;

export const complainantView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  /** The ticket this citizen came with, where it is another one. */
  fromTicketId: z.string().nullable(),
});

const subOrderBrief = z.object({
  id: z.string(),
  number: z.string(),
  role: oneOf(subOrderRoleLabels),
  orgId: z.string(),
  orgName: z.string(),
  state: subOrderState,
});

const ticketBrief = {
  id: z.string(),
  number: z.string(),
  type: oneOf(ticketTypeLabels),
  typeLabel: z.string(),
  source: oneOf(sourceChannelLabels),
  title: z.string(),
  regionCode: z.string(),
  urgency: oneOf(urgencyLabels),
  isComplex: z.boolean(),
  isSecret: z.boolean(),
  categoryCode: z.string().nullable(),
  categoryPath: z.array(z.string()),
  state: ticketState,
  stateLabel: z.string(),
  stage: oneOf(stageLabels),
  version: z.int(),
  receivedAt: instantText,
  closedAt: instantText.nullable(),
  closeType: oneOf(closeTypeLabels).nullable(),
  clock: oneOf(ticketClockLabels).nullable(),
  dueAt: instantText.nullable(),
  light: oneOf(cautionLightLabels),
  counts: z.object({ urge: z.int(), returned: z.int(), extension: z.int(), rehandle: z.int() }),
};

export const ticketListItem = z.object({
  ...ticketBrief,
  excerpt: z.string(),
  complainant: z.object({ name: z.string().nullable(), phone: z.string().nullable(), more: z.int() }),
  units: z.array(subOrderBrief),
});
export type TicketListItem = z.infer<typeof ticketListItem>;
export const ticketsPage = pageOf(ticketListItem);

export const subOrderView = z.object({
  ...subOrderBrief.shape,
  ticketId: z.string(),
  stateLabel: z.string(),
  version: z.int(),
  handler: namedRef.nullable(),
  instruction: z.string().nullable(),
  assignmentLocked: z.boolean(),
  dispatchedAt: instantText,
  signDueAt: instantText,
  handleDueAt: instantText,
  returnDueAt: instantText,
  signedAt: instantText.nullable(),
  submittedAt: instantText.nullable(),
  light: oneOf(cautionLightLabels),
  suggestedOrg: namedRef.nullable(),
  result: z
    .object({
      isTrue: z.boolean(),
      isContacted: z.boolean(),
      contactedAt: instantText.nullable(),
      result: z.string(),
      isResolved: z.boolean(),
      unresolvedReason: z.string().nullable(),
      commitment: z.object({ progress: z.string(), measures: z.string(), dueOn: z.string() }).nullable(),
      publicReply: z.string(),
      attachmentIds: z.array(z.string()),
    })
    .nullable(),
  moves: z.array(moveView),
});
export type SubOrderView = z.infer<typeof subOrderView>;

export const subOrderListItem = z.object({
  ...subOrderBrief.shape,
  stateLabel: z.string(),
  version: z.int(),
  dueAt: instantText.nullable(),
  light: oneOf(cautionLightLabels),
  handler: namedRef.nullable(),
  ticket: z.object(ticketBrief),
});
export type SubOrderListItem = z.infer<typeof subOrderListItem>;
export const subOrdersPage = pageOf(subOrderListItem);

export const timelineEntry = z.object({
  at: instantText,
  kind: z.enum(['TICKET', 'SUB_ORDER', 'URGE', 'CALLBACK', 'LINK']),
  action: z.string(),
  label: z.string(),
  /** State after the step, for steps of a lifecycle. */
  to: z.string().nullable(),
  toLabel: z.string().nullable(),
  subOrderId: z.string().nullable(),
  by: z.object({ kind: z.string(), id: z.string(), name: z.string(), orgName: z.string().nullable() }),
  /** What was written: opinion, reason, reply; numbers in it masked. */
  texts: z.array(z.object({ label: z.string(), text: z.string() })),
  attachmentIds: z.array(z.string()),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const ticketView = z.object({
  ...ticketBrief,
  content: z.string(),
  details: z.strictObject(detailFields).partial(),
  address: z.string().nullable(),
  isAnonymous: z.boolean(),
  needReply: z.boolean(),
  registeredBy: namedRef.nullable(),
  accusedOrg: namedRef.nullable(),
  accusedStaffId: z.string().nullable(),
  complainants: z.array(complainantView),
  mergedIntoId: z.string().nullable(),
  receiptCode: z.string().nullable(),
  missing: z.array(z.object({ field: z.string(), label: z.string() })),
  canEdit: z.boolean(),
  /** In the clear for whoever types this draft; null for everybody else. */
  form: z.object({ name: z.string().nullable(), phone: z.string().nullable(), address: z.string().nullable(), content: z.string() }).nullable(),
  moves: z.array(moveView),
  subOrders: z.array(subOrderView),
  deadlines: z.array(deadlineView),
  links: z.array(z.object({ kind: oneOf(ticketLinkLabels), refId: z.string(), origin: z.string(), linkedAt: instantText })),
  replies: z.array(
    z.object({ kind: z.string(), text: z.string(), guideId: z.string().nullable(), guideVersion: z.int().nullable(), by: z.string(), at: instantText }),
  ),
  referrals: z.array(
    z.object({
      target: z.string(),
      method: z.string(),
      regionCode: z.string().nullable(),
      note: z.string().nullable(),
      feedback: z.string().nullable(),
      at: instantText,
    }),
  ),
  timeline: z.array(timelineEntry),
});
export type TicketView = z.infer<typeof ticketView>;

/** Answer of everything that changes a ticket: enough to go on, the rest is told by the fact. */
export const ticketReceipt = z.object({
  id: z.string(),
  number: z.string(),
  state: ticketState,
  version: z.int(),
  receiptCode: z.string().nullable(),
});
export type TicketReceipt = z.infer<typeof ticketReceipt>;

export const subOrderReceipt = z.object({
  id: z.string(),
  number: z.string(),
  state: subOrderState,
  version: z.int(),
  ticketId: z.string(),
  ticketState,
  ticketVersion: z.int(),
});
export type SubOrderReceipt = z.infer<typeof subOrderReceipt>;

export const deadlineExplanation = z.object({
  ...deadlineView.shape,
  days: z.array(
    z.object({
      date: z.string(),
      weekday: z.string(),
      kind: z.string(),
      label: z.string(),
      counted: z.boolean(),
      ordinal: z.int().nullable(),
      note: z.string().nullable(),
    }),
  ),
  pauses: z.array(z.object({ from: instantText, to: instantText.nullable(), cause: z.string() })),
  basis: z.string().nullable(),
});
export type DeadlineExplanation = z.infer<typeof deadlineExplanation>;

export const stageCounts = z.object({
  total: z.int(),
  stages: z.record(oneOf(stageLabels), z.int()),
  states: z.record(ticketState, z.int()),
  overdue: z.int(),
});
export type StageCounts = z.infer<typeof stageCounts>;

export const similarTicket = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  stateLabel: z.string(),
  receivedAt: instantText,
  score: z.number(),
});
export type SimilarTicket = z.infer<typeof similarTicket>;
export const similarTickets = z.object({ items: z.array(similarTicket) });

export const duplicateTickets = z.object({
  items: z.array(z.object({ id: z.string(), number: z.string(), title: z.string(), stateLabel: z.string(), receivedAt: instantText, urgeCount: z.int() })),
});

/** What a caller card may show; a secret matter is only said to exist (rules §4). */
export const callerHistory = z.object({
  total: z.int(),
  open: z.int(),
  hasSecret: z.boolean(),
  note: z.string().nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      title: z.string(),
      typeLabel: z.string(),
      state: ticketState,
      stateLabel: z.string(),
      receivedAt: instantText,
    }),
  ),
});
export type CallerHistory = z.infer<typeof callerHistory>;

export const revealedField = z.object({ field: z.string(), value: z.string().nullable() });
