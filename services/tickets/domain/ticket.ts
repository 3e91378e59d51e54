import type { SubOrderState } from '#contracts/lifecycles/sub-order.lifecycle';
import type { TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import type { TicketClock, TimeUnit } from '#contracts/vocabulary/clocks';
import type { CloseType } from '#contracts/vocabulary/close-types';
import type { SourceChannel } from '#contracts/vocabulary/source-channels';
import type { SubOrderRole } from '#contracts/vocabulary/sub-order-roles';
import type { TicketLinkKind } from '#contracts/vocabulary/ticket-links';
import type { TicketType } from '#contracts/vocabulary/ticket-types';
import type { Urgency } from '#contracts/vocabulary/urgency';

/** A matter brought by a citizen, as it is stored; sealed fields stay sealed here. */
export interface Ticket {
  readonly id: string;
  readonly number: string;
  readonly type: TicketType;
  readonly source: SourceChannel;
  readonly title: string;
  readonly content: string;
  /** `TicketDetails` as JSON. */
  readonly detailsSealed: string | null;
  readonly regionCode: string;
  readonly addressSealed: string | null;
  readonly addressHash: string | null;
  readonly urgency: Urgency;
  readonly isComplex: boolean;
  readonly categoryCode: string | null;
  readonly isSecret: boolean;
  readonly needReply: boolean;
  readonly isAnonymous: boolean;
  readonly registeredBy: string | null;
  readonly accusedOrgId: string | null;
  /** The unit that must stay away, with all below it; null for a plain complaint, which the unit itself may handle (rules §2.2). */
  readonly accusedOrgPath: string | null;
  readonly accusedStaffId: string | null;
  readonly state: TicketState;
  readonly version: number;
  readonly receivedAt: Date;
  readonly firstDispatchAt: Date | null;
  readonly closedAt: Date | null;
  readonly closeType: CloseType | null;
  /** The clock of the present state, for lists; the clocks themselves are rows of their own. */
  readonly clockName: TicketClock | null;
  readonly clockStartedAt: Date | null;
  readonly clockDueAt: Date | null;
  readonly urgeCount: number;
  readonly returnCount: number;
  readonly extensionCount: number;
  readonly rehandleCount: number;
  readonly firstSatisfaction: string | null;
  readonly lastSatisfaction: string | null;
  readonly receiptHash: string;
  readonly receiptSealed: string;
  readonly mergedIntoId: string | null;
}

/** What the type of the ticket asks for besides the common fields (rules §3.2); sealed as a whole, since a report's clues are S3. */
export interface TicketDetails {
  /** CONSULT: what is asked, and the item and place it is about. */
  readonly matter?: string | undefined;
  readonly itemId?: string | undefined;
  readonly receivingRegion?: string | undefined;
  readonly handlingRegion?: string | undefined;
  /** COMPLAINT, REPORT: who, if no unit of the table is meant. */
  readonly accusedName?: string | undefined;
  readonly conduct?: string | undefined;
  readonly occurredOn?: string | undefined;
  readonly demand?: string | undefined;
  readonly clues?: string | undefined;
  /** SUGGESTION: the field it concerns. */
  readonly field?: string | undefined;
}

export interface SubOrder {
  readonly id: string;
  readonly number: string;
  readonly ticketId: string;
  readonly role: SubOrderRole;
  readonly orgId: string;
  readonly orgPath: string;
  readonly state: SubOrderState;
  readonly previousState: SubOrderState | null;
  readonly version: number;
  readonly handlerId: string | null;
  readonly instruction: string | null;
  readonly assignmentLocked: boolean;
  readonly dispatchedAt: Date;
  readonly returnDueAt: Date;
  readonly signDueAt: Date;
  readonly handleDueAt: Date;
  readonly signedAt: Date | null;
  readonly submittedAt: Date | null;
  readonly settledAt: Date | null;
  readonly suggestedOrgId: string | null;
  readonly terminationRequestedAt: Date | null;
  /** `SubOrderResult` as JSON. */
  readonly resultSealed: string | null;
  readonly isResolved: boolean | null;
  readonly liveLeadOf: string | null;
  readonly liveUnitOf: string | null;
}

/** rules §3.6: what a unit answers for. */
export interface SubOrderResult {
  readonly isTrue: boolean;
  readonly isContacted: boolean;
  readonly contactedAt: string | null;
  readonly result: string;
  readonly isResolved: boolean;
  readonly unresolvedReason: string | null;
  readonly commitment: { readonly progress: string; readonly measures: string; readonly dueOn: string } | null;
  readonly publicReply: string;
  readonly attachmentIds: readonly string[];
}

/** A time limit that runs or ran for a ticket or a sub-order, with everything its deadline was computed from (security I-15). */
export interface ClockRow {
  readonly id: string;
  readonly ticketId: string;
  /** The ticket itself or one of its sub-orders. */
  readonly ownerId: string;
  readonly clock: TicketClock;
  /** Counts from 0; a new deadline after a rehandling or a second dispatch is a new round. */
  readonly round: number;
  readonly startedAt: Date;
  readonly amount: number;
  readonly unit: TimeUnit;
  readonly regionCode: string;
  readonly rollToWorkingDay: boolean;
  readonly ruleVersion: number;
  /** The law that sets a longer period than the rule. */
  readonly basis: string | null;
  readonly extensionDays: number;
  readonly dueAt: Date;
  /** Never changes: what was first promised. */
  readonly firstDueAt: Date;
  readonly provisional: boolean;
  readonly calendarVersion: number;
  readonly stoppedAt: Date | null;
}

export interface PauseRow {
  readonly id: string;
  readonly ticketId: string;
  readonly clock: TicketClock;
  readonly fromAt: Date;
  readonly toAt: Date | null;
  readonly cause: 'PENDING_INFO';
}

/** One citizen of a ticket; a merged ticket has several and each is answered (rules §3.7). */
export interface Complainant {
  readonly id: string;
  readonly ticketId: string;
  readonly originTicketId: string;
  readonly nameSealed: string | null;
  readonly nameHash: string | null;
  readonly phoneSealed: string | null;
  readonly phoneHash: string | null;
  readonly joinedAt: Date;
}

export interface TicketLink {
  readonly id: string;
  readonly ticketId: string;
  readonly kind: TicketLinkKind;
  readonly refId: string;
  readonly origin: 'AUTO' | 'MANUAL';
  readonly linkedBy: string;
  readonly linkedAt: Date;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
}

export interface Referral {
  readonly id: string;
  readonly ticketId: string;
  readonly target: string;
  readonly method: string;
  readonly targetRegionCode: string | null;
  readonly consentedAt: Date | null;
  readonly note: string | null;
  readonly feedback: string | null;
  readonly byId: string;
  readonly at: Date;
}

export type ReplyKind = 'DIRECT_ANSWER' | 'REJECTION' | 'FINAL' | 'EXPLANATION';

export interface Reply {
  readonly id: string;
  readonly ticketId: string;
  readonly kind: ReplyKind;
  readonly round: number;
  readonly contentSealed: string;
  readonly guideId: string | null;
  readonly guideVersion: number | null;
  readonly byId: string;
  readonly at: Date;
}

export interface Callback {
  readonly id: string;
  readonly ticketId: string;
  readonly complainantId: string;
  readonly round: number;
  readonly at: Date;
  readonly method: string;
  readonly result: string;
  readonly isResolved: boolean | null;
  readonly satisfaction: string | null;
  readonly noteSealed: string | null;
  readonly byId: string;
  readonly recordedAt: Date;
}

export interface Extension {
  readonly id: string;
  readonly ticketId: string;
  readonly subOrderId: string;
  readonly state: 'REQUESTED' | 'APPROVED' | 'DENIED';
  readonly days: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly noticeMethod: string | null;
  readonly noticeNote: string | null;
}

export interface UrgeRow {
  readonly id: string;
  readonly ticketId: string;
  readonly byKind: string;
  readonly byId: string;
  readonly note: string | null;
  readonly at: Date;
}

/** Who had a hand in a ticket, so that people can be kept apart (rules §2.1). */
export interface Participant {
  readonly ticketId: string;
  readonly staffId: string;
  readonly part: 'HANDLER' | 'REVIEWER';
}

export interface RevealRow {
  readonly id: string;
  readonly ticketId: string;
  readonly staffId: string;
  readonly field: string;
  readonly complainantId: string | null;
  readonly reason: string;
  readonly at: Date;
}

export interface LookupRow {
  readonly receiptHash: string;
  readonly failures: number;
  readonly lockedUntil: Date | null;
  readonly lastAt: Date;
}

/** One line of the table of time limits (rules §3.8); null means: whatever it is. */
export interface SlaRule {
  readonly id: string;
  readonly version: number;
  readonly clock: TicketClock | 'return';
  readonly type: TicketType | null;
  readonly source: SourceChannel | null;
  readonly urgency: Urgency | null;
  readonly isComplex: boolean | null;
  readonly categoryPrefix: string | null;
  readonly regionPrefix: string | null;
  readonly amount: number;
  readonly unit: TimeUnit;
  readonly rollToWorkingDay: boolean;
}

/** Live: still bound to the ticket, neither returned nor cancelled. */
export const isLive = (subOrder: Pick<SubOrder, 'state'>): boolean => subOrder.state !== 'RETURNED' && subOrder.state !== 'CANCELLED';

export const leadOf = <S extends Pick<SubOrder, 'state' | 'role'>>(subOrders: readonly S[]): S | undefined =>
  subOrders.find((subOrder) => subOrder.role === 'LEAD' && isLive(subOrder));
