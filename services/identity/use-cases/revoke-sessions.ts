import type { Actor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { IdentityParts } from '../parts';

type Parts = Pick<IdentityParts, 'sessions' | 'cache'>;

/** Part of every change that takes rights away: the next request is refused and sockets are cut when the fact arrives (security A-6). */
export const revokeWithin = async (parts: Parts, staffIds: readonly string[], work: UnitOfWork): Promise<void> => {
  await parts.sessions.revokeAllOf(staffIds, work);
  for (const staffId of staffIds) work.announce({ name: 'identity.revoked', payload: { staffId }, rooms: [`staff:${staffId}`] });
  work.afterCommit(() => parts.cache.clear());
};

/** One-click revoke of everything a person has open. */
export const createRevokeAllOf =
  (parts: Parts & Pick<IdentityParts, 'database' | 'policy'>) =>
  async (staffId: string, actor: Actor): Promise<void> => {
    if (actor.kind !== 'staff' || actor.id !== staffId) parts.policy.require(actor, 'staff.manage');
    await parts.database.inTransaction(async (work) => {
      await revokeWithin(parts, [staffId], work);
      work.audit({ actor, action: 'session.revokeAll', objectType: 'staff', objectId: staffId, result: 'done' });
    });
  };
