import { z } from 'zod';
import { day, instant, regionCode, text } from './text';

const year = z.int().min(2000).max(2100);
const dayKind = z.enum(['WORK', 'WEEKEND', 'HOLIDAY', 'MAKEUP']);

/** The path parameter of a year. */
export const CalendarYearParams = z.strictObject({ year: z.coerce.number().pipe(year) });

export const CalendarRegionQuery = z.strictObject({ region: regionCode.optional() });

/** A day that differs from the week. */
export const SpecialCalendarDay = z.strictObject({ date: day, kind: z.enum(['HOLIDAY', 'MAKEUP'], { error: '类型应为“放假”或“补班”' }), label: text(40) });

export const ImportCalendarYear = z.strictObject({
  /** Absent: the whole nation. A region adds its own festivals. */
  region: regionCode.optional(),
  source: text(200),
  days: z.array(SpecialCalendarDay).max(400),
});

/** The same as a sheet: `日期,类型,名称`. */
export const ImportCalendarFile = z.strictObject({ region: regionCode.optional(), source: text(200), csv: z.string().max(40_000) });

export const ImportedCalendarYear = z.object({ version: z.int(), year, region: regionCode, days: z.int(), replayed: z.boolean() });

export const CalendarYears = z.object({
  calendarVersion: z.int(),
  /** Years that deadlines computed now would reach and that are not published: remind the administrator. */
  missingYears: z.array(year),
  items: z.array(z.object({ year, region: regionCode, version: z.int(), source: z.string(), holidays: z.int(), makeups: z.int() })),
});

export const CalendarYearTable = z.object({
  year,
  region: regionCode,
  calendarVersion: z.int(),
  provisional: z.boolean(),
  workingDays: z.int(),
  days: z.array(z.object({ date: day, weekday: z.int().min(0).max(6), kind: dayKind, label: z.string(), working: z.boolean() })),
});

export const timeUnit = z.enum(['HOUR', 'NATURAL_DAY', 'WORKING_DAY']);

export const DeadlineQuery = z.strictObject({
  from: instant.refine((from) => from.getUTCFullYear() >= 2000 && from.getUTCFullYear() <= 2100, { error: '年份应在 2000 与 2100 之间' }),
  amount: z.coerce.number().int().min(0).max(1_000),
  unit: timeUnit,
  region: regionCode.optional(),
  rollToWorkingDay: z.stringbool().default(false),
});

/** A deadline that anybody can recount; also the answer of a ticket's or a rectification's `/deadlines/:clock`. */
export const ExplainedDeadline = z.object({
  from: z.iso.datetime({ offset: true }),
  amount: z.int(),
  unit: timeUnit,
  dueAt: z.iso.datetime({ offset: true }),
  calendarProvisional: z.boolean(),
  calendarVersion: z.int(),
  days: z.array(
    z.object({
      date: day,
      weekday: z.string(),
      kind: dayKind,
      label: z.string(),
      counted: z.boolean(),
      ordinal: z.int().nullable(),
      note: z.enum(['START', 'PAUSED', 'ROLLED']).nullable(),
    }),
  ),
});
