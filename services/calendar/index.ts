import { type Actor, type Clock, shanghaiDay } from '#kernel';
import type { Database } from '#platform';
import { shippedArrangements } from './data/shipped-arrangements';
import { type Arrangement, nationwide } from './domain/arrangement';
import { createWorkCalendar, type WorkCalendar } from './domain/work-calendar';
import { type CalendarYear, listYears, type YearTable, yearTable } from './queries/calendar-years';
import type { StoredArrangement } from './store/calendar-store';
import { createSequelizeCalendarStore } from './store/sequelize-calendar-store';
import { ensureShippedYears } from './use-cases/ensure-shipped-years';
import { createImportYear, type ImportedYear } from './use-cases/import-year';

export interface Calendar extends WorkCalendar {
  /** Brings the stored calendar into memory, shipping the known years into an empty database first; before it, the shipped years answer. */
  load(): Promise<void>;
  /** For every node, on the fact `calendar.imported`. */
  reload(): Promise<void>;
  importYear(arrangement: Arrangement, actor: Actor): Promise<ImportedYear>;
  years(): readonly CalendarYear[];
  yearTable(year: number, region?: string): YearTable;
  /** Provisional years that deadlines computed now would reach: the administrator is reminded while this is not empty (rules §10.5). */
  missingYears(): readonly number[];
  /** The calendar as it was at a version: how a stored deadline was reached. */
  asOf(version: number): WorkCalendar;
}

export interface CalendarDeps {
  readonly database: Database;
  readonly clock: Clock;
}

/** Longer than any deadline that the rules set (rules §3.8, §6.4). */
const lookAheadDays = 30;

/** The newest table of each year and region, as known at a version. */
const inForce = (stored: readonly StoredArrangement[], version: number): readonly StoredArrangement[] => {
  const newest = new Map<string, StoredArrangement>();
  for (const arrangement of stored) if (arrangement.version <= version) newest.set(`${arrangement.region}/${arrangement.year}`, arrangement);
  return [...newest.values()];
};

const shipped: readonly StoredArrangement[] = shippedArrangements.map((arrangement, index) => ({ ...arrangement, version: index + 1 }));

const versionOf = (stored: readonly StoredArrangement[]): number => stored.at(-1)?.version ?? 0;

/** The shipped years without a database, for rules that need only arithmetic. */
export const createShippedCalendar = (): WorkCalendar => createWorkCalendar(shipped, versionOf(shipped));

export const createCalendar = ({ database, clock }: CalendarDeps): Calendar => {
  const store = createSequelizeCalendarStore(database);
  let stored = shipped;
  let current = createShippedCalendar();

  const reload = async (): Promise<void> => {
    const loaded = await store.arrangements();
    // Two reloads may overtake each other; the calendar never goes back.
    if (versionOf(loaded) < versionOf(stored)) return;
    stored = loaded;
    current = createWorkCalendar(inForce(stored, versionOf(stored)), versionOf(stored));
  };

  const importYear = createImportYear({ database, store, reload });

  return {
    get version() {
      return current.version;
    },
    isWorkingDay: (day, region) => current.isWorkingDay(day, region),
    dayOf: (day, region) => current.dayOf(day, region),
    addWorkingDays: (day, count, region) => current.addWorkingDays(day, count, region),
    workingDaysBetween: (from, to, region) => current.workingDaysBetween(from, to, region),
    workingTimeBetween: (from, to, region) => current.workingTimeBetween(from, to, region),
    deadline: (spec) => current.deadline(spec),
    explain: (spec) => current.explain(spec),
    workingDaysLeft: (now, dueAt, region) => current.workingDaysLeft(now, dueAt, region),
    isOverdue: (now, dueAt) => current.isOverdue(now, dueAt),
    cautionLight: (running) => current.cautionLight(running),
    isPublished: (year) => current.isPublished(year),
    load: async () => {
      await ensureShippedYears(database, store);
      await reload();
    },
    reload,
    importYear: async (arrangement, actor) => {
      await ensureShippedYears(database, store);
      return importYear(arrangement, actor);
    },
    years: () => listYears(inForce(stored, versionOf(stored))),
    yearTable: (year, region = nationwide) => yearTable(current, year, region),
    missingYears: () => {
      const today = shanghaiDay(clock.now());
      const years = [today, current.addWorkingDays(today, lookAheadDays)].map((day) => Number(day.slice(0, 4)));
      return [...new Set(years)].filter((year) => !current.isPublished(year));
    },
    asOf: (version) => createWorkCalendar(inForce(stored, version), version),
  };
};

export { type Arrangement, nationwide, type SpecialDay, type SpecialKind } from './domain/arrangement';
export type { DayFinding, DayKind } from './domain/day-table';
export type { DeadlineSpec, Due, Pause, TimeUnit } from './domain/deadline';
export type { ExplainedDay, Explanation } from './domain/explanation';
export type { CautionLight, Deadline, RunningClock, WorkCalendar } from './domain/work-calendar';
export type { CalendarDay, CalendarYear, YearTable } from './queries/calendar-years';
export { type ExplainedDeadline, explainedDeadline } from './queries/explained-deadline';
export type { ImportedYear } from './use-cases/import-year';
export { readArrangementCsv } from './use-cases/read-arrangement-csv';
