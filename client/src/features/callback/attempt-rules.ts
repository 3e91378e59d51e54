import { defaultRectificationTerms } from '#contracts/vocabulary/rectification-terms';
import { dayNumber, hourMinute } from '../../shared/formatting/dates';

export interface Attempt {
  readonly at: string;
  readonly result: string;
}

const failed = new Set(['NO_ANSWER', 'WRONG_NUMBER', 'REFUSED']);
const partOf = (at: string): string => {
  const hour = Number(hourMinute(at).slice(0, 2));
  if (hour < 12) return '上午';
  return hour < 18 ? '下午' : '晚上';
};

export interface AttemptCount {
  readonly tried: number;
  readonly days: number;
  readonly parts: number;
  /** What is still needed before "could not be reached" counts; empty when nothing. */
  readonly needs: readonly string[];
}

/** rules §6.3.5: three attempts, over two days, and for a rating at different times of the day. */
export const countAttempts = (attempts: readonly Attempt[], kind: 'rating' | 'ticket'): AttemptCount => {
  const { callbackAttempts, callbackDays, callbackDayParts } = defaultRectificationTerms;
  const unreached = attempts.filter((attempt) => failed.has(attempt.result));
  const tried = unreached.length;
  const days = new Set(unreached.map((attempt) => dayNumber(attempt.at))).size;
  const parts = new Set(unreached.map((attempt) => partOf(attempt.at))).size;
  return {
    tried,
    days,
    parts,
    needs: [
      ...(tried < callbackAttempts ? [`再试 ${callbackAttempts - tried} 次`] : []),
      ...(days < callbackDays ? [`再隔 ${callbackDays - days} 天`] : []),
      ...(kind === 'rating' && parts < callbackDayParts ? ['换一个时段（上午、下午、晚上）'] : []),
    ],
  };
};
