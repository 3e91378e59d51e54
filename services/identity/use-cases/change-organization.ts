import { type Actor, DomainError, fail, invalid, missing, stale } from '#kernel';
import type { UnitOfWork } from '#platform';
import { mustBeActive, notBelowItself, type Organization, pathBelow } from '../domain/organization';
import { orgRooms } from '../domain/places';
import type { IdentityParts } from '../parts';
import type { OrganizationChange } from '../store/organization-store';
import { revokeWithin } from './revoke-sessions';

export interface OrganizationVersion {
  readonly organizationId: string;
  readonly version: number;
}

const load = async (parts: IdentityParts, id: string, work?: UnitOfWork): Promise<Organization> =>
  (await parts.organizations.find(id, work)) ?? fail(missing('organization'));

const loadSeen = async (parts: IdentityParts, given: OrganizationVersion, work: UnitOfWork): Promise<Organization> => {
  const unit = await load(parts, given.organizationId, work);
  if (unit.version !== given.version) throw stale({ currentVersion: unit.version });
  return unit;
};

const write = async (parts: IdentityParts, unit: Organization, change: OrganizationChange, work: UnitOfWork): Promise<void> => {
  if (!(await parts.organizations.changeIfUnchanged(unit, change, work))) throw stale({ currentVersion: unit.version + 1 });
};

export const createUpdateOrganization =
  (parts: IdentityParts) =>
  async (
    given: OrganizationVersion & { readonly name?: string | undefined; readonly shortName?: string | undefined; readonly phone?: string | null | undefined },
    actor: Actor,
  ): Promise<Organization> => {
    parts.policy.require(actor, 'organization.manage');
    const { name, shortName, phone } = given;
    const change = { ...(name === undefined ? {} : { name }), ...(shortName === undefined ? {} : { shortName }), ...(phone === undefined ? {} : { phone }) };
    await parts.database.inTransaction(async (work) => {
      const unit = await loadSeen(parts, given, work);
      await write(parts, unit, change, work);
      work.audit({ actor, action: 'organization.update', objectType: 'organization', objectId: unit.id, result: 'done' });
      work.announce({ name: 'organization.updated', payload: { organizationId: unit.id }, rooms: [] });
    });
    return load(parts, given.organizationId);
  };

/** Moves a unit with everything below it; modules that keep paths of units mend theirs when they hear `organization.moved`. */
export const createMoveOrganization =
  (parts: IdentityParts) =>
  async (given: OrganizationVersion & { readonly parentId: string | null }, actor: Actor): Promise<Organization> => {
    parts.policy.require(actor, 'organization.manage');
    await parts.database.inTransaction(async (work) => {
      const unit = await loadSeen(parts, given, work);
      const parent = given.parentId === null ? null : mustBeActive(await load(parts, given.parentId, work));
      notBelowItself(unit, parent);
      const path = pathBelow(parent?.path ?? null, unit.id);
      const below = (await parts.organizations.subtree(unit.path, work)).filter((entry) => entry.id !== unit.id);
      await write(parts, unit, { parentId: given.parentId, path }, work);
      await parts.organizations.repath(
        below.map((entry) => ({ id: entry.id, path: `${path}${entry.path.slice(unit.path.length)}` })),
        work,
      );
      work.audit({ actor, action: 'organization.move', objectType: 'organization', objectId: unit.id, result: 'done', detail: { from: unit.path, to: path } });
      const rooms = [...new Set([...orgRooms(unit.path), ...orgRooms(path)])];
      work.announce({ name: 'organization.moved', payload: { organizationId: unit.id, fromPath: unit.path, toPath: path }, rooms });
      work.afterCommit(() => parts.cache.clear());
    });
    return load(parts, given.organizationId);
  };

const needsSuccessor = (): DomainError =>
  invalid('须指定在用的承接单位，且不能是本单位或其下级。', [{ path: '/successorId', code: 'successor', message: '承接单位无效' }]);

const stillHasUnits = (): DomainError =>
  new DomainError({ kind: 'conflict', code: 'identity/has-active-units', message: '还有在用的下级单位，请先移走或停用。' });

/** security G-4: an abolished unit leaves its work to a successor, never to nobody. */
export const createDeactivateOrganization =
  (parts: IdentityParts) =>
  async (given: OrganizationVersion & { readonly successorId: string }, actor: Actor): Promise<Organization> => {
    parts.policy.require(actor, 'organization.manage');
    await parts.database.inTransaction(async (work) => {
      const unit = mustBeActive(await loadSeen(parts, given, work));
      const successor = await parts.organizations.find(given.successorId, work);
      if (successor === null || !successor.active || successor.path.startsWith(unit.path)) throw needsSuccessor();
      const below = await parts.organizations.subtree(unit.path, work);
      if (below.some((entry) => entry.active && entry.id !== unit.id)) throw stillHasUnits();
      await write(parts, unit, { active: false, successorId: successor.id }, work);
      // Its people have no unit to work for until somebody seats them elsewhere.
      const people = await parts.staff.idsOfOrg(unit.id, work);
      await revokeWithin(parts, people, work);
      const detail = { successorId: successor.id };
      work.audit({ actor, action: 'organization.deactivate', objectType: 'organization', objectId: unit.id, result: 'done', detail });
      work.announce({
        name: 'organization.replaced',
        payload: { organizationId: unit.id, successorId: successor.id, fromPath: unit.path, toPath: successor.path },
        rooms: [...new Set([...orgRooms(unit.path), ...orgRooms(successor.path)])],
      });
    });
    return load(parts, given.organizationId);
  };
