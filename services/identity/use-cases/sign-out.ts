import type { IdentityParts } from '../parts';
import { createSessionActor, sessionHashOf } from '../queries/session-actor';

/** Ends one session; another window of the same person with a session of its own stays. */
export const createSignOut = (parts: IdentityParts) => {
  const actorOf = createSessionActor(parts);
  return async (token: string, address: string): Promise<void> => {
    const view = await actorOf(token, address);
    if (view === null) return;
    const { actor, sessionId } = view;
    await parts.database.inTransaction(async (work) => {
      await parts.sessions.revoke(sessionId, work);
      work.audit({ actor, action: 'session.signOut', objectType: 'staff', objectId: actor.id, result: 'done', detail: { sessionId } });
      work.announce({ name: 'identity.revoked', payload: { staffId: actor.id, sessionId }, rooms: [`staff:${actor.id}`] });
      work.afterCommit(() => parts.cache.forget(sessionHashOf(parts, token)));
    });
  };
};
