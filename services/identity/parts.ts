import type { Clock, Ids, Randomness } from '#kernel';
import type { Database, FieldCrypto, Logger } from '#platform';
import type { Policy } from './domain/policy';
import type { SessionCache } from './queries/session-cache';
import type { ApiClientStore } from './store/api-client-store';
import type { AttemptStore } from './store/attempt-store';
import type { OrganizationStore } from './store/organization-store';
import type { SessionStore } from './store/session-store';
import type { StaffStore } from './store/staff-store';

/** What the use-cases and queries of this module share. */
export interface IdentityParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly logger: Logger;
  readonly randomness: Randomness;
  readonly demo: boolean;
  readonly policy: Policy;
  readonly organizations: OrganizationStore;
  readonly staff: StaffStore;
  readonly sessions: SessionStore;
  readonly attempts: AttemptStore;
  readonly apiClients: ApiClientStore;
  readonly cache: SessionCache;
}
