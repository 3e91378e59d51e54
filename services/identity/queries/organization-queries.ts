import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import { type Actor, decodeCursor, fail, missing, type Page, type PageRequest, toPage } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Organization } from '../domain/organization';
import type { IdentityParts } from '../parts';

export interface OrganizationListQuery extends PageRequest {
  readonly regionCode?: string | undefined;
  readonly kind?: OrganizationKind | undefined;
  readonly q?: string | undefined;
  /** Only this unit and what is below it. */
  readonly under?: string | undefined;
  readonly all?: boolean | undefined;
}

export interface OrganizationQueries {
  find(id: string, work?: UnitOfWork): Promise<Organization | null>;
  findMany(ids: readonly string[], work?: UnitOfWork): Promise<ReadonlyMap<string, Organization>>;
  /** The unit that answers for this code today: an abolished one is followed to its successor (security G-4); null when nobody does. */
  byDeptCode(code: string, work?: UnitOfWork): Promise<Organization | null>;
  /** The same for a whole batch in a fixed number of queries; codes that nobody answers for are left out. */
  byDeptCodes(codes: readonly string[], work?: UnitOfWork): Promise<ReadonlyMap<string, Organization>>;
  pathOf(id: string, work?: UnitOfWork): Promise<string | null>;
  /** The unit itself and all units below it. */
  subtreeIds(id: string, work?: UnitOfWork): Promise<readonly string[]>;
  namesOf(ids: readonly string[], work?: UnitOfWork): Promise<ReadonlyMap<string, string>>;
  /** Tree order: each unit before what is below it. */
  list(query: OrganizationListQuery, actor: Actor): Promise<Page<Organization>>;
  get(id: string, actor: Actor): Promise<Organization>;
}

const longestSuccession = 8;

export const createOrganizationQueries = ({ organizations, policy }: Pick<IdentityParts, 'organizations' | 'policy'>): OrganizationQueries => {
  const byId = (units: readonly Organization[]): Map<string, Organization> => new Map(units.map((unit) => [unit.id, unit]));

  const findMany = async (ids: readonly string[], work?: UnitOfWork) => byId(await organizations.findMany([...new Set(ids)], work));

  const byDeptCodes = async (codes: readonly string[], work?: UnitOfWork): Promise<ReadonlyMap<string, Organization>> => {
    const answering = new Map((await organizations.findByDeptCodes([...new Set(codes)], work)).map((unit) => [unit.deptCode ?? '', unit]));
    for (let step = 0; step < longestSuccession; step += 1) {
      const wanted = [...answering.values()].flatMap((unit) => (unit.active || unit.successorId === null ? [] : [unit.successorId]));
      if (wanted.length === 0) break;
      const successors = await findMany(wanted, work);
      for (const [code, unit] of answering) answering.set(code, (unit.active ? unit : successors.get(unit.successorId ?? '')) ?? unit);
    }
    return new Map([...answering].filter(([, unit]) => unit.active));
  };

  const subtreeIds = async (id: string, work?: UnitOfWork): Promise<readonly string[]> => {
    const unit = await organizations.find(id, work);
    return unit === null ? [] : (await organizations.subtree(unit.path, work)).map((entry) => entry.id);
  };

  return {
    find: (id, work) => organizations.find(id, work),
    findMany,
    byDeptCode: async (code, work) => (await byDeptCodes([code], work)).get(code) ?? null,
    byDeptCodes,
    pathOf: async (id, work) => (await organizations.find(id, work))?.path ?? null,
    subtreeIds,
    namesOf: async (ids, work) => new Map([...(await findMany(ids, work))].map(([id, unit]) => [id, unit.shortName])),
    list: async (query, actor) => {
      policy.require(actor, 'organization.read');
      const [after] = decodeCursor(query.cursor, 1) ?? [null];
      const under = query.under === undefined ? undefined : ((await organizations.find(query.under)) ?? fail(missing('organization'))).path;
      const filter = { regionCode: query.regionCode, kind: query.kind, named: query.q, under, activeOnly: query.all !== true };
      return toPage(await organizations.list(filter, { limit: query.limit, after: after === null ? null : String(after) }), query.limit, (unit) => [unit.path]);
    },
    get: async (id, actor) => {
      policy.require(actor, 'organization.read');
      return (await organizations.find(id)) ?? fail(missing('organization'));
    },
  };
};
