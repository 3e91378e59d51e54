import type { StaffActor } from '#kernel';
import type { System } from '../composition/system';

/** A demonstration person as an actor, as if signed in. */
export type Cast = (loginName: string) => StaffActor;

export const createCast = async (system: System, people: readonly { readonly id: string; readonly loginName: string }[]): Promise<Cast> => {
  const actors = new Map<string, StaffActor>();
  for (const { id, loginName } of people) {
    const person = await system.identity.staff.find(id);
    const unit = person === null ? null : await system.identity.organizations.find(person.orgId);
    if (person === null || unit === null) continue;
    const { name, orgId, roles } = person;
    actors.set(loginName, { kind: 'staff', id, name, orgId, orgPath: unit.path, regionCode: unit.regionCode, roles, sessionId: 'demo', address: 'demo' });
  }
  return (loginName) => {
    const actor = actors.get(loginName);
    if (actor === undefined) throw new Error(`no demonstration person ${loginName}`);
    return actor;
  };
};
