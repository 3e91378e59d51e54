import { forbidden, systemActor } from '#kernel';
import { type Organization, pathBelow } from '../domain/organization';
import { demoPassword } from '../domain/password-rules';
import { normalizeLoginName, rolesTogether, type Staff } from '../domain/staff';
import type { IdentityParts } from '../parts';
import { hashPassword } from './passwords';

export type DemoUnit = Pick<Organization, 'id' | 'parentId' | 'name' | 'shortName' | 'deptCode' | 'regionCode' | 'kind' | 'phone'>;
export type DemoPerson = Pick<Staff, 'id' | 'loginName' | 'name' | 'orgId' | 'workNo' | 'roles'>;

export interface DemoPeople {
  /** Parents before children. */
  readonly units: readonly DemoUnit[];
  readonly people: readonly DemoPerson[];
}

/** Loads what is not there yet, with ids that other seeds and tests can name; refused outside demo mode (security A-6). */
export const createLoadDemo =
  (parts: IdentityParts) =>
  async (demo: DemoPeople): Promise<{ readonly units: number; readonly people: number }> => {
    if (!parts.demo) throw forbidden('演示数据只能在演示模式下载入。', 'identity/not-in-demo-mode');
    const knownPeople = new Set((await parts.staff.findMany(demo.people.map((person) => person.id))).map((person) => person.id));
    const missingPeople = demo.people.filter((person) => !knownPeople.has(person.id));
    // One hash for all: forty of them would take seconds, and everybody knows the password anyway.
    const passwordHash = missingPeople.length === 0 ? '' : await hashPassword(demoPassword);
    return parts.database.inTransaction(async (work) => {
      const paths = new Map(
        (
          await parts.organizations.findMany(
            demo.units.map((unit) => unit.id),
            work,
          )
        ).map((unit) => [unit.id, unit.path]),
      );
      const missingUnits = demo.units.filter((unit) => !paths.has(unit.id));
      const units = missingUnits.map((unit): Organization => {
        const path = pathBelow(unit.parentId === null ? null : (paths.get(unit.parentId) ?? null), unit.id);
        paths.set(unit.id, path);
        return { ...unit, path, active: true, successorId: null, version: 1 };
      });
      await parts.organizations.insertAll(units, work);
      const people = missingPeople.map((person) => ({
        ...person,
        loginName: normalizeLoginName(person.loginName),
        roles: rolesTogether(person.roles),
        active: true,
        passwordHash,
      }));
      await parts.staff.insertAll(people, work);
      const loaded = { units: missingUnits.length, people: missingPeople.length };
      if (loaded.units + loaded.people > 0) {
        work.audit({ actor: systemActor, action: 'identity.loadDemo', objectType: 'identity', objectId: null, result: 'done', detail: loaded });
      }
      return loaded;
    });
  };
