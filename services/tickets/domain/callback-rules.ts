import { isBadLevel, type Satisfaction, satisfactionLevels } from '#contracts/vocabulary/satisfaction';
import { shanghaiDay } from '#kernel';
import type { Callback, Complainant } from './ticket';
import type { TicketPolicy } from './ticket-policy';

type Attempt = Pick<Callback, 'complainantId' | 'at' | 'result' | 'isResolved' | 'satisfaction'>;

const isLevel = (value: string): value is Satisfaction => Object.hasOwn(satisfactionLevels, value);

/** rules §6.3.5, taken over for tickets: attempts on several days count as reached. */
const wasTriedEnough = (attempts: readonly Attempt[], policy: TicketPolicy): boolean =>
  attempts.length >= policy.callbackAttempts && new Set(attempts.map((attempt) => shanghaiDay(attempt.at))).size >= policy.callbackDays;

const wasCalledBack = (attempts: readonly Attempt[], policy: TicketPolicy): boolean =>
  attempts.some((attempt) => attempt.result === 'REACHED' && attempt.isResolved !== null) || wasTriedEnough(attempts, policy);

/** Every citizen of the ticket who can be reached was called back in this round; a merged ticket has several (rules §3.7). */
export const isEveryoneCalledBack = (complainants: readonly Complainant[], attempts: readonly Attempt[], policy: TicketPolicy): boolean => {
  const reachable = complainants.filter((complainant) => complainant.phoneHash !== null);
  return (
    reachable.length > 0 &&
    reachable.every((complainant) =>
      wasCalledBack(
        attempts.filter((attempt) => attempt.complainantId === complainant.id),
        policy,
      ),
    )
  );
};

export const isComplaint = (attempt: Attempt): boolean =>
  attempt.result === 'REACHED' &&
  (attempt.isResolved === false || (attempt.satisfaction !== null && isLevel(attempt.satisfaction) && isBadLevel(attempt.satisfaction)));
