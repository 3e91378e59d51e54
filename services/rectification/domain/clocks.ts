import {
  rectificationLifecycle,
  type RectificationAction,
  type RectificationInput,
  type RectificationState,
} from '#contracts/lifecycles/rectification.lifecycle';
import type { RectificationClock, RectificationTerms } from '#contracts/vocabulary/rectification-terms';
import { shanghaiDay } from '#kernel';
import type { OutcomeName, Rectification, RectificationChange } from './rectification';

/** A running or finished clock of a case; instants are milliseconds since 1970. */
export interface CaseDeadline {
  readonly id: string;
  readonly rectificationId: string;
  readonly clockName: RectificationClock;
  readonly round: number;
  readonly startsAt: number;
  /** Working days. */
  readonly amount: number;
  /** Never changes (security I-15). */
  readonly firstDueAt: number;
  readonly dueAt: number;
  readonly provisional: boolean;
  readonly calendarVersion: number;
  readonly termsVersion: number;
  readonly metAt: number | null;
}

export interface CasePause {
  readonly id: string;
  readonly rectificationId: string;
  readonly clockName: RectificationClock;
  readonly fromAt: number;
  readonly toAt: number | null;
}

export interface DueOf {
  (given: { readonly startsAt: number; readonly amount: number; readonly pauses: readonly { readonly fromAt: number; readonly toAt: number }[] }): {
    readonly dueAt: number;
    readonly provisional: boolean;
    readonly calendarVersion: number;
  };
}

/** The clocks of one case while a move changes them. */
export interface ClockBoard {
  readonly row: Rectification;
  readonly deadlines: readonly CaseDeadline[];
  readonly pauses: readonly CasePause[];
}

export interface ClockChange {
  readonly deadlines: readonly CaseDeadline[];
  readonly pauses: readonly CasePause[];
  readonly set: RectificationChange;
}

export interface ClockGiven {
  readonly action: RectificationAction;
  readonly to: RectificationState;
  readonly input: RectificationInput;
  readonly outcome: OutcomeName | null;
  readonly round: number;
  readonly now: number;
  readonly terms: RectificationTerms;
  readonly due: DueOf;
  readonly newId: () => string;
}

export const rectifyAmountOf = (outcome: OutcomeName | null, terms: RectificationTerms): number => {
  if (outcome === 'IMMEDIATE_FIX') return terms.immediateFix;
  return outcome === 'EXPLANATION' ? terms.explanation : terms.timedFix;
};

export const verifyAmountOf = (isRealName: boolean, terms: RectificationTerms): number => (isRealName ? terms.verifyNamed : terms.verifyAnonymous);

/** 24:00 of a day belongs to that day, and so to its month. */
export const ledgerMonthOf = (dueAt: number): string => shanghaiDay(new Date(dueAt - 1)).slice(0, 7);

export const ledgerDue = (dueAt: number): RectificationChange => ({ ledgerDueAt: dueAt, ledgerMonth: ledgerMonthOf(dueAt) });

const started = (board: ClockBoard, given: ClockGiven, clock: { readonly clockName: RectificationClock; readonly amount: number }): CaseDeadline => {
  const due = given.due({ startsAt: given.now, amount: clock.amount, pauses: [] });
  return {
    id: given.newId(),
    rectificationId: board.row.id,
    clockName: clock.clockName,
    round: clock.clockName === 'rectify' || clock.clockName === 'callback' ? given.round : 1,
    startsAt: given.now,
    amount: clock.amount,
    firstDueAt: due.dueAt,
    dueAt: due.dueAt,
    provisional: due.provisional,
    calendarVersion: due.calendarVersion,
    termsVersion: given.terms.version,
    metAt: null,
  };
};

export const clockOf = (board: Pick<ClockBoard, 'deadlines'>, clockName: RectificationClock): CaseDeadline | undefined =>
  board.deadlines.filter((deadline) => deadline.clockName === clockName).toSorted((a, b) => b.round - a.round)[0];

const met = (board: ClockBoard, clockName: RectificationClock, now: number): readonly CaseDeadline[] => {
  const deadline = clockOf(board, clockName);
  return deadline === undefined || deadline.metAt !== null ? [] : [{ ...deadline, metAt: now }];
};

/** Computed anew from its start with all pauses; the first due instant stays. */
const rewritten = (
  board: ClockBoard,
  given: ClockGiven,
  change: { readonly startsAt?: number; readonly amount?: number; readonly pauses?: readonly CasePause[] },
) => {
  const rectify = clockOf(board, 'rectify');
  if (rectify === undefined) return null;
  const startsAt = change.startsAt ?? rectify.startsAt;
  const amount = change.amount ?? rectify.amount;
  const pauses = (change.pauses ?? board.pauses).flatMap((pause) => (pause.toAt === null ? [] : [{ fromAt: pause.fromAt, toAt: pause.toAt }]));
  const due = given.due({ startsAt, amount, pauses });
  return { ...rectify, startsAt, amount, dueAt: due.dueAt, provisional: due.provisional, calendarVersion: due.calendarVersion };
};

