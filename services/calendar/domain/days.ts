import { shanghaiDay, startOfShanghaiDay } from '#kernel';

/** A calendar day as the number of days since 1970-01-01: arithmetic without zones, a key without parsing. */
export type DayNo = number;

export const dayMs = 86_400_000;

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Refuses what `Date.parse` would silently move, such as 2025-02-29. */
export const isDay = (day: string): boolean => {
  if (!dayPattern.test(day)) return false;
  const millis = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(day);
};

export const toDayNo = (day: string): DayNo => {
  if (!isDay(day)) throw new RangeError(`not a day: ${day.slice(0, 20)}`);
  return Date.parse(`${day}T00:00:00.000Z`) / dayMs;
};

export const toDay = (no: DayNo): string => new Date(no * dayMs).toISOString().slice(0, 10);

/** 0 Sunday … 6 Saturday; 1970-01-01 was a Thursday. */
export const weekdayOf = (no: DayNo): number => (((no + 4) % 7) + 7) % 7;

export const isWeekend = (no: DayNo): boolean => weekdayOf(no) === 0 || weekdayOf(no) === 6;

export const yearOf = (no: DayNo): number => new Date(no * dayMs).getUTCFullYear();

/** The Shanghai day in which an instant lies; 24:00 belongs to the next day. */
export const dayNoAt = (at: Date): DayNo => toDayNo(shanghaiDay(at));

export const startOf = (no: DayNo): Date => startOfShanghaiDay(toDay(no));

/** rules §10.4: a day ends at 24:00, which is 00:00 of the next. */
export const endOf = (no: DayNo): Date => startOf(no + 1);

/** The last day that a due instant still covers: due at 24:00 of the 9th is due on the 9th. */
export const lastDayBefore = (dueAt: Date): DayNo => dayNoAt(new Date(dueAt.getTime() - 1));
