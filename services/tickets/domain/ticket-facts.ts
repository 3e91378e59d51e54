import type { TicketGuard } from '#contracts/lifecycles/ticket.lifecycle';
import { type ReferralMethod, type ReferralTarget, needsConsent } from '#contracts/vocabulary/referrals';
import { mustBeReferred, needsLegalChannel, type RejectReason } from '#contracts/vocabulary/reject-reasons';
import type { Actor } from '#kernel';
import { isUnderAccused } from './avoidance';
import { placePrefix } from './territory';
import { isComplaint, isEveryoneCalledBack } from './callback-rules';
import type { RequiredField } from './required-fields';
import { type Callback, leadOf, type Ticket } from './ticket';
import type { TicketFile } from './ticket-file';
import type { TicketInput } from './ticket-input';
import type { TicketPolicy } from './ticket-policy';

export interface ChosenUnit {
  readonly orgId: string;
  readonly role: string;
  readonly handlerId: string | null;
  /** Null when there is no such unit. */
  readonly path: string | null;
  readonly active: boolean;
  /** Whether the named person is an active handler of that unit; true when nobody is named. */
  readonly handlerBelongs: boolean;
}

/** What had to be looked up for this input. */
export interface TicketEvidence {
  readonly units: readonly ChosenUnit[];
  readonly target: Ticket | null;
  readonly guideExists: boolean;
  /** A longer period set by law is really longer than the rule's. */
  readonly limitIsLonger: boolean;
}

export interface TicketQuestion {
  readonly file: TicketFile;
  readonly actor: Actor;
  /** Null when a screen asks which moves are open: what depends on the input is then taken to be in order. */
  readonly input: TicketInput | null;
  readonly evidence: TicketEvidence;
  readonly missing: readonly RequiredField[];
  readonly policy: TicketPolicy;
  readonly now: Date;
}

const dayMs = 86_400_000;
const isOlderThan = (at: Date | null, days: number, now: Date): boolean => at !== null && now.getTime() - at.getTime() >= days * dayMs;

const isPart = (file: TicketFile, actor: Actor, part: 'HANDLER' | 'REVIEWER'): boolean =>
  file.participants.some((participant) => participant.staffId === actor.id && participant.part === part) ||
  (part === 'HANDLER' && file.subOrders.some((subOrder) => subOrder.handlerId === actor.id));

/** Attempts of this round, the one being reported included. */
export const attemptsOf = (
  file: TicketFile,
  input: TicketInput | null,
): readonly Pick<Callback, 'complainantId' | 'at' | 'result' | 'isResolved' | 'satisfaction'>[] => {
  const stored = file.callbacks.filter((callback) => callback.round === file.ticket.rehandleCount);
  const { callback } = input ?? {};
  if (callback === undefined) return stored;
  const complainantId = callback.complainantId ?? file.complainants[0]?.id ?? '';
  return [
    ...stored,
    { complainantId, at: callback.at, result: callback.result, isResolved: callback.isResolved ?? null, satisfaction: callback.satisfaction ?? null },
  ];
};

const aboutIntake = ({ input, missing, evidence, file, actor }: TicketQuestion) => {
  const isCited = input?.guideId !== undefined && input.guideVersion !== undefined;
  return {
    fieldsAreComplete: missing.length === 0,
    isInTerritory: actor.kind !== 'staff' || file.ticket.regionCode.startsWith(placePrefix(actor.regionCode)),
    guideIsCited: input === null || file.ticket.type !== 'CONSULT' || isCited,
    citedGuideExists: input?.guideId === undefined || evidence.guideExists,
  } satisfies Partial<Record<TicketGuard, boolean>>;
};

