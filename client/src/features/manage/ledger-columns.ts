import type { ClosureFigure, ClosureFigures, ClosureRates, Rate } from '#contracts/api/reports';
import { NONE } from '../../shared/formatting/numbers';

export interface LedgerColumn {
  readonly figure: ClosureFigure;
  /** Two lines at most; the sign before a word makes the row a formula. */
  readonly head: string;
  readonly bad?: boolean;
  /** A rule before the column: another question begins. */
  readonly begins?: boolean;
}

/** Reading from left to right is the calculation: due − not adopted = to rectify; closed ÷ to rectify = rate (rules §6.5). */
export const beforeRate: readonly LedgerColumn[] = [
  { figure: 'due', head: '到期差评' },
  { figure: 'notAdopted', head: '− 不予采纳' },
  { figure: 'shouldRectify', head: '= 应整改' },
  { figure: 'closed', head: '已办结' },
];
export const afterRate: readonly LedgerColumn[] = [
  { figure: 'overdueUnclosed', head: '逾期未结', bad: true, begins: true },
  { figure: 'closedLate', head: '逾期后 办结' },
  { figure: 'closedDissatisfied', head: '办结 仍不满' },
  { figure: 'notYetDue', head: '未到期 （单列）', begins: true },
];

/** 97.60%; nothing divided by nothing has no rate. */
export const percentOf = (rate: Rate): string => (rate.percent === null ? NONE : `${rate.percent.toFixed(2)}%`);
export const partsOf = (rate: Rate): string => `${rate.numerator} / ${rate.denominator}`;

export interface Indicator {
  readonly label: string;
  readonly rate: Rate;
  readonly target?: string;
  readonly numerator: ClosureFigure;
  readonly denominator: ClosureFigure;
  /** What must be read beside the rate. */
  readonly beside: string;
  readonly bad?: boolean;
}

export const indicatorsOf = (figures: ClosureFigures, rates: ClosureRates): readonly Indicator[] => [
  {
    label: '差评整改率',
    rate: rates.rectificationRate,
    target: '目标 100%',
    numerator: 'closed',
    denominator: 'shouldRectify',
    beside: `逾期未结 ${figures.overdueUnclosed}，不予采纳 ${figures.notAdopted}`,
    bad: figures.overdueUnclosed > 0,
  },
  {
    label: '按时整改率',
    rate: rates.onTimeRectificationRate,
    numerator: 'closedInTime',
    denominator: 'shouldRectify',
    beside: `逾期后办结 ${figures.closedLate} 件，不算按时`,
  },
  { label: '按时核实率', rate: rates.onTimeVerifyRate, numerator: 'verifiedInTime', denominator: 'verifyDue', beside: '实名差评 1 工作日内联系核实' },
  { label: '回复率', rate: rates.replyRate, numerator: 'replied', denominator: 'shouldReply', beside: '只计实名差评' },
  {
    label: '实名回访率',
    rate: rates.ratingCallbackRate,
    numerator: 'calledBack',
    denominator: 'callbackDenominator',
    beside: `有效接通 ${percentOf(rates.effectiveCallbackRate)}（${partsOf(rates.effectiveCallbackRate)}）`,
  },
  {
    label: '不予采纳率',
    rate: rates.notAdoptedRate,
    numerator: 'notAdopted',
    denominator: 'due',
    beside: `办结仍不满 ${figures.closedDissatisfied} 件，多轮整改 ${figures.reopened} 件`,
  },
];
