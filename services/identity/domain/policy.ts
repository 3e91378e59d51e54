import { type Actor, everything, forbidden, hasRole, nothing, type Predicate } from '#kernel';
import { grantOf, type Permission } from './permissions';
import { centreRoles, clientScope, type Resource, staffScopes } from './scopes';

/** The one module that decides who may do and see what; routes, lists, counts, rooms and exports all ask it (security A-1, I-14). */
export interface Policy {
  allows(actor: Actor, permission: Permission): boolean;
  /** Throws `forbidden` (403). */
  require(actor: Actor, permission: Permission): void;
  /** For lists (`toWhere`), for a single row (`matches`, else `missing()`), and for counts: the same condition. */
  scope(actor: Actor, resource: Resource): Predicate;
  /** Rooms that a screen of this person joins by itself; rooms of one case are joined after a look at the case. */
  homeRooms(actor: Actor): readonly string[];
}

export const createPolicy = (): Policy => {
  const allows = (actor: Actor, permission: Permission): boolean => {
    const grant = grantOf(permission);
    if (actor.kind === 'system') return true;
    if (actor.kind === 'staff') return hasRole(actor, ...grant.roles);
    return actor.kind === 'client' && (grant.scopes ?? []).some((scope) => actor.scopes.includes(scope));
  };

  return {
    allows,
    require: (actor, permission) => {
      if (!allows(actor, permission)) throw forbidden();
    },
    scope: (actor, resource) => {
      if (actor.kind === 'system') return everything;
      if (actor.kind === 'staff') return staffScopes[resource](actor);
      return actor.kind === 'client' ? clientScope(actor, resource) : nothing;
    },
    homeRooms: (actor) => {
      if (actor.kind !== 'staff') return [];
      const rooms = [`staff:${actor.id}`];
      if (hasRole(actor, ...centreRoles)) rooms.push('hotline');
      if (hasRole(actor, 'HANDLER', 'ORG_APPROVER', 'MANAGER')) rooms.push(`org:${actor.orgId}`);
      if (hasRole(actor, ...centreRoles, 'HANDLER', 'ORG_APPROVER', 'KB_EDITOR', 'KB_REVIEWER')) rooms.push('knowledge');
      return rooms;
    },
  };
};
