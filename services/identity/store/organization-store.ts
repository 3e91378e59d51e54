import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import type { UnitOfWork } from '#platform';
import type { Organization } from '../domain/organization';

export interface OrganizationFilter {
  readonly regionCode?: string | undefined;
  readonly kind?: OrganizationKind | undefined;
  /** Part of the name or short name. */
  readonly named?: string | undefined;
  readonly under?: string | undefined;
  readonly activeOnly?: boolean | undefined;
}

export interface PathPage {
  readonly limit: number;
  readonly after: string | null;
}

export type OrganizationChange = Partial<Pick<Organization, 'parentId' | 'path' | 'name' | 'shortName' | 'phone' | 'active' | 'successorId'>>;

export interface OrganizationStore {
  find(id: string, work?: UnitOfWork): Promise<Organization | null>;
  findMany(ids: readonly string[], work?: UnitOfWork): Promise<readonly Organization[]>;
  findByDeptCodes(codes: readonly string[], work?: UnitOfWork): Promise<readonly Organization[]>;
  /** The unit at this path and all below it, in tree order. */
  subtree(path: string, work?: UnitOfWork): Promise<readonly Organization[]>;
  /** Tree order, keyset by path. */
  list(filter: OrganizationFilter, page: PathPage): Promise<readonly Organization[]>;
  /** Parents before children. */
  insertAll(units: readonly Organization[], work: UnitOfWork): Promise<void>;
  /** False when somebody else was faster. */
  changeIfUnchanged(unit: Organization, change: OrganizationChange, work: UnitOfWork): Promise<boolean>;
  /** Rewrites the paths of everything below a moved unit. */
  repath(units: readonly { readonly id: string; readonly path: string }[], work: UnitOfWork): Promise<void>;
}
