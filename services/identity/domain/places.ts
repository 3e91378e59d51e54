import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import type { StaffActor } from '#kernel';

/** The signed-in person with the kind of the unit, which decides how far a manager counts. */
export interface SeatedActor extends StaffActor {
  readonly unitKind: OrganizationKind;
}

const wholeRegionKinds: ReadonlySet<unknown> = new Set<OrganizationKind>(['GOVERNMENT', 'HOTLINE_CENTER']);

/** Unknown kind counts as a department: the narrower answer. */
export const seesWholeRegion = (actor: StaffActor): boolean => 'unitKind' in actor && wholeRegionKinds.has(actor.unitKind);

/** GB/T 2260: 2 digits name a province, 4 a city, 6 a county. */
export const regionPrefix = (code: string): string => {
  // A shorter or empty code would be a prefix of everything.
  if (!/^\d{6}$/.test(code)) return 'none';
  if (code.endsWith('0000')) return code.slice(0, 2);
  return code.endsWith('00') ? code.slice(0, 4) : code;
};

/** 930102 → 930000, 930100: the codes of the province and the city it lies in. */
export const regionsAbove = (code: string): readonly string[] =>
  /^\d{6}$/.test(code) ? [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`])].filter((above) => above !== code) : [];

/** `/a/b/c/` → a, b, c. */
export const orgIdsOf = (orgPath: string): readonly string[] => orgPath.split('/').filter((part) => part !== '');

/** `/a/b/` → `/a/`, `/a/b/`. */
export const ancestorPaths = (orgPath: string): readonly string[] => {
  const ids = orgIdsOf(orgPath);
  return ids.map((_, index) => `/${ids.slice(0, index + 1).join('/')}/`);
};

/** Rooms that hear of a fact about this unit: its own and those of all units above it. */
export const orgRooms = (orgPath: string): string[] => orgIdsOf(orgPath).map((id) => `org:${id}`);
