import { type CitizenActor, DomainError, fail } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { SeatedActor } from '../domain/places';
import { accountDelay, addressDelay, type DelayPolicy, oneMore } from '../domain/sign-in-delay';
import { normalizeLoginName } from '../domain/staff';
import type { IdentityParts } from '../parts';
import { csrfOf, sessionHashOf, toView } from '../queries/session-actor';
import { passwordFits } from './passwords';

export interface SignIn {
  readonly loginName: string;
  readonly password: string;
  readonly address: string;
}

export interface SignedIn {
  readonly token: string;
  readonly csrf: string;
  readonly actor: SeatedActor;
  readonly expiresAt: Date;
}

/** One sentence for a wrong name, a wrong password and a disabled account alike. */
const refused = (): DomainError => new DomainError({ kind: 'unauthenticated', code: 'sign-in-failed', message: '用户名或密码不正确。' });

const tooOften = (seconds: number): DomainError =>
  new DomainError({ kind: 'limited', code: 'sign-in-delayed', message: `登录失败次数过多，请 ${seconds} 秒后再试。`, retryAfterSeconds: seconds });

interface Counted {
  readonly keyHash: string;
  readonly policy: DelayPolicy;
}

/** Keyed hashes: the table tells neither names nor addresses, and a name that nobody has is counted like any other. */
const countersOf = (parts: IdentityParts, loginName: string, address: string): readonly Counted[] =>
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
const release = async (parts: IdentityParts, counters: readonly Counted[], work: UnitOfWork): Promise<void> => {
  for (const { keyHash, policy } of counters) {
    if (policy === accountDelay) await parts.attempts.forget(keyHash, work);
    else {
      const attempts = await parts.attempts.lock(keyHash, work);
      const failures = Math.max(0, attempts.failures - 1);
      await parts.attempts.save(keyHash, { ...attempts, failures, blockedUntil: failures < policy.free ? work.now : attempts.blockedUntil }, work);
    }
  }
};

const noteFailure = (parts: IdentityParts, staffId: string | null, address: string): Promise<void> =>
  parts.database.inTransaction(async (work) => {
    const actor: CitizenActor = { kind: 'citizen', id: 'UNKNOWN', address };
    work.audit({ actor, action: 'session.signIn', objectType: 'staff', objectId: staffId, result: 'refused' });
  });

const open = async (
  parts: IdentityParts,
  given: { readonly staffId: string; readonly address: string; readonly counters: readonly Counted[] },
): Promise<SignedIn> => {
  const token = parts.randomness.bytes(32).toString('base64url');
  const tokenHash = sessionHashOf(parts, token);
  return parts.database.inTransaction(async (work) => {
    await release(parts, given.counters, work);
    await parts.sessions.insert({ id: parts.ids.next(), tokenHash, staffId: given.staffId, address: given.address }, work);
    // Null when the person was disabled while the password was being checked.
    const record = (await parts.sessions.findLive(tokenHash, work)) ?? fail(refused());
    const { actor, csrf, expiresAt } = toView(record, csrfOf(parts, token), given.address);
    work.audit({ actor, action: 'session.signIn', objectType: 'staff', objectId: actor.id, result: 'done', detail: { sessionId: actor.sessionId } });
    return { token, csrf, actor, expiresAt };
  });
};

export const createSignIn =
  (parts: IdentityParts) =>
  async ({ loginName, password, address }: SignIn): Promise<SignedIn> => {
    const name = normalizeLoginName(loginName);
    const counters = countersOf(parts, name, address);
    const waitSeconds = await reserve(parts, counters);
    if (waitSeconds > 0) throw tooOften(waitSeconds);
    const found = await parts.staff.credentialsOf(name);
    const usable = found?.active === true ? found : null;
    if (!(await passwordFits(usable?.passwordHash ?? null, password)) || usable === null) {
      await noteFailure(parts, found?.staffId ?? null, address);
      throw refused();
    }
    return open(parts, { staffId: usable.staffId, address, counters });
  };
