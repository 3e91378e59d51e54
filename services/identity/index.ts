export { clientScopes, type Permission, permissions, permissionsOf, rolesWith } from './domain/permissions';
export { ancestorPaths, orgIdsOf, type OrganizationKind, organizationKinds, orgRooms, regionPrefix, type SeatedActor } from './domain/places';
export { createPolicy, type Policy } from './domain/policy';
export { type Resource, resources } from './domain/scopes';
