import type { ApiClientAnswer, OrganizationAnswer, SessionAnswer, StaffAnswer } from '#contracts/api/identity';
import { type ApiClient, type Identity, type Organization, permissionsOf, type SessionView, type Staff } from '#identity';
import { type Page, toShanghaiIso } from '#kernel';

type Session = Pick<SessionView, 'actor' | 'csrf' | 'expiresAt'>;

export const presentSession = async (identity: Identity, { actor, csrf, expiresAt }: Session): Promise<SessionAnswer> => ({
  csrfToken: csrf,
  expiresAt: toShanghaiIso(expiresAt),
  staff: {
    id: actor.id,
    name: actor.name,
    orgId: actor.orgId,
    orgName: (await identity.organizations.find(actor.orgId))?.name ?? '',
    orgPath: actor.orgPath,
    regionCode: actor.regionCode,
    regionName: identity.regions.fullNameOf(actor.regionCode),
    roles: [...actor.roles],
    permissions: [...permissionsOf(actor.roles)],
  },
});

export const presentStaff = async (identity: Identity, people: readonly Staff[]): Promise<StaffAnswer[]> => {
  const units = await identity.organizations.namesOf(people.map((person) => person.orgId));
  return people.map(({ id, loginName, name, orgId, workNo, active, roles, version }) => ({
    id,
    loginName,
    name,
    orgId,
    orgName: units.get(orgId) ?? '',
    workNo,
    active,
    roles: [...roles],
    version,
  }));
};

export const presentOrganization = (identity: Identity, unit: Organization): OrganizationAnswer => ({
  ...unit,
  regionName: identity.regions.fullNameOf(unit.regionCode),
});

export const presentApiClient = (client: ApiClient): ApiClientAnswer => ({
  id: client.id,
  name: client.name,
  keyHint: client.keyHint,
  scopes: [...client.scopes],
  createdAt: toShanghaiIso(client.createdAt),
  expiresAt: toShanghaiIso(client.expiresAt),
  revokedAt: client.revokedAt === null ? null : toShanghaiIso(client.revokedAt),
  lastUsedAt: client.lastUsedAt === null ? null : toShanghaiIso(client.lastUsedAt),
  version: client.version,
});

export const presentPage = <T, U>(page: Page<T>, items: readonly U[]): { readonly items: readonly U[]; readonly nextCursor: string | null } => ({
  items,
  nextCursor: page.nextCursor,
});
