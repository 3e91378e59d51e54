import type { RectificationGuard, RectificationInput } from '#contracts/lifecycles/rectification.lifecycle';
import type { RectificationTerms } from '#contracts/vocabulary/rectification-terms';
import type { Actor } from '#kernel';
import { raterAccepts, raterIsDissatisfied, wasTriedEnough } from './callback-attempts';
import { fixIsFinished, missingMaterials } from './outcome-materials';
import type { Attempt, CaseForm, CaseSnapshot, HandPart, OutcomeName } from './rectification';

export interface Circumstances {
  readonly actor: Actor;
  readonly input: RectificationInput;
  readonly now: number;
  readonly terms: RectificationTerms;
  /** Whether the unit named in the input exists and is in use; true while none is named, so that the button is not greyed. */
  readonly unitIsActive: boolean;
}

type Answers = Record<RectificationGuard, boolean>;

const given = (input: RectificationInput): CaseForm => {
  const { opinion, reason, isTrue, isReasonable, outcome, examination, measures, ledger, finishBy, basis, explanation, reply, replyMethod } = input;
  const finishedAt = input.finishedAt?.toISOString();
  return { opinion, reason, isTrue, isReasonable, outcome, examination, measures, finishedAt, ledger, finishBy, basis, explanation, reply, replyMethod };
};

/** What is given now goes before the draft, the draft before what was written earlier. */
export const formOf = (snapshot: CaseSnapshot, input: RectificationInput): CaseForm => ({
  ...snapshot.written,
  ...snapshot.draft,
  ...Object.fromEntries(Object.entries(given(input)).filter(([, value]) => value !== undefined)),
});

export const callbacksOf = (snapshot: CaseSnapshot, { input, now }: Pick<Circumstances, 'input' | 'now'>): readonly Attempt[] => {
  const inRound = snapshot.callbacks.filter((attempt) => attempt.round === snapshot.row.round);
  if (input.callback === undefined) return inRound;
  const { at, method, result, note } = input.callback;
  return [...inRound, { id: '', round: snapshot.row.round, at: at.getTime(), method, result, note, staffId: '', recordedAt: now }];
};

const idOf = (actor: Actor): string => actor.id;
const pathOf = (actor: Actor): string => (actor.kind === 'staff' ? actor.orgPath : '');

const playedBy = ({ hands }: CaseSnapshot, actor: Actor, ...parts: readonly HandPart[]): boolean =>
  hands.some((hand) => hand.staffId === idOf(actor) && parts.includes(hand.part));

const isUnder = (path: string, root: string | null): boolean => root !== null && path.startsWith(root);

const peopleFacts = (snapshot: CaseSnapshot, { actor }: Circumstances) => {
  const { row, hands } = snapshot;
  const isRated = row.ratedStaffId !== null && row.ratedStaffId === idOf(actor);
  const isOfRatedUnit = isUnder(pathOf(actor), row.orgPath) || isUnder(pathOf(actor), row.ratedOrgPath);
  return {
    ofOwnUnit: isUnder(pathOf(actor), row.orgPath),
    actorMayHandle: !isRated && !playedBy(snapshot, actor, 'REVIEWER', 'CALLER', 'APPEAL_REVIEWER'),
    notOwnWork: !isRated && !playedBy(snapshot, actor, 'HANDLER', 'APPELLANT'),
    notReviewer: !playedBy(snapshot, actor, 'REVIEWER'),
    notCaller: !playedBy(snapshot, actor, 'CALLER'),
    reviewerIsOutside: !isRated && !isOfRatedUnit && !hands.some((hand) => hand.staffId === idOf(actor) && hand.part !== 'APPEAL_REVIEWER'),
  } satisfies Partial<Answers>;
};

const verificationFacts = (snapshot: CaseSnapshot, { input }: Circumstances) => {
  const { row, contacts } = snapshot;
  const form = formOf(snapshot, input);
  const outcome = form.outcome ?? row.outcome;
  const isClear = (form.isTrue ?? row.isTrue) === true && (form.isReasonable ?? row.isReasonable) === true;
  const wasContacted = contacts.length > 0 || input.contact !== undefined;
  return {
    unitIsKnown: row.orgId !== null,
    raterIsNamed: row.isRealName,
    verificationIsComplete: row.isRealName ? wasContacted : (form.examination ?? '') !== '',
    outcomeFitsFindings: !(isClear && outcome === 'EXPLANATION'),
  } satisfies Partial<Answers>;
};

export const outcomeOf = (snapshot: CaseSnapshot, input: RectificationInput): OutcomeName | null => formOf(snapshot, input).outcome ?? snapshot.row.outcome;

const materialFacts = (snapshot: CaseSnapshot, { input, now }: Circumstances) => {
  const form = formOf(snapshot, input);
  const outcome = outcomeOf(snapshot, input);
  return {
    outcomeIsChosen: outcome !== null,
    measuresAreWritten: outcome !== null && missingMaterials(outcome, form).length === 0,
    evidenceIsAttached: snapshot.evidenceIds.length > 0,
    raterIsAnswered: !snapshot.row.isRealName || (form.reply ?? '') !== '',
    fixIsFinished: fixIsFinished(outcome, form, now),
  } satisfies Partial<Answers>;
};

const clockFacts = ({ row, attachmentIds, rectifyAmount }: CaseSnapshot, { input, now, terms }: Circumstances) =>
  ({
    notYetAppealed: row.appealedAt === null,
    appealInTime: row.appealFileDueAt !== null && now <= row.appealFileDueAt,
    hasAppealEvidence: (input.attachmentIds ?? attachmentIds).length > 0,
    beforeRectifyDue: now <= row.rectifyDueAt,
    notYetExtended: row.extensions === 0,
    extensionWithinLimit: rectifyAmount + (input.days ?? 1) <= terms.longestRectify,
  }) satisfies Partial<Answers>;

const closingFacts = (snapshot: CaseSnapshot, given: Circumstances) => {
  const { row } = snapshot;
  const callbacks = callbacksOf(snapshot, given);
  const roundsAreUsedUp = row.round >= given.terms.maxRounds;
  return {
    callbackIsRecorded: raterAccepts(callbacks) || (!raterIsDissatisfied(callbacks) && wasTriedEnough(callbacks, given.terms)),
    raterStillDissatisfied: raterIsDissatisfied(callbacks),
    roundsAreUsedUp,
    closeReasonHolds: roundsAreUsedUp || row.outcome === 'EXPLANATION',
    supervisionIsClosed: !snapshot.hasOpenSupervision,
  } satisfies Partial<Answers>;
};

/** Answers every guard of the table, or does not compile. */
export const factsAbout = (snapshot: CaseSnapshot, given: Circumstances): Answers => ({
  ...peopleFacts(snapshot, given),
  ...verificationFacts(snapshot, given),
  ...materialFacts(snapshot, given),
  ...clockFacts(snapshot, given),
  ...closingFacts(snapshot, given),
  unitIsActive: given.unitIsActive,
});
