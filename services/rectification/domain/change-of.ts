import type { RectificationAction } from '#contracts/lifecycles/rectification.lifecycle';
import { raterAccepts } from './callback-attempts';
import { type Circumstances, callbacksOf, formOf, outcomeOf } from './facts-about';
import type { CallbackOutcome, CaseForm, CaseSnapshot, HandPart, RectificationChange } from './rectification';

export interface MoveChange {
  readonly set: RectificationChange;
  /** Parts that the actor plays by this move. */
  readonly parts?: readonly HandPart[];
  /** What the department has written is replaced by this. */
  readonly form?: CaseForm;
}

interface Given extends Circumstances {
  readonly unit: { readonly id: string; readonly path: string } | null;
}

type Change = (snapshot: CaseSnapshot, given: Given) => MoveChange;

/** A new round starts without the reply and the call-back of the last one (rules §6.1 redo, reopen). */
const newRound = ({ row, written }: CaseSnapshot, now: number): MoveChange => {
  const { reply: _answered, replyMethod: _how, finishedAt: _done, ...form } = written;
  return {
    set: {
      round: row.round + 1,
      roundStartedAt: now,
      submittedAt: null,
      repliedAt: null,
      reviewedAt: null,
      calledBackAt: null,
      callbackResult: null,
      closedAt: null,
      closedDissatisfied: false,
      notAdoptedCategory: null,
    },
    form,
  };
};

const callbackResult = (snapshot: CaseSnapshot, given: Given): CallbackOutcome => (raterAccepts(callbacksOf(snapshot, given)) ? 'ACCEPTED' : 'UNREACHABLE');

const lastCallbackAt = (snapshot: CaseSnapshot, given: Given): number =>
  callbacksOf(snapshot, given).reduce((latest, attempt) => Math.max(latest, attempt.at), 0);

const changes: Readonly<Record<Exclude<RectificationAction, 'create'>, Change>> = {
  assign: ({ row }, { unit }) => ({ set: { orgId: unit?.id ?? null, orgPath: unit?.path ?? null, ratedOrgPath: row.ratedOrgPath ?? unit?.path ?? null } }),
  reassign: () => ({ set: { orgId: null, orgPath: null } }),
  verify: (snapshot, { input, now }) => ({
    set: { verifiedAt: now, isTrue: input.isTrue ?? null, isReasonable: input.isReasonable ?? null, outcome: input.outcome ?? null },
    parts: ['HANDLER'],
    form: formOf(snapshot, input),
  }),
  appeal: (_snapshot, { now }) => ({ set: { appealedAt: now, pausedAt: now }, parts: ['APPELLANT'] }),
  uphold: (_snapshot, { input, now }) => ({ set: { pausedAt: null, closedAt: now, notAdoptedCategory: input.category ?? null }, parts: ['APPEAL_REVIEWER'] }),
  dismiss: () => ({ set: { pausedAt: null }, parts: ['APPEAL_REVIEWER'] }),
  extend: ({ row }) => ({ set: { extensions: row.extensions + 1 } }),
  submit: (snapshot, { input, now }) => ({
    set: {
      submittedAt: now,
      outcome: outcomeOf(snapshot, input),
      repliedAt: snapshot.row.isRealName || (formOf(snapshot, input).reply ?? '') !== '' ? now : null,
      evidenceCount: snapshot.evidenceIds.length,
    },
    parts: ['HANDLER'],
    form: formOf(snapshot, input),
  }),
  sendBack: () => ({ set: { submittedAt: null }, parts: ['REVIEWER'] }),
  approve: ({ row }, { now }) => ({ set: { reviewedAt: now, ...(row.isRealName ? {} : { closedAt: now }) }, parts: ['REVIEWER'] }),
  callbackPass: (snapshot, given) => ({
    set: { closedAt: given.now, calledBackAt: lastCallbackAt(snapshot, given), callbackResult: callbackResult(snapshot, given) },
    parts: ['CALLER'],
  }),
  redo: (snapshot, given) => ({ ...newRound(snapshot, given.now), parts: ['CALLER'] }),
  closeWithReason: (snapshot, given) => ({
    set: { closedAt: given.now, closedDissatisfied: true, calledBackAt: lastCallbackAt(snapshot, given), callbackResult: 'DISSATISFIED' },
    parts: ['REVIEWER'],
  }),
  reopen: (snapshot, { now }) => newRound(snapshot, now),
};

export const isMove = (action: string): action is Exclude<RectificationAction, 'create'> => Object.hasOwn(changes, action);

/** What a permitted move writes into the case besides its state; the clocks are in `clock-changes.ts`. */
export const changeOf = (action: Exclude<RectificationAction, 'create'>, snapshot: CaseSnapshot, given: Given): MoveChange => changes[action](snapshot, given);
