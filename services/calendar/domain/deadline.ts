import { nationwide } from './arrangement';
import { type DayTable, isProvisionalBetween } from './day-table';
import { type DayNo, dayNoAt, endOf, lastDayBefore, startOf } from './days';
import { checkAmount, plusWorkingDays, plusWorkingTime, workingTime } from './working-days';

export type TimeUnit = 'HOUR' | 'NATURAL_DAY' | 'WORKING_DAY';

/** A stretch during which the clock stands still (rules §3.8: only waiting for information, and the review of an appeal). */
export interface Pause {
  readonly from: Date;
  readonly to: Date;
}

export interface DeadlineSpec {
  readonly from: Date;
  readonly amount: number;
  readonly unit: TimeUnit;
  /** Six-digit code whose own holidays count too. */
  readonly region?: string | undefined;
  /** NATURAL_DAY only: a last day that is off moves to the next working day. Statutory periods say true, promises false. */
  readonly rollToWorkingDay?: boolean | undefined;
  readonly pauses?: readonly Pause[] | undefined;
}

export interface Due {
  /** Equal to this instant is still in time (rules §10.4). */
  readonly dueAt: Date;
  /** Reached into a year whose arrangement is not published; to be computed again after its import. */
  readonly provisional: boolean;
}

export const regionOf = (spec: Pick<DeadlineSpec, 'region'>): string => spec.region ?? nationwide;

/** When the counted time begins: at once for hours, with the next day for days. */
export const countingStart = (spec: DeadlineSpec): Date => (spec.unit === 'HOUR' ? spec.from : startOf(dayNoAt(spec.from) + 1));

/** In order, without overlaps, and cut to the counted time: a pause on the uncounted first day saves nothing. */
export const effectivePauses = (spec: DeadlineSpec): readonly Pause[] => {
  const start = countingStart(spec);
  const merged: { from: Date; to: Date }[] = [];
  for (const pause of [...(spec.pauses ?? [])].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const from = pause.from > start ? pause.from : start;
    const last = merged.at(-1);
    if (pause.to <= from) continue;
    if (last === undefined || from > last.to) merged.push({ from, to: pause.to });
    else if (pause.to > last.to) last.to = pause.to;
  }
  return merged;
};

const unpausedDue = (table: DayTable, spec: DeadlineSpec): Date => {
  checkAmount(spec.amount);
  if (spec.amount < 0) throw new RangeError('a period cannot be negative');
  if (spec.unit === 'HOUR') return new Date(spec.from.getTime() + spec.amount * 3_600_000);
  const day = dayNoAt(spec.from);
  return endOf(spec.unit === 'NATURAL_DAY' ? day + spec.amount : plusWorkingDays(table, regionOf(spec), { day, count: spec.amount }));
};

/**
 * What was left when the clock stopped is left when it runs again, to the millisecond: whole days would let a pause over midnight
 * win a day (security I-15, G-5). A pause that begins after the due instant changes nothing: overdue stays overdue.
 */
const afterPauses = (table: DayTable, spec: DeadlineSpec, due: Date): Date => {
  let dueAt = due;
  for (const pause of effectivePauses(spec)) {
    if (pause.from >= dueAt) break;
    dueAt =
      spec.unit === 'WORKING_DAY'
        ? plusWorkingTime(table, regionOf(spec), { at: dueAt, millis: workingTime(table, regionOf(spec), pause) })
        : new Date(dueAt.getTime() + pause.to.getTime() - pause.from.getTime());
  }
  return dueAt;
};

/** The day to which a last day that is off moves; a day that is worked stays. */
const rolled = (table: DayTable, region: string, last: DayNo): DayNo =>
  table.of(last, region).working ? last : plusWorkingDays(table, region, { day: last, count: 1 });

export const isRolled = (spec: DeadlineSpec): boolean => spec.unit === 'NATURAL_DAY' && spec.rollToWorkingDay === true;

/** Before the roll: explanations name the days that the roll adds. */
export const dueBeforeRoll = (table: DayTable, spec: DeadlineSpec): Date => afterPauses(table, spec, unpausedDue(table, spec));

export const computeDue = (table: DayTable, spec: DeadlineSpec): Due => {
  const region = regionOf(spec);
  const plain = dueBeforeRoll(table, spec);
  const last = lastDayBefore(plain);
  const moved = isRolled(spec) ? rolled(table, region, last) : last;
  const dueAt = moved === last ? plain : endOf(moved);
  if (spec.unit === 'WORKING_DAY') return { dueAt, provisional: spec.amount > 0 && isProvisionalBetween(table, dayNoAt(spec.from) + 1, moved) };
  return { dueAt, provisional: isRolled(spec) && isProvisionalBetween(table, last, moved) };
};
