import type { DayFinding } from '../domain/day-table';
import { weekdayOf, toDayNo, toDay } from '../domain/days';
import type { WorkCalendar } from '../domain/work-calendar';
import type { StoredArrangement } from '../store/calendar-store';

export interface CalendarYear {
  readonly year: number;
  readonly region: string;
  readonly version: number;
  readonly source: string;
  readonly holidays: number;
  readonly makeups: number;
}

export interface CalendarDay extends DayFinding {
  readonly date: string;
  /** 0 Sunday … 6 Saturday. */
  readonly weekday: number;
}

export interface YearTable {
  readonly year: number;
  readonly region: string;
  readonly calendarVersion: number;
  readonly provisional: boolean;
  readonly workingDays: number;
  readonly days: readonly CalendarDay[];
}

/** Which years and regions have a table of their own, newest year first. */
export const listYears = (arrangements: readonly StoredArrangement[]): readonly CalendarYear[] =>
  arrangements
    .map((arrangement) => ({
      year: arrangement.year,
      region: arrangement.region,
      version: arrangement.version,
      source: arrangement.source,
      holidays: arrangement.days.filter((day) => day.kind === 'HOLIDAY').length,
      makeups: arrangement.days.filter((day) => day.kind === 'MAKEUP').length,
    }))
    .sort((a, b) => b.year - a.year || (a.region < b.region ? -1 : 1));

/** Every day of a year as it holds in a region: what the wall calendar on screen shows. */
export const yearTable = (calendar: WorkCalendar, year: number, region: string): YearTable => {
  const first = toDayNo(`${year}-01-01`);
  const length = toDayNo(`${year + 1}-01-01`) - first;
  const days = Array.from({ length }, (_, index): CalendarDay => {
    const date = toDay(first + index);
    return { date, weekday: weekdayOf(first + index), ...calendar.dayOf(date, region) };
  });
  return {
    year,
    region,
    calendarVersion: calendar.version,
    provisional: !calendar.isPublished(year),
    workingDays: days.filter((day) => day.working).length,
    days,
  };
};
