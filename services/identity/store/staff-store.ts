import type { Role } from '#contracts/vocabulary/roles';
import type { UnitOfWork } from '#platform';
import type { Staff } from '../domain/staff';

export interface StaffFilter {
  readonly orgIds?: readonly string[] | undefined;
  readonly role?: Role | undefined;
  readonly named?: string | undefined;
  readonly activeOnly?: boolean | undefined;
}

export interface NewStaff extends Omit<Staff, 'version'> {
  readonly passwordHash: string;
}

export interface Credentials {
  readonly staffId: string;
  readonly passwordHash: string;
  readonly active: boolean;
}

export interface StaffStore {
  find(id: string, work?: UnitOfWork): Promise<Staff | null>;
  findMany(ids: readonly string[], work?: UnitOfWork): Promise<readonly Staff[]>;
  findByLoginName(loginName: string, work?: UnitOfWork): Promise<Staff | null>;
  /** Of people who may sign in at all: both they and their unit are active. */
  credentialsOf(loginName: string): Promise<Credentials | null>;
  /** By id, keyset. */
  list(filter: StaffFilter, page: { readonly limit: number; readonly after: string | null }, work?: UnitOfWork): Promise<readonly Staff[]>;
  idsOfOrg(orgId: string, work: UnitOfWork): Promise<readonly string[]>;
  findByNameOrWorkNo(
    orgIds: readonly string[],
    given: { readonly name: string | null; readonly workNo: string | null },
    work?: UnitOfWork,
  ): Promise<readonly Staff[]>;
  insertAll(people: readonly NewStaff[], work: UnitOfWork): Promise<void>;
  /** Adds one to the version; false when somebody else was faster. */
  changeIfUnchanged(
    staff: Pick<Staff, 'id' | 'version'>,
    change: { readonly active?: boolean; readonly name?: string; readonly orgId?: string; readonly workNo?: string | null; readonly passwordHash?: string },
    work: UnitOfWork,
  ): Promise<boolean>;
  replaceRoles(staffId: string, roles: readonly Role[], work: UnitOfWork): Promise<void>;
}