const aboutRefusal = ({ input }: TicketQuestion) => {
  const rejectReason: RejectReason | undefined = input?.rejectReason;
  const target: ReferralTarget | undefined = input?.referralTarget;
  const method: ReferralMethod | undefined = input?.referralMethod;
  return {
    legalChannelIsTold: rejectReason === undefined || !needsLegalChannel(rejectReason) || input?.legalChannel !== undefined,
    belongsToPlace: rejectReason === undefined || !mustBeReferred(rejectReason),
    consentIsRecorded: target === undefined || method === undefined || !needsConsent(target, method) || input?.consentedAt !== undefined,
  } satisfies Partial<Record<TicketGuard, boolean>>;
};

const aboutMerge = ({ input, evidence, file }: TicketQuestion) => {
  const { target } = evidence;
  const { ticket } = file;
  return {
    targetIsOpen: input === null || (target !== null && target.closedAt === null),
    // A merged ticket is closed, so a circle could only be closed through an open one: the target itself.
    targetIsOther: input === null || (target?.id ?? input.targetId) !== ticket.id,
    secrecyIsKept: target === null || target.isSecret === ticket.isSecret,
    returnsAreRuled: file.subOrders.every((subOrder) => subOrder.state !== 'RETURN_PENDING'),
  } satisfies Partial<Record<TicketGuard, boolean>>;
};

const aboutDispatch = ({ input, evidence, file }: TicketQuestion) => {
  const { ticket, subOrders } = file;
  const { units } = evidence;
  const kept = subOrders.filter((subOrder) => subOrder.liveUnitOf !== null);
  const orgIds = [...units.map((unit) => unit.orgId), ...kept.map((subOrder) => subOrder.orgId)];
  const paths = [...units.map((unit) => unit.path ?? ''), ...kept.map((subOrder) => subOrder.orgPath)];
  return {
    leadIsSingle: input === null || (units.filter((unit) => unit.role === 'LEAD').length === 1 && leadOf(subOrders) === undefined),
    unitsAreDistinct: new Set(orgIds).size === orgIds.length,
    unitsAreActive: units.every((unit) => unit.path !== null && unit.active),
    accusedIsAvoided: input === null || paths.every((path) => !isUnderAccused(ticket.accusedOrgPath, path)),
    handlersAreNamed: !ticket.isSecret || units.every((unit) => unit.handlerId !== null),
    handlersBelong: units.every((unit) => unit.handlerBelongs && (unit.handlerId === null || unit.handlerId !== ticket.accusedStaffId)),
    limitIsFounded: input?.statutoryLimit === undefined || evidence.limitIsLonger,
  } satisfies Partial<Record<TicketGuard, boolean>>;
};

const aboutClosing = ({ file, actor, input, policy, now }: TicketQuestion) => {
  const { ticket, subOrders, complainants } = file;
  const attempts = attemptsOf(file, input);
  return {
    notOwnWork: !isPart(file, actor, 'HANDLER'),
    notReviewer: !isPart(file, actor, 'REVIEWER'),
    canBeCalledBack: ticket.needReply && complainants.some((complainant) => complainant.phoneHash !== null),
    reasonIsWritten: input === null || input.reason !== undefined,
    callbackIsRecorded: input === null || isEveryoneCalledBack(complainants, attempts, policy),
    complainantIsDissatisfied: input === null || attempts.some(isComplaint),
    roundsAreUsedUp: ticket.rehandleCount >= policy.maxRehandles,
    unitHasApplied: leadOf(subOrders)?.terminationRequestedAt != null,
    hasLead: leadOf(subOrders) !== undefined,
    withinReopenWindow: !isOlderThan(ticket.closedAt, policy.reopenDays, now),
    retentionIsOver: isOlderThan(ticket.closedAt, policy.archiveDays, now),
  } satisfies Partial<Record<TicketGuard, boolean>>;
};

/** Answers every guard of the table, or does not compile. */
export const ticketFacts = (question: TicketQuestion): Readonly<Record<TicketGuard, boolean>> => ({
  ...aboutIntake(question),
  ...aboutRefusal(question),
  ...aboutMerge(question),
  ...aboutDispatch(question),
  ...aboutClosing(question),
});
