import { type CitizenActor, DomainError, fail } from '#kernel';
import type { SeatedActor } from '../domain/places';
import { normalizeLoginName } from '../domain/staff';
import type { IdentityParts } from '../parts';
import { csrfOf, sessionHashOf, toView } from '../queries/session-actor';
import { type Counted, countersOf, countTry, release } from './count-attempts';
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
    await countTry(parts, counters);
    const found = await parts.staff.credentialsOf(name);
    const usable = found?.active === true ? found : null;
    if (!(await passwordFits(usable?.passwordHash ?? null, password)) || usable === null) {
      await noteFailure(parts, found?.staffId ?? null, address);
      throw refused();
    }
    return open(parts, { staffId: usable.staffId, address, counters });
  };
