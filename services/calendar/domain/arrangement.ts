import { isDay, isWeekend, toDayNo, yearOf } from './days';

export type SpecialKind = 'HOLIDAY' | 'MAKEUP';

/** A day that differs from the week: off by arrangement (放假), or a weekend that is worked (补班). */
export interface SpecialDay {
  readonly date: string;
  readonly kind: SpecialKind;
  /** The festival: 春节, 国庆节 … */
  readonly label: string;
}

/** What one notice decides for one year; a region adds its own festivals to the nation's (rules §10.1). */
export interface Arrangement {
  readonly year: number;
  readonly region: string;
  readonly source: string;
  readonly days: readonly SpecialDay[];
}

export const nationwide = '000000';

/** GB/T 2260 from the nation down to the region itself: what a province adds holds in its counties. */
export const regionChain = (region: string): readonly string[] => [...new Set([nationwide, `${region.slice(0, 2)}0000`, `${region.slice(0, 4)}00`, region])];

export interface ArrangementFault {
  /** Place in `days`, or null for the arrangement as a whole. */
  readonly index: number | null;
  readonly code: string;
  readonly message: string;
}

const faultOf = (day: SpecialDay, year: number, seen: ReadonlySet<string>): Omit<ArrangementFault, 'index'> | null => {
  if (!isDay(day.date)) return { code: 'not-a-day', message: `不是有效日期：${day.date.slice(0, 20)}` };
  const no = toDayNo(day.date);
  // A New Year's arrangement may reach back: 2018-12-29 was worked for the New Year of 2019.
  const isEveOfYear = yearOf(no) === year - 1 && day.date.slice(5, 7) === '12';
  if (yearOf(no) !== year && !isEveOfYear) return { code: 'other-year', message: `${day.date} 不属于 ${year} 年的安排` };
  if (seen.has(day.date)) return { code: 'duplicate-day', message: `${day.date} 重复` };
  if (day.kind === 'MAKEUP' && !isWeekend(no)) return { code: 'makeup-on-weekday', message: `${day.date} 本来就是工作日，不能作为补班` };
  return null;
};

/** The nation's New Year and National Day are off in every year: a table without them is cut short or of another kind. */
const missingFestivals = (arrangement: Arrangement): readonly ArrangementFault[] => {
  if (arrangement.region !== nationwide) return [];
  const off = new Set(arrangement.days.filter((day) => day.kind === 'HOLIDAY').map((day) => day.date));
  return [`${arrangement.year}-01-01`, `${arrangement.year}-10-01`]
    .filter((date) => !off.has(date))
    .map((date) => ({ index: null, code: 'festival-missing', message: `缺少法定节假日 ${date}，请检查是否漏行` }));
};

export const arrangementFaults = (arrangement: Arrangement): readonly ArrangementFault[] => {
  const seen = new Set<string>();
  const faults: ArrangementFault[] = [];
  for (const [index, day] of arrangement.days.entries()) {
    const fault = faultOf(day, arrangement.year, seen);
    if (fault !== null) faults.push({ index, ...fault });
    seen.add(day.date);
  }
  return [...faults, ...missingFestivals(arrangement)];
};
