import type { Role } from '#contracts/vocabulary/roles';
import { type Actor, decodeCursor, fail, matches, missing, type Page, type PageRequest, toPage } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Organization } from '../domain/organization';
import type { Staff } from '../domain/staff';
import type { IdentityParts } from '../parts';

export interface StaffListQuery extends PageRequest {
  readonly orgId?: string | undefined;
  readonly role?: Role | undefined;
  readonly q?: string | undefined;
  readonly all?: boolean | undefined;
}

export interface ClerkHint {
  readonly orgId: string;
  readonly name?: string | null | undefined;
  readonly workNo?: string | null | undefined;
}

export interface StaffQueries {
  /** Without a question of rights: for other modules' use-cases. */
  find(id: string, work?: UnitOfWork): Promise<Staff | null>;
  /** Active people of the unit and of units below it. */
  listByOrg(orgId: string, role?: Role, work?: UnitOfWork): Promise<readonly Staff[]>;
  /** Names for a whole screen in one query. */
  namesOf(ids: readonly string[], work?: UnitOfWork): Promise<ReadonlyMap<string, string>>;
  /**
   * The clerk a rating names, in the unit or below it: by work number, else by a name that only one person there has.
   * Null when nobody or more than one fits.
   */
  findClerk(hint: ClerkHint, work?: UnitOfWork): Promise<Staff | null>;
  list(query: StaffListQuery, actor: Actor): Promise<Page<Staff>>;
  get(id: string, actor: Actor): Promise<Staff>;
}

type Parts = Pick<IdentityParts, 'staff' | 'organizations' | 'policy'>;
const mostPeople = 2_000;

const subtree = async (parts: Parts, orgId: string, work?: UnitOfWork): Promise<readonly Organization[]> => {
  const unit = await parts.organizations.find(orgId, work);
  return unit === null ? [] : parts.organizations.subtree(unit.path, work);
};

const onlyOne = (found: readonly Staff[]): Staff | null => (found.length === 1 ? (found[0] ?? null) : null);

const createFindClerk =
  (parts: Parts) =>
  async ({ orgId, name, workNo }: ClerkHint, work?: UnitOfWork): Promise<Staff | null> => {
    const given = { name: name?.trim() || null, workNo: workNo?.trim() || null };
    const orgIds = (await subtree(parts, orgId, work)).map((unit) => unit.id);
    const found = await parts.staff.findByNameOrWorkNo(orgIds, given, work);
    const byNumber = given.workNo === null ? [] : found.filter((person) => person.workNo === given.workNo);
    return onlyOne(byNumber) ?? onlyOne(found.filter((person) => person.name === given.name));
  };

/** The units whose people the actor may see, by the same predicate as everything else; null = all. */
const visibleUnits = async (parts: Parts, actor: Actor, orgId: string | undefined): Promise<readonly string[] | null> => {
  const scope = parts.policy.scope(actor, 'staff');
  if (orgId === undefined && matches(scope, {})) return null;
  const units = orgId === undefined ? await parts.organizations.subtree('/') : await subtree(parts, orgId);
  return units.filter((unit) => matches(scope, { orgPath: unit.path, regionCode: unit.regionCode })).map((unit) => unit.id);
};

export const createStaffQueries = (parts: Parts): StaffQueries => ({
  find: (id, work) => parts.staff.find(id, work),
  listByOrg: async (orgId, role, work) => {
    const orgIds = (await subtree(parts, orgId, work)).map((unit) => unit.id);
    return parts.staff.list({ orgIds, role, activeOnly: true }, { limit: mostPeople, after: null }, work);
  },
  namesOf: async (ids, work) => new Map((await parts.staff.findMany([...new Set(ids)], work)).map((person) => [person.id, person.name])),
  findClerk: createFindClerk(parts),
  list: async (query, actor) => {
    parts.policy.require(actor, 'staff.read');
    const [after] = decodeCursor(query.cursor, 1) ?? [null];
    const orgIds = (await visibleUnits(parts, actor, query.orgId)) ?? undefined;
    const filter = { orgIds, role: query.role, named: query.q, activeOnly: query.all !== true };
    const rows = await parts.staff.list(filter, { limit: query.limit, after: after === null ? null : String(after) });
    return toPage(rows, query.limit, (person) => [person.id]);
  },
  get: async (id, actor) => {
    parts.policy.require(actor, 'staff.read');
    const person = await parts.staff.find(id);
    const unit = person === null ? null : await parts.organizations.find(person.orgId);
    const visible = unit !== null && matches(parts.policy.scope(actor, 'staff'), { orgPath: unit.path, regionCode: unit.regionCode });
    return person !== null && visible ? person : fail(missing('staff'));
  },
});
