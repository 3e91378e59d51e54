import type { Role } from '#contracts/vocabulary/roles';
import { type Actor, fail, missing, stale } from '#kernel';
import { isUniqueViolation, type UnitOfWork } from '#platform';
import { mustBeActive } from '../domain/organization';
import { acceptablePassword } from '../domain/password-rules';
import { notOneself, rolesTogether, type Staff } from '../domain/staff';
import type { IdentityParts } from '../parts';
import { nameTaken } from './create-staff';
import { hashPassword } from './passwords';
import { revokeWithin } from './revoke-sessions';

export interface StaffVersion {
  readonly staffId: string;
  /** The version that the administrator saw. */
  readonly version: number;
}

type Change = Parameters<IdentityParts['staff']['changeIfUnchanged']>[1];

/** Reads, checks the version, writes, cuts off what is open: a changed person signs in again (security A-6). */
const changeWithin = async (parts: IdentityParts, given: StaffVersion, work: UnitOfWork, change: Change): Promise<Staff> => {
  const found = (await parts.staff.find(given.staffId, work)) ?? fail(missing('staff'));
  const unchanged = found.version === given.version && (await parts.staff.changeIfUnchanged(found, change, work));
  // Read again: another node may have written after the first look.
  if (!unchanged) throw stale({ currentVersion: (await parts.staff.find(found.id, work))?.version ?? found.version });
  await revokeWithin(parts, [found.id], work);
  return found;
};

const changed = async (parts: IdentityParts, staffId: string): Promise<Staff> => (await parts.staff.find(staffId)) ?? fail(missing('staff'));

export const createSetRoles =
  (parts: IdentityParts) =>
  async (given: StaffVersion & { readonly roles: readonly Role[] }, actor: Actor): Promise<Staff> => {
    parts.policy.require(actor, 'staff.manage');
    notOneself(actor.id, given.staffId);
    const roles = rolesTogether(given.roles);
    await parts.database.inTransaction(async (work) => {
      const before = await changeWithin(parts, given, work, {});
      await parts.staff.replaceRoles(before.id, roles, work);
      const detail = { before: before.roles.join(','), after: roles.join(',') };
      work.audit({ actor, action: 'staff.setRoles', objectType: 'staff', objectId: before.id, result: 'done', detail });
    });
    return changed(parts, given.staffId);
  };

const setActive =
  (parts: IdentityParts, active: boolean) =>
  async (given: StaffVersion, actor: Actor): Promise<Staff> => {
    parts.policy.require(actor, 'staff.manage');
    notOneself(actor.id, given.staffId);
    await parts.database.inTransaction(async (work) => {
      const before = await changeWithin(parts, given, work, { active });
      work.audit({ actor, action: active ? 'staff.enable' : 'staff.disable', objectType: 'staff', objectId: before.id, result: 'done' });
    });
    return changed(parts, given.staffId);
  };

export const createDisableStaff = (parts: IdentityParts) => setActive(parts, false);
export const createEnableStaff = (parts: IdentityParts) => setActive(parts, true);

export interface StaffDetails extends StaffVersion {
  readonly name?: string | undefined;
  readonly orgId?: string | undefined;
  readonly workNo?: string | null | undefined;
}

/** Name, work number or another unit; what the person may see changes with the unit. */
export const createUpdateStaff =
  (parts: IdentityParts) =>
  async (given: StaffDetails, actor: Actor): Promise<Staff> => {
    parts.policy.require(actor, 'staff.manage');
    const { name, orgId, workNo } = given;
    const change = { ...(name === undefined ? {} : { name }), ...(orgId === undefined ? {} : { orgId }), ...(workNo === undefined ? {} : { workNo }) };
    try {
      await parts.database.inTransaction(async (work) => {
        if (orgId !== undefined) mustBeActive((await parts.organizations.find(orgId, work)) ?? fail(missing('organization')));
        const before = await changeWithin(parts, given, work, change);
        const detail = { orgBefore: before.orgId, orgAfter: orgId ?? before.orgId };
        work.audit({ actor, action: 'staff.update', objectType: 'staff', objectId: before.id, result: 'done', detail });
      });
    } catch (error) {
      throw isUniqueViolation(error) ? nameTaken() : error;
    }
    return changed(parts, given.staffId);
  };

export const createResetPassword =
  (parts: IdentityParts) =>
  async (given: StaffVersion & { readonly password: string }, actor: Actor): Promise<Staff> => {
    parts.policy.require(actor, 'staff.manage');
    const { loginName } = await changed(parts, given.staffId);
    const passwordHash = await hashPassword(acceptablePassword(given.password, { loginName, demo: parts.demo }));
    await parts.database.inTransaction(async (work) => {
      await changeWithin(parts, given, work, { passwordHash });
      work.audit({ actor, action: 'staff.resetPassword', objectType: 'staff', objectId: given.staffId, result: 'done' });
    });
    return changed(parts, given.staffId);
  };
