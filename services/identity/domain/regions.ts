export interface Region {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly level: string;
  readonly areaCode: string | null;
  readonly aliases: readonly string[];
  /** Invented, for demonstration. */
  readonly demo?: boolean;
}

export interface Regions {
  all(): readonly Region[];
  find(code: string): Region | null;
  /** From the province down to the region itself. */
  lineOf(code: string): readonly Region[];
  childrenOf(code: string | null): readonly Region[];
  /** 云江省澜州市东湖区; the code itself where it is unknown. */
  fullNameOf(code: string): string;
  /** Area code of the region, or of the city above it. */
  areaCodeOf(code: string): string | null;
}

/** The table changes once a year and is read with every question, so it is held in memory and not in the database. */
export const createRegions = (rows: readonly Region[]): Regions => {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const children = new Map<string | null, Region[]>();
  for (const row of rows) children.set(row.parent, [...(children.get(row.parent) ?? []), row]);

  const lineOf = (code: string): readonly Region[] => {
    const line: Region[] = [];
    for (let at = byCode.get(code); at !== undefined && line.length < 5; at = at.parent === null ? undefined : byCode.get(at.parent)) line.unshift(at);
    return line;
  };

  return {
    all: () => rows,
    find: (code) => byCode.get(code) ?? null,
    lineOf,
    childrenOf: (code) => children.get(code) ?? [],
    fullNameOf: (code) =>
      lineOf(code)
        .map((region) => region.name)
        .join('') || code,
    areaCodeOf: (code) => lineOf(code).findLast((region) => region.areaCode !== null)?.areaCode ?? null,
  };
};
