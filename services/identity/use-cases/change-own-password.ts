import { DomainError, fail, missing, type StaffActor, stale } from '#kernel';
import { acceptablePassword } from '../domain/password-rules';
import type { IdentityParts } from '../parts';
import { countersOf, countTry, release } from './count-attempts';
import { hashPassword, passwordFits } from './passwords';
import { revokeWithin } from './revoke-sessions';

const wrongPassword = (): DomainError =>
  new DomainError({
    kind: 'invalid',
    code: 'identity/current-password-wrong',
    message: '当前密码不正确。',
    errors: [{ path: '/currentPassword', code: 'wrong', message: '当前密码不正确' }],
  });

/** Ends every session, the asking one included: whoever else knew the old password is out. */
export const createChangeOwnPassword =
  (parts: IdentityParts) =>
  async (given: { readonly currentPassword: string; readonly password: string }, actor: StaffActor): Promise<void> => {
    const me = (await parts.staff.find(actor.id)) ?? fail(missing('staff'));
    const counters = countersOf(parts, me.loginName, actor.address);
    // An open session must not become a place to guess the password at leisure.
    await countTry(parts, counters);
    const known = await parts.staff.credentialsOf(me.loginName);
    if (!(await passwordFits(known?.passwordHash ?? null, given.currentPassword))) throw wrongPassword();
    const passwordHash = await hashPassword(acceptablePassword(given.password, { loginName: me.loginName, demo: parts.demo }));
    await parts.database.inTransaction(async (work) => {
      if (!(await parts.staff.changeIfUnchanged(me, { passwordHash }, work))) throw stale({ currentVersion: me.version + 1 });
      await release(parts, counters, work);
      await revokeWithin(parts, [me.id], work);
      work.audit({ actor, action: 'staff.changeOwnPassword', objectType: 'staff', objectId: me.id, result: 'done' });
    });
  };
