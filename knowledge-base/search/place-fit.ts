import type { PlaceRoles } from './place-roles';
import type { RegionTable } from './region-table';

/*
 * How well a guide's place answers the place asked for: the place itself, then the city and province above it, then the nation
 * (rules 8.4, design 4). A guide of a quite different place stays in the list only as the nearest there is.
 */

export const fits = { same: 1, below: 0.88, above: 0.9, farAbove: 0.8, nation: 0.72, unknown: 0.45, sameProvince: 0.3, elsewhere: 0.1 } as const;

/** Below this, the guide belongs to another place than the one asked for. */
export const nearestBelow = fits.unknown;

const nationWords = /^(全国|国家|全国通办)?$/;
const vagueWords = /未注明|省级|不详/;

export interface GuidePlace {
  readonly code: string | null;
  readonly name: string;
}

export const placeFit = (regions: RegionTable, place: GuidePlace, asked: string): number => {
  if (place.code === null) return nationWords.test(place.name) ? fits.nation : vagueWords.test(place.name) ? fits.unknown : fits.elsewhere;
  if (place.code === asked) return fits.same;
  const askedPath = regions.pathOf(asked);
  const above = askedPath.indexOf(place.code);
  if (above > 0) return above === 1 ? fits.above : fits.farAbove;
  const path = regions.pathOf(place.code);
  if (path.includes(asked)) return fits.below;
  return path.at(-1) === askedPath.at(-1) ? fits.sameProvince : fits.elsewhere;
};

/** The handling place counts in full, the person's place and other candidates a little less. */
const shares = { also: 0.97, person: 0.8 };

export const fitOfRoles = (regions: RegionTable, place: GuidePlace, roles: PlaceRoles): number => {
  if (roles.handling === null && roles.person === null) return fits.nation;
  const handling = roles.handling === null ? 0 : placeFit(regions, place, roles.handling);
  const also = roles.also.map((code) => shares.also * placeFit(regions, place, code));
  const person = roles.person === null ? 0 : (roles.handling === null ? 1 : shares.person) * placeFit(regions, place, roles.person);
  return Math.max(handling, person, ...also);
};
