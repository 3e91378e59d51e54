import type { SeatedActor } from '../domain/places';
import { endsAt, isAlive, needsTouch } from '../domain/session-life';
import type { IdentityParts } from '../parts';
import type { SessionRecord } from '../store/session-store';

export interface SessionView {
  readonly actor: SeatedActor;
  readonly csrf: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

const tokenShape = /^[A-Za-z0-9_-]{43}$/;

export const sessionHashOf = (parts: Pick<IdentityParts, 'crypto'>, token: string): string => parts.crypto.hashOf('token', `session:${token}`);

/** Derived from the secret token and so in no table: who reads the database cannot write in somebody's name. */
export const csrfOf = (parts: Pick<IdentityParts, 'crypto'>, token: string): string => parts.crypto.hashOf('token', `csrf:${token}`);

export const toView = (record: SessionRecord, csrf: string, address: string): SessionView => ({
  actor: {
    kind: 'staff',
    id: record.staffId,
    name: record.name,
    orgId: record.orgId,
    orgPath: record.orgPath,
    regionCode: record.regionCode,
    unitKind: record.unitKind,
    roles: record.roles,
    sessionId: record.sessionId,
    address,
  },
  csrf,
  sessionId: record.sessionId,
  expiresAt: endsAt(record),
});

type Parts = Pick<IdentityParts, 'database' | 'clock' | 'crypto' | 'logger' | 'sessions' | 'cache'>;

const end = (parts: Parts, record: SessionRecord): Promise<void> =>
  parts.database.inTransaction(async (work) => {
    await parts.sessions.revoke(record.sessionId, work);
  });

const touch = async (parts: Parts, record: SessionRecord): Promise<SessionRecord> => {
  await parts.database.inTransaction((work) => parts.sessions.touch(record.sessionId, work));
  return { ...record, lastSeenAt: parts.clock.now() };
};

/** Book-keeping of a read must not make the read fail, for instance when the disk is full (security F-07). */
const quietly = async <T>(parts: Parts, run: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await run;
  } catch (error) {
    parts.logger.warn({ event: 'session.touch-failed', errorName: (error as Error).name });
    return otherwise;
  }
};

/** Who stands behind a cookie; asked by every request and every socket hand-shake. */
export const createSessionActor =
  (parts: Parts) =>
  async (token: string, address: string): Promise<SessionView | null> => {
    if (!tokenShape.test(token)) return null;
    const tokenHash = sessionHashOf(parts, token);
    const found = parts.cache.get(tokenHash) ?? (await parts.sessions.findLive(tokenHash));
    if (found === null) return null;
    const now = parts.clock.now();
    if (!isAlive(found, now)) {
      parts.cache.forget(tokenHash);
      // Written down, so that a clock set back does not revive it (security F-08).
      await quietly(parts, end(parts, found), undefined);
      return null;
    }
    const record = needsTouch(found, now) ? await quietly(parts, touch(parts, found), found) : found;
    parts.cache.put(tokenHash, record);
    return toView(record, csrfOf(parts, token), address);
  };
