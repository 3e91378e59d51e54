import fc from 'fast-check';
import { createShippedCalendar } from '#calendar';

/** rules §10, the table typed a second time and read in the dullest possible way: one `Date` per day, no arithmetic shared with the product. */
const off = new Set<string>();
const worked = new Set<string>();
const table: readonly (readonly [year: number, off: string, worked: string])[] = [
  [2024, '01-01 02-10~02-17 04-04~04-06 05-01~05-05 06-10 09-15~09-17 10-01~10-07', '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12'],
  [2025, '01-01 01-28~02-04 04-04~04-06 05-01~05-05 05-31~06-02 10-01~10-08', '01-26 02-08 04-27 09-28 10-11'],
  [2026, '01-01~01-03 02-15~02-23 04-04~04-06 05-01~05-05 06-19~06-21 09-25~09-27 10-01~10-07', '01-04 02-14 02-28 05-09 09-20 10-10'],
];

const next = (day: string): string => {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
};

for (const [year, offDays, workedDays] of table) {
  for (const stretch of offDays.split(' ')) {
    const [first = '', last = first] = stretch.split('~');
    for (let day = `${year}-${first}`; day <= `${year}-${last}`; day = next(day)) off.add(day);
  }
  for (const day of workedDays.split(' ')) worked.add(`${year}-${day}`);
}

const isWorked = (day: string): boolean => {
  if (worked.has(day)) return true;
  if (off.has(day)) return false;
  return ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
};

const allDays: string[] = [];
for (let day = '2007-01-01'; day <= '2027-12-31'; day = next(day)) allDays.push(day);

const calendar = createShippedCalendar();

describe('对照穷举（2007—2027）', () => {
  test('every day is judged as the oracle judges it', () => {
    expect(allDays).toHaveLength(7_670);
    expect(allDays.filter((day) => calendar.isWorkingDay(day) !== isWorked(day))).toEqual([]);
  });

  test('the N-th working day, its way back and the count between agree with counting on fingers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: allDays.length - 400 }), fc.integer({ min: 1, max: 250 }), (start, count) => {
        let index = start;
        for (let left = count; left > 0;) {
          index += 1;
          if (isWorked(allDays[index]!)) left -= 1;
        }
        const [from, to] = [allDays[start]!, allDays[index]!];
        expect(calendar.addWorkingDays(from, count)).toBe(to);
        expect(calendar.workingDaysBetween(from, to)).toBe(count);
        expect(calendar.workingDaysBetween(to, from)).toBe(-count);
        if (isWorked(from)) expect(calendar.addWorkingDays(to, -count)).toBe(allDays.slice(0, index).filter(isWorked).at(-count));
      }),
      { numRuns: 300 },
    );
  });

  test('a deadline ends at 24:00 of its day, is unmoved by the hour of its start, and its explanation counts to the amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: allDays.length - 200 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 86_399_999 }),
        (start, amount, millis) => {
          const from = new Date(Date.parse(`${allDays[start]}T00:00:00+08:00`) + millis);
          const last = calendar.addWorkingDays(allDays[start]!, amount);
          const { dueAt, days } = calendar.explain({ from, amount, unit: 'WORKING_DAY' });
          expect(dueAt.getTime()).toBe(Date.parse(`${next(last)}T00:00:00+08:00`));
          expect(days.filter((day) => day.counted).map((day) => day.ordinal)).toEqual(Array.from({ length: amount }, (_, index) => index + 1));
          expect(days.filter((day) => day.counted).every((day) => isWorked(day.date))).toBe(true);
          expect(days.at(-1)?.date).toBe(last);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('working time is additive and has 24 hours a working day', () => {
    const instant = fc.integer({ min: Date.parse('2023-12-01T00:00:00Z'), max: Date.parse('2026-12-31T00:00:00Z') });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 40 * 86_400_000 }), fc.integer({ min: 0, max: 40 * 86_400_000 }), (start, first, second) => {
        const [a, b, c] = [new Date(start), new Date(start + first), new Date(start + first + second)];
        expect(calendar.workingTimeBetween(a, b) + calendar.workingTimeBetween(b, c)).toBe(calendar.workingTimeBetween(a, c));
      }),
    );
    for (const day of ['2026-02-14', '2026-02-15', '2026-02-24']) {
      const midnight = new Date(`${day}T00:00:00+08:00`);
      expect(calendar.workingTimeBetween(midnight, new Date(midnight.getTime() + 86_400_000))).toBe(isWorked(day) ? 86_400_000 : 0);
    }
  });
});
