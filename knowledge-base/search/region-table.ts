import { foldText } from './fold-text';

export interface RegionEntry {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly level: 'province' | 'city' | 'county';
  readonly areaCode: string | null;
  readonly aliases: readonly string[];
}

/** The tree of regions with names to look up; built once, asked often. */
export interface RegionTable {
  get(code: string): RegionEntry | undefined;
  /** The region itself, then its city, then its province. */
  pathOf(code: string): readonly string[];
  /** 云江省澜州市青溪县 */
  fullName(code: string): string;
  /** The region's own area code, or that of the city or province above it. */
  areaCode(code: string): string | null;
  /** Every region that bears the folded name or short name. */
  named(name: string): readonly NamedRegion[];
  readonly longestName: number;
  readonly codes: readonly string[];
}

export interface NamedRegion {
  readonly entry: RegionEntry;
  /** The written form is the full official name, not a short one. */
  readonly full: boolean;
}

const levelOrder = { province: 0, city: 1, county: 2 } as const;

const collectNames = (entries: readonly RegionEntry[]): Map<string, NamedRegion[]> => {
  const names = new Map<string, NamedRegion[]>();
  const add = (name: string, region: NamedRegion): void => {
    if (name.length < 2) return;
    const known = names.get(name);
    if (known === undefined) names.set(name, [region]);
    else known.push(region);
  };
  for (const entry of entries) {
    add(foldText(entry.name), { entry, full: true });
    for (const alias of entry.aliases) add(foldText(alias), { entry, full: false });
  }
  for (const regions of names.values()) regions.sort((a, b) => levelOrder[a.entry.level] - levelOrder[b.entry.level]);
  return names;
};

export const createRegionTable = (entries: readonly RegionEntry[]): RegionTable => {
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  const names = collectNames(entries);
  const pathOf = (code: string): readonly string[] => {
    const path: string[] = [];
    for (let at: string | null = code; at !== null && byCode.has(at) && !path.includes(at); at = byCode.get(at)?.parent ?? null) path.push(at);
    return path;
  };
  return {
    get: (code) => byCode.get(code),
    pathOf,
    fullName: (code) =>
      [...pathOf(code)]
        .reverse()
        .map((part) => byCode.get(part)?.name ?? '')
        .join(''),
    areaCode: (code) =>
      pathOf(code)
        .map((part) => byCode.get(part)?.areaCode ?? null)
        .find((areaCode) => areaCode !== null) ?? null,
    named: (name) => names.get(name) ?? [],
    longestName: Math.max(0, ...[...names.keys()].map((name) => name.length)),
    codes: entries.map((entry) => entry.code),
  };
};
