import { shanghaiDay } from '#kernel';
import type { RectificationTerms } from '#contracts/vocabulary/rectification-terms';
import type { Attempt } from './rectification';

const unreached = new Set(['NO_ANSWER', 'WRONG_NUMBER', 'REFUSED']);

const shanghaiHour = (at: number): number => new Date(at + 8 * 3_600_000).getUTCHours();

/** Forenoon, afternoon, evening. */
const dayPart = (at: number): number => {
  const hour = shanghaiHour(at);
  if (hour < 12) return 0;
  return hour < 18 ? 1 : 2;
};

const distinct = (values: readonly (string | number)[]): number => new Set(values).size;

/** rules §6.3.5: enough attempts, over enough days, at different times of the day. */
export const wasTriedEnough = (attempts: readonly Attempt[], terms: RectificationTerms): boolean => {
  const failed = attempts.filter((attempt) => unreached.has(attempt.result));
  return (
    failed.length >= terms.callbackAttempts &&
    distinct(failed.map((attempt) => shanghaiDay(new Date(attempt.at)))) >= terms.callbackDays &&
    distinct(failed.map((attempt) => dayPart(attempt.at))) >= terms.callbackDayParts
  );
};

const lastAnswer = (attempts: readonly Attempt[]): Attempt | undefined =>
  attempts
    .filter((attempt) => !unreached.has(attempt.result))
    .toSorted((a, b) => a.at - b.at || a.recordedAt - b.recordedAt)
    .at(-1);

/** The last clear word of the rater decides; earlier ones are history. */
export const raterAccepts = (attempts: readonly Attempt[]): boolean => lastAnswer(attempts)?.result === 'ACCEPTED';
export const raterIsDissatisfied = (attempts: readonly Attempt[]): boolean => lastAnswer(attempts)?.result === 'DISSATISFIED';
