/** security A-6: half an hour without a request, or half a day in all. */
export const idleMs = 30 * 60_000;
export const absoluteMs = 12 * 3_600_000;

/** The row is touched at most this often, so that reading stays reading. */
export const touchEveryMs = 60_000;

export interface SessionTimes {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

export const endsAt = (session: SessionTimes): Date => new Date(session.createdAt.getTime() + absoluteMs);

/** A clock that was set back makes a session neither older nor younger than its row says (security F-08): the future counts as over. */
export const isAlive = (session: SessionTimes, now: Date): boolean => {
  const age = now.getTime() - session.createdAt.getTime();
  const quiet = now.getTime() - session.lastSeenAt.getTime();
  const skew = -touchEveryMs;
  return age >= skew && age < absoluteMs && quiet >= skew && quiet < idleMs;
};

export const needsTouch = (session: SessionTimes, now: Date): boolean => now.getTime() - session.lastSeenAt.getTime() >= touchEveryMs;
