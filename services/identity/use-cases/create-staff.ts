import type { Role } from '#contracts/vocabulary/roles';
import { type Actor, DomainError, fail, missing } from '#kernel';
import { isUniqueViolation } from '#platform';
import { mustBeActive } from '../domain/organization';
import { acceptablePassword } from '../domain/password-rules';
import { normalizeLoginName, rolesTogether, type Staff } from '../domain/staff';
import type { IdentityParts } from '../parts';
import { hashPassword } from './passwords';

export interface NewStaffInput {
  readonly loginName: string;
  readonly name: string;
  readonly orgId: string;
  readonly workNo?: string | null | undefined;
  readonly roles: readonly Role[];
  readonly password: string;
}

export const nameTaken = (): DomainError =>
  new DomainError({ kind: 'conflict', code: 'identity/login-name-taken', message: '登录名或本单位内的工号已被使用。' });

export const createCreateStaff =
  (parts: IdentityParts) =>
  async (input: NewStaffInput, actor: Actor): Promise<Staff> => {
    parts.policy.require(actor, 'staff.manage');
    const loginName = normalizeLoginName(input.loginName);
    const roles = rolesTogether(input.roles);
    // Outside the transaction: the hash takes longer than all the rest.
    const passwordHash = await hashPassword(acceptablePassword(input.password, { loginName, demo: parts.demo }));
    const staff = { id: parts.ids.next(), loginName, name: input.name, orgId: input.orgId, workNo: input.workNo ?? null, active: true, roles };
    try {
      await parts.database.inTransaction(async (work) => {
        mustBeActive((await parts.organizations.find(input.orgId, work)) ?? fail(missing('organization')));
        await parts.staff.insertAll([{ ...staff, passwordHash }], work);
        work.created(staff.id);
        work.audit({
          actor,
          action: 'staff.create',
          objectType: 'staff',
          objectId: staff.id,
          result: 'done',
          detail: { orgId: staff.orgId, roles: roles.join(',') },
        });
        work.announce({ name: 'staff.created', payload: { staffId: staff.id, orgId: staff.orgId }, rooms: [] });
      });
    } catch (error) {
      throw isUniqueViolation(error) ? nameTaken() : error;
    }
    return { ...staff, version: 1 };
  };
