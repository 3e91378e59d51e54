/** How many failures are let pass, and what follows (security A-6). */
export interface DelayPolicy {
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
}

export const accountDelay: DelayPolicy = { free: 5, firstMs: 30_000, longestMs: 15 * 60_000 };

/** A whole centre sits behind one address: more is let pass there than for one account, so that five people's typos do not stop the sixth. */
export const addressDelay: DelayPolicy = { free: 20, firstMs: 30_000, longestMs: 15 * 60_000 };

/** After a quiet day counting begins anew. */
export const forgottenAfterMs = 24 * 3_600_000;

export interface Attempts {
  readonly failures: number;
  readonly lastFailureAt: Date;
  readonly blockedUntil: Date;
}

/** One failure more; from the fifth on the pause doubles each time. */
export const oneMore = (before: Attempts, policy: DelayPolicy, now: Date): Attempts => {
  const forgotten = now.getTime() - before.lastFailureAt.getTime() > forgottenAfterMs;
  const failures = (forgotten ? 0 : before.failures) + 1;
  const over = failures - policy.free;
  const pause = over < 0 ? 0 : Math.min(policy.longestMs, policy.firstMs * 2 ** Math.min(over, 20));
  return { failures, lastFailureAt: now, blockedUntil: new Date(now.getTime() + pause) };
};
