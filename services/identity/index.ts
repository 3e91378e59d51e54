import { type Clock, type Ids, type Randomness, systemRandomness } from '#kernel';
import type { Database, FieldCrypto, Logger } from '#platform';
import { createPolicy } from './domain/policy';
import type { IdentityParts } from './parts';
import { createListApiClients } from './queries/api-client-queries';
import { createOrganizationQueries } from './queries/organization-queries';
import { createRegionTable } from './queries/region-table';
import { createSessionActor } from './queries/session-actor';
import { createSessionCache } from './queries/session-cache';
import { createStaffQueries } from './queries/staff-queries';
import { createApiClientStore } from './store/sequelize-api-client-store';
import { createAttemptStore } from './store/sequelize-attempt-store';
import { createOrganizationStore } from './store/sequelize-organization-store';
import { createSessionStore } from './store/sequelize-session-store';
import { createStaffStore } from './store/sequelize-staff-store';
import { createAuthenticateClient } from './use-cases/authenticate-client';
import { createChangeOwnPassword } from './use-cases/change-own-password';
import { createDeactivateOrganization, createMoveOrganization, createUpdateOrganization } from './use-cases/change-organization';
import { createDisableStaff, createEnableStaff, createResetPassword, createSetRoles, createUpdateStaff } from './use-cases/change-staff';
import { createCreateApiClient } from './use-cases/create-api-client';
import { createCreateOrganization } from './use-cases/create-organization';
import { createCreateStaff } from './use-cases/create-staff';
import { createLoadDemo } from './use-cases/load-demo';
import { createRevokeApiClient } from './use-cases/revoke-api-client';
import { createRevokeAllOf } from './use-cases/revoke-sessions';
import { createSignIn } from './use-cases/sign-in';
import { createSignOut } from './use-cases/sign-out';
import { createSweep } from './use-cases/sweep';

export { type OrganizationKind, organizationKinds } from '#contracts/vocabulary/organization-kinds';
export { creditCheckCharacter, isCreditCode } from './domain/credit-code';
export type { Organization } from './domain/organization';
export { demoPassword } from './domain/password-rules';
export { type Permission, permissions, permissionsOf, rolesWith } from './domain/permissions';
export { ancestorPaths, orgIdsOf, orgRooms, regionPrefix, type SeatedActor } from './domain/places';
export { createPolicy, type Policy } from './domain/policy';
export type { Region, Regions } from './domain/regions';
export { type Resource, resources } from './domain/scopes';
export type { Staff } from './domain/staff';
export type { OrganizationQueries } from './queries/organization-queries';
export type { SessionView } from './queries/session-actor';
export type { StaffQueries } from './queries/staff-queries';
export { demoStaff, demoStaffId, demoUnits, seedDemoPeople } from './seed/demo-people';
export type { ApiClient } from './store/api-client-store';
export type { DemoPeople } from './use-cases/load-demo';
export type { SignedIn } from './use-cases/sign-in';

export interface IdentityDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly logger: Logger;
  readonly randomness?: Randomness;
  /** Invented provinces, people with a known password: never in production. */
  readonly demo: boolean;
}

const createParts = (deps: IdentityDeps): IdentityParts => ({
  ...deps,
  randomness: deps.randomness ?? systemRandomness,
  policy: createPolicy(),
  organizations: createOrganizationStore(deps.database),
  staff: createStaffStore(deps.database),
  sessions: createSessionStore(deps.database),
  attempts: createAttemptStore(deps.database),
  apiClients: createApiClientStore(deps.database),
  cache: createSessionCache(deps.clock, deps.database.dialect === 'sqlite'),
});

/** People, units, roles, regions, and the policy that everybody asks. */
export const createIdentity = (deps: IdentityDeps) => {
  const parts = createParts(deps);
  const regions = createRegionTable(deps.demo);
  return {
    policy: parts.policy,
    regions,
    organizations: {
      ...createOrganizationQueries(parts),
      create: createCreateOrganization(parts, regions),
      update: createUpdateOrganization(parts),
      move: createMoveOrganization(parts),
      deactivate: createDeactivateOrganization(parts),
    },
    staff: {
      ...createStaffQueries(parts),
      create: createCreateStaff(parts),
      update: createUpdateStaff(parts),
      setRoles: createSetRoles(parts),
      disable: createDisableStaff(parts),
      enable: createEnableStaff(parts),
      resetPassword: createResetPassword(parts),
      changeOwnPassword: createChangeOwnPassword(parts),
    },
    sessions: {
      signIn: createSignIn(parts),
      actorOf: createSessionActor(parts),
      signOut: createSignOut(parts),
      revokeAllOf: createRevokeAllOf(parts),
    },
    apiClients: {
      create: createCreateApiClient(parts),
      revoke: createRevokeApiClient(parts),
      list: createListApiClients(parts),
      authenticate: createAuthenticateClient(parts),
    },
    loadDemo: createLoadDemo(parts),
    sweep: createSweep(parts),
  };
};

export type Identity = ReturnType<typeof createIdentity>;
