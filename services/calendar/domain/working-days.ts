import type { DayTable } from './day-table';
import { type DayNo, dayNoAt, endOf, startOf } from './days';

/** Ten years; more is a slip of the pen, and the walk below is one step a day. */
const maxAmount = 3_660;

export const checkAmount = (amount: number): void => {
  if (!Number.isInteger(amount) || Math.abs(amount) > maxAmount) throw new RangeError(`not a number of days: ${amount}`);
};

/** rules §10.2: the starting day does not count; backwards for a negative count; 0 is the day itself. */
export const plusWorkingDays = (table: DayTable, region: string, start: { readonly day: DayNo; readonly count: number }): DayNo => {
  checkAmount(start.count);
  const step = Math.sign(start.count);
  let { day } = start;
  for (let left = Math.abs(start.count); left > 0;) {
    day += step;
    if (table.of(day, region).working) left -= 1;
  }
  return day;
};

/** Working days after `from` up to and including `to`; negative when `to` lies before. */
export const countWorkingDays = (table: DayTable, region: string, span: { readonly from: DayNo; readonly to: DayNo }): number => {
  const [low, high, sign] = span.from <= span.to ? [span.from, span.to, 1] : [span.to, span.from, -1];
  let count = 0;
  for (let day = low + 1; day <= high; day += 1) if (table.of(day, region).working) count += 1;
  return count === 0 ? 0 : count * sign;
};

/** Milliseconds of working days between two instants, a working day being 24 hours long (deadlines run to 24:00). */
export const workingTime = (table: DayTable, region: string, span: { readonly from: Date; readonly to: Date }): number => {
  let total = 0;
  for (let day = dayNoAt(span.from); startOf(day) < span.to; day += 1) {
    if (!table.of(day, region).working) continue;
    const begin = Math.max(startOf(day).getTime(), span.from.getTime());
    const end = Math.min(endOf(day).getTime(), span.to.getTime());
    total += Math.max(0, end - begin);
  }
  return total;
};

/** The instant at which so much working time has passed; one that ends with a day is that day's 24:00, not the next morning. */
export const plusWorkingTime = (table: DayTable, region: string, start: { readonly at: Date; readonly millis: number }): Date => {
  let left = start.millis;
  let { at } = start;
  while (left > 0) {
    const day = dayNoAt(at);
    const end = endOf(day);
    const room = table.of(day, region).working ? end.getTime() - at.getTime() : 0;
    if (room >= left) return new Date(at.getTime() + left);
    left -= room;
    at = end;
  }
  return at;
};