/** A due instant that passed while the case was unclosed stays in the ledger (security I-08, I-15): delay must not move it. */
const ledgerAfter = (row: Rectification, newDueAt: number, standsAt: number): RectificationChange => (row.ledgerDueAt < standsAt ? {} : ledgerDue(newDueAt));

const withRectify = (board: ClockBoard, deadline: CaseDeadline | null, standsAt: number): ClockChange => ({
  deadlines: deadline === null ? [] : [deadline],
  pauses: [],
  set: deadline === null ? {} : { rectifyDueAt: deadline.dueAt, ...ledgerAfter(board.row, deadline.dueAt, standsAt) },
});

const joined = (...changes: readonly ClockChange[]): ClockChange => ({
  deadlines: changes.flatMap((change) => change.deadlines),
  pauses: changes.flatMap((change) => change.pauses),
  set: Object.assign({}, ...changes.map((change) => change.set)) as RectificationChange,
});

const only = (deadlines: readonly CaseDeadline[], set: RectificationChange = {}): ClockChange => ({ deadlines, pauses: [], set });

type Effect = (board: ClockBoard, given: ClockGiven) => ClockChange;

const verifyEffect: Effect = (board, given) => {
  const appealFile = started(board, given, { clockName: 'appealFile', amount: given.terms.appealFile });
  return joined(
    only(met(board, 'verify', given.now)),
    withRectify(board, rewritten(board, given, { startsAt: given.now, amount: rectifyAmountOf(given.outcome, given.terms) }), given.now),
    only([appealFile], { appealFileDueAt: appealFile.dueAt }),
  );
};

const appealEffect: Effect = (board, given) => ({
  deadlines: [...met(board, 'appealFile', given.now), started(board, given, { clockName: 'appealReview', amount: given.terms.appealReview })],
  pauses: [{ id: given.newId(), rectificationId: board.row.id, clockName: 'rectify', fromAt: given.now, toAt: null }],
  set: {},
});

const endPause = (board: ClockBoard, now: number): readonly CasePause[] => board.pauses.map((pause) => (pause.toAt === null ? { ...pause, toAt: now } : pause));

const dismissEffect: Effect = (board, given) => {
  const pauses = endPause(board, given.now);
  const pausedAt = board.row.pausedAt ?? given.now;
  return joined(only(met(board, 'appealReview', given.now)), withRectify(board, rewritten(board, given, { pauses }), pausedAt), {
    deadlines: [],
    pauses,
    set: {},
  });
};

const extendEffect: Effect = (board, given) => {
  const rectify = clockOf(board, 'rectify');
  return withRectify(board, rewritten(board, given, { amount: (rectify?.amount ?? 0) + (given.input.days ?? 0) }), given.now);
};

/** rules §6.1 redo, reopen: a new deadline of its own; what was missed before stays missed. */
const newRoundEffect: Effect = (board, given) => {
  const rectify = started(board, given, { clockName: 'rectify', amount: rectifyAmountOf(given.outcome, given.terms) });
  const { state, closedAt, ledgerDueAt } = board.row;
  const closedInTime = state === 'CLOSED_NOT_ADOPTED' || (closedAt !== null && closedAt <= ledgerDueAt);
  return joined(only(met(board, 'callback', given.now)), withRectify(board, rectify, closedInTime ? ledgerDueAt : given.now));
};

const closingEffect: Effect = (board, given) => only([...met(board, 'callback', given.now), ...met(board, 'rectify', given.now)]);

const effects: Partial<Record<RectificationAction, Effect>> = {
  verify: verifyEffect,
  appeal: appealEffect,
  dismiss: dismissEffect,
  uphold: (board, given) => ({
    deadlines: [...met(board, 'appealReview', given.now), ...met(board, 'rectify', given.now)],
    pauses: endPause(board, given.now),
    set: {},
  }),
  extend: extendEffect,
  approve: (board, given) =>
    given.to === 'CLOSED' ? closingEffect(board, given) : only([started(board, given, { clockName: 'callback', amount: given.terms.callback })]),
  callbackPass: closingEffect,
  closeWithReason: closingEffect,
  redo: newRoundEffect,
  reopen: newRoundEffect,
};

const clockIn = (state: RectificationState): RectificationClock | undefined => {
  const spec = rectificationLifecycle.states[state];
  return 'clock' in spec ? spec.clock : undefined;
};

/** What the clocks do when a move is made; pure, the calendar comes in as a function. */
export const clockChangeOf = (board: ClockBoard, given: ClockGiven): ClockChange => {
  const change = effects[given.action]?.(board, given) ?? only([]);
  const changed = new Map([...board.deadlines, ...change.deadlines].map((deadline) => [deadline.id, deadline]));
  const running = clockIn(given.to);
  const deadline = running === undefined ? undefined : clockOf({ deadlines: [...changed.values()] }, running);
  return { ...change, set: { ...change.set, currentDueAt: deadline?.dueAt ?? null } };
};
