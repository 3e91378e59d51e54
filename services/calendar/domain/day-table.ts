import { type Arrangement, nationwide, regionChain, type SpecialDay } from './arrangement';
import { type DayNo, isWeekend, toDayNo, yearOf } from './days';

export type DayKind = 'WORK' | 'WEEKEND' | 'HOLIDAY' | 'MAKEUP';

export interface DayFinding {
  readonly kind: DayKind;
  /** Empty for an ordinary working day. */
  readonly label: string;
  readonly working: boolean;
}

/** Answers what a day is; knows the arrangements of all years and regions, and nothing of deadlines. */
export interface DayTable {
  of(no: DayNo, region: string): DayFinding;
  /** False where only the weekend rule speaks, because the year's notice is not there (rules §10.5). */
  isPublished(year: number): boolean;
}

const ordinary: DayFinding = { kind: 'WORK', label: '', working: true };
const weekend: DayFinding = { kind: 'WEEKEND', label: '周末', working: false };

const findingOf = (day: SpecialDay): DayFinding =>
  day.kind === 'MAKEUP' ? { kind: 'MAKEUP', label: `补班（${day.label}）`, working: true } : { kind: 'HOLIDAY', label: day.label, working: false };

type Specials = ReadonlyMap<DayNo, DayFinding>;

/** Later arrangements overrule earlier ones about the same day, and a region overrules what lies above it. */
const specialsFor = (arrangements: readonly Arrangement[], region: string): Specials => {
  const specials = new Map<DayNo, DayFinding>();
  for (const part of regionChain(region)) {
    for (const arrangement of arrangements) {
      if (arrangement.region !== part) continue;
      for (const day of arrangement.days) specials.set(toDayNo(day.date), findingOf(day));
    }
  }
  return specials;
};

export const createDayTable = (arrangements: readonly Arrangement[]): DayTable => {
  const ordered = [...arrangements].sort((a, b) => a.year - b.year);
  const published = new Set(ordered.filter((arrangement) => arrangement.region === nationwide).map((arrangement) => arrangement.year));
  const own = new Set(ordered.map((arrangement) => arrangement.region));
  const byRegion = new Map<string, Specials>();
  const specialsOf = (region: string): Specials => {
    // Most regions add nothing of their own and share the table of the nearest one that does.
    const key = regionChain(region).findLast((part) => own.has(part)) ?? nationwide;
    const known = byRegion.get(key);
    if (known !== undefined) return known;
    const made = specialsFor(ordered, key);
    byRegion.set(key, made);
    return made;
  };
  return {
    of: (no, region) => specialsOf(region).get(no) ?? (isWeekend(no) ? weekend : ordinary),
    isPublished: (year) => published.has(year),
  };
};

/** Whether any of the years that the days from first to last lie in is not published. */
export const isProvisionalBetween = (table: DayTable, first: DayNo, last: DayNo): boolean => {
  for (let year = yearOf(first); year <= yearOf(last); year += 1) if (!table.isPublished(year)) return true;
  return false;
};
