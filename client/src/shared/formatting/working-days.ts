import { inject, type InjectionKey, type Ref, shallowRef } from 'vue';
import type { Api } from '../api/client';
import { dayNumber, isoDay } from './dates';

interface YearTable {
  readonly days: readonly { readonly date: string; readonly working: boolean }[];
}

export interface WorkingDays {
  /** Working days after `from` up to and including the day of the deadline; null while the calendar of that time is unknown. */
  left(from: number, dueAt: string): number | null;
  /** Changes when a year has arrived, so that chips are painted again. */
  readonly version: Readonly<Ref<number>>;
}

const DAY_MS = 86_400_000;

/**
 * The server's calendar, read once for each year in sight: a list of a hundred deadlines must not ask a hundred times, and a
 * screen that counted Saturdays by itself would be wrong around every holiday.
 */
export const createWorkingDays = (api: Pick<Api, 'get'>): WorkingDays => {
  const years = new Map<number, ReadonlySet<string> | 'asked'>();
  const version = shallowRef(0);

  const ask = (year: number): void => {
    years.set(year, 'asked');
    api.get<YearTable>(`/calendar/years/${year}`).then(
      (table) => {
        years.set(year, new Set(table.days.filter((day) => day.working).map((day) => day.date)));
        version.value += 1;
      },
      // Without a calendar a chip names the day; asking again comes with the next year or the next visit.
      () => undefined,
    );
  };

  const yearOf = (year: number): ReadonlySet<string> | null => {
    const known = years.get(year);
    if (known === undefined) ask(year);
    return known === undefined || known === 'asked' ? null : known;
  };

  const isWorking = (day: string): boolean | null => yearOf(Number(day.slice(0, 4)))?.has(day) ?? null;

  return {
    version,
    left: (from, dueAt) => {
      // 24:00 of a day is stored as the first instant of the next.
      const end = Date.parse(dueAt) - 1;
      const span = dayNumber(end) - dayNumber(from);
      if (span > 400 || span < -400) return null;
      let count = 0;
      for (let step = 1; step <= Math.abs(span); step += 1) {
        const working = isWorking(isoDay((span > 0 ? from : end) + step * DAY_MS));
        if (working === null) return null;
        if (working) count += 1;
      }
      return count === 0 ? 0 : span > 0 ? count : -count;
    },
  };
};

export const workingDaysKey: InjectionKey<WorkingDays> = Symbol('working-days');

const unknown: WorkingDays = { left: () => null, version: shallowRef(0) };

export const useWorkingDays = (): WorkingDays => inject(workingDaysKey, unknown);
