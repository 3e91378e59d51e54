import { type Arrangement, nationwide } from './arrangement';
import { createDayTable, type DayFinding } from './day-table';
import { dayNoAt, lastDayBefore, toDay, toDayNo } from './days';
import { computeDue, type DeadlineSpec, type Due, type TimeUnit } from './deadline';
import { explainDue, type Explanation } from './explanation';
import { countWorkingDays, plusWorkingDays, workingTime } from './working-days';

export interface Deadline extends Due {
  /** The calendar that was asked; kept beside the stored instant (security I-15). */
  readonly calendarVersion: number;
}

export type CautionLight = 'GREEN' | 'YELLOW' | 'RED';

export interface RunningClock {
  readonly now: Date;
  readonly from: Date;
  readonly dueAt: Date;
  readonly unit: TimeUnit;
  readonly region?: string | undefined;
  /** Share of the whole period from which on the light is yellow (rules §3.1). */
  readonly yellowShare?: number | undefined;
}

/** Working days and deadlines as other modules ask for them; pure, synchronous, without a database. Days are `YYYY-MM-DD`, Asia/Shanghai. */
export interface WorkCalendar {
  readonly version: number;
  isWorkingDay(day: string, region?: string): boolean;
  dayOf(day: string, region?: string): DayFinding;
  /** The N-th working day after `day`; before it for a negative count. */
  addWorkingDays(day: string, count: number, region?: string): string;
  /** Working days after `from` up to and including `to`. */
  workingDaysBetween(from: string, to: string, region?: string): number;
  /** Milliseconds between two instants without the days that are off. */
  workingTimeBetween(from: Date, to: Date, region?: string): number;
  deadline(spec: DeadlineSpec): Deadline;
  explain(spec: DeadlineSpec): Explanation;
  /** Working days that remain after today, 0 on the last day, negative when overdue by working days. */
  workingDaysLeft(now: Date, dueAt: Date, region?: string): number;
  /** rules §10.4: the due instant itself is in time. */
  isOverdue(now: Date, dueAt: Date): boolean;
  cautionLight(clock: RunningClock): CautionLight;
  isPublished(year: number): boolean;
}

const defaultYellowShare = 0.2;

export const createWorkCalendar = (arrangements: readonly Arrangement[], version: number): WorkCalendar => {
  const table = createDayTable(arrangements);
  const measure = (clock: RunningClock, from: Date): number =>
    clock.unit === 'WORKING_DAY'
      ? workingTime(table, clock.region ?? nationwide, { from, to: clock.dueAt })
      : Math.max(0, clock.dueAt.getTime() - from.getTime());
  const isOverdue = (now: Date, dueAt: Date): boolean => now > dueAt;
  return {
    version,
    isWorkingDay: (day, region = nationwide) => table.of(toDayNo(day), region).working,
    dayOf: (day, region = nationwide) => table.of(toDayNo(day), region),
    addWorkingDays: (day, count, region = nationwide) => toDay(plusWorkingDays(table, region, { day: toDayNo(day), count })),
    workingDaysBetween: (from, to, region = nationwide) => countWorkingDays(table, region, { from: toDayNo(from), to: toDayNo(to) }),
    workingTimeBetween: (from, to, region = nationwide) => workingTime(table, region, { from, to }),
    deadline: (spec) => ({ ...computeDue(table, spec), calendarVersion: version }),
    explain: (spec) => explainDue(table, spec),
    workingDaysLeft: (now, dueAt, region = nationwide) => countWorkingDays(table, region, { from: dayNoAt(now), to: lastDayBefore(dueAt) }),
    isOverdue,
    cautionLight: (clock) => {
      if (isOverdue(clock.now, clock.dueAt)) return 'RED';
      return measure(clock, clock.now) <= measure(clock, clock.from) * (clock.yellowShare ?? defaultYellowShare) ? 'YELLOW' : 'GREEN';
    },
    isPublished: (year) => table.isPublished(year),
  };
};
