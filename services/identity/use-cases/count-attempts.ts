import { DomainError } from '#kernel';
import type { UnitOfWork } from '#platform';
import { accountDelay, addressDelay, type DelayPolicy, oneMore } from '../domain/sign-in-delay';
import type { IdentityParts } from '../parts';

const tooOften = (seconds: number): DomainError =>
  new DomainError({ kind: 'limited', code: 'sign-in-delayed', message: `登录失败次数过多，请 ${seconds} 秒后再试。`, retryAfterSeconds: seconds });

export interface Counted {
  readonly keyHash: string;
  readonly policy: DelayPolicy;
}

/** Keyed hashes: the table tells neither names nor addresses, and a name that nobody has is counted like any other. */
export const countersOf = (parts: IdentityParts, loginName: string, address: string): readonly Counted[] =>
  [
    { keyHash: parts.crypto.hashOf('token', `account:${loginName}`), policy: accountDelay },
    { keyHash: parts.crypto.hashOf('token', `address:${address}`), policy: addressDelay },
    // One order for all, so that two sign-ins never wait for each other's rows.
  ].sort((a, b) => (a.keyHash < b.keyHash ? -1 : 1));

/** Counts the try as failed before the password is looked at: a thousand parallel guesses get no more tries than a thousand in a row. */
const reserve = (parts: IdentityParts, counters: readonly Counted[]): Promise<number> =>
  parts.database.inTransaction(async (work) => {
    const before = [];
    for (const counter of counters) before.push({ ...counter, attempts: await parts.attempts.lock(counter.keyHash, work) });
    const blockedMs = Math.max(...before.map(({ attempts }) => attempts.blockedUntil.getTime() - work.now.getTime()));
    if (blockedMs > 0) return Math.ceil(blockedMs / 1_000);
    for (const { keyHash, policy, attempts } of before) await parts.attempts.save(keyHash, oneMore(attempts, policy, work.now), work);
    return 0;
  });

/** The account starts afresh; of the address only this try is taken back, so that an own account does not wash off guesses at others. */
export const release = async (parts: IdentityParts, counters: readonly Counted[], work: UnitOfWork): Promise<void> => {
  for (const { keyHash, policy } of counters) {
    if (policy === accountDelay) await parts.attempts.forget(keyHash, work);
    else {
      const attempts = await parts.attempts.lock(keyHash, work);
      const failures = Math.max(0, attempts.failures - 1);
      await parts.attempts.save(keyHash, { ...attempts, failures, blockedUntil: failures < policy.free ? work.now : attempts.blockedUntil }, work);
    }
  }
};

/** Counts a try before the password is looked at; throws `limited` (429) while there is a pause. */
export const countTry = async (parts: IdentityParts, counters: readonly Counted[]): Promise<void> => {
  const waitSeconds = await reserve(parts, counters);
  if (waitSeconds > 0) throw tooOften(waitSeconds);
};
