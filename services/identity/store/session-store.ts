import type { Role } from '#contracts/vocabulary/roles';
import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import type { UnitOfWork } from '#platform';

/** A session with everything that makes the actor, read by one query. */
export interface SessionRecord {
  readonly sessionId: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly staffId: string;
  readonly name: string;
  readonly orgId: string;
  readonly orgPath: string;
  readonly regionCode: string;
  readonly unitKind: OrganizationKind;
  readonly roles: readonly Role[];
}

export interface SessionStore {
  /** Null when revoked, or when the person or the unit is no longer active. */
  findLive(tokenHash: string, work?: UnitOfWork): Promise<SessionRecord | null>;
  insert(session: { readonly id: string; readonly tokenHash: string; readonly staffId: string; readonly address: string }, work: UnitOfWork): Promise<void>;
  touch(sessionId: string, work: UnitOfWork): Promise<void>;
  revoke(sessionId: string, work: UnitOfWork): Promise<boolean>;
  revokeAllOf(staffIds: readonly string[], work: UnitOfWork): Promise<void>;
  deleteCreatedBefore(day: Date, work: UnitOfWork): Promise<void>;
}
