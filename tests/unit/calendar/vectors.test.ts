import { createShippedCalendar } from '#calendar';

const calendar = createShippedCalendar();

describe('工作日（rules §10）', () => {
  test.each([
    ['2025-09-26', 1, '2025-09-28', '补班周日'],
    ['2025-09-26', 5, '2025-10-10', '跨国庆、中秋'],
    ['2025-09-30', 5, '2025-10-14', '节后周六补班'],
    ['2026-02-13', 1, '2026-02-14', '补班周六'],
    ['2026-02-13', 2, '2026-02-24', '跨春节'],
    ['2026-02-14', 5, '2026-02-28', '末日是补班周六'],
    ['2024-02-08', 1, '2024-02-09', '当年除夕不放假'],
    ['2024-02-08', 2, '2024-02-18', '补班周日'],
    ['2026-04-30', 5, '2026-05-11', '跨劳动节'],
    ['2026-09-24', 5, '2026-10-09', '中秋连国庆'],
  ])('%s + %i 个工作日 = %s（%s）', (from, count, to) => {
    expect(calendar.addWorkingDays(from, count)).toBe(to);
    expect(calendar.workingDaysBetween(from, to)).toBe(count);
    expect(calendar.deadline({ from: new Date(`${from}T15:30:00+08:00`), amount: count, unit: 'WORKING_DAY' })).toEqual({
      dueAt: new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000),
      provisional: false,
      calendarVersion: 3,
    });
  });

  test.each([
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i 年有 %i 个工作日', (year, count) => {
    expect(calendar.workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`)).toBe(count);
  });

  test.each([
    ['2024-02-09', 'WORK', ''],
    ['2024-02-10', 'HOLIDAY', '春节'],
    ['2024-02-18', 'MAKEUP', '补班（春节）'],
    ['2025-10-06', 'HOLIDAY', '国庆节、中秋节'],
    ['2026-01-04', 'MAKEUP', '补班（元旦）'],
    ['2026-11-22', 'WEEKEND', '周末'],
  ])('%s 是 %s（%s）', (day, kind, label) => {
    expect(calendar.dayOf(day)).toEqual({ kind, label, working: kind === 'WORK' || kind === 'MAKEUP' });
  });

  test.each(['2025-02-29', '2025-2-1', 'tomorrow', ''])('%s is refused as a day', (day) => {
    expect(() => calendar.isWorkingDay(day)).toThrow(RangeError);
  });
});

describe('期限', () => {
  const at = (text: string): Date => new Date(`${text}+08:00`);
  const due = (spec: Parameters<typeof calendar.deadline>[0]): string =>
    new Date(calendar.deadline(spec).dueAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);

  test.each([
    ['2026-02-14T22:00:00', 24, '2026-02-15T22:00', '小时不跳假日'],
    ['2026-10-08T23:30:00', 2, '2026-10-09T01:30', '小时不跳夜间'],
    ['2026-12-31T23:00:00', 1, '2027-01-01T00:00', '跨年'],
  ])('%s 起 %i 小时到 %s（%s）', (from, amount, to) => expect(due({ from: at(from), amount, unit: 'HOUR' })).toBe(to));

  test.each([
    ['2026-09-21T09:00:00', 15, false, '2026-10-07T00:00', '服务承诺不顺延：末日在国庆假内'],
    ['2026-09-21T09:00:00', 15, true, '2026-10-09T00:00', '法定期限顺延到 10 月 8 日 24:00'],
    ['2026-01-30T09:00:00', 15, true, '2026-02-15T00:00', '末日是补班周六，不顺延'],
    ['2026-11-02T09:00:00', 5, true, '2026-11-10T00:00', '末日周六，顺延到周一'],
    ['2026-11-02T09:00:00', 0, false, '2026-11-03T00:00', '当日 24:00'],
  ])('%s 起 %i 个自然日（顺延 %s）到 %s（%s）', (from, amount, rollToWorkingDay, to) =>
    expect(due({ from: at(from), amount, unit: 'NATURAL_DAY', rollToWorkingDay })).toBe(to),
  );

  test('起始日不计，无论几点、是否休假', () => {
    for (const time of ['00:00:00', '12:00:00', '23:59:59'])
      expect(due({ from: at(`2026-11-13T${time}`), amount: 1, unit: 'WORKING_DAY' })).toBe('2026-11-17T00:00');
    expect(due({ from: at('2026-11-14T12:00:00'), amount: 1, unit: 'WORKING_DAY' })).toBe('2026-11-17T00:00');
  });

  test('到期时刻相等不算逾期，多一毫秒就算', () => {
    const { dueAt } = calendar.deadline({ from: at('2026-11-13T10:00:00'), amount: 1, unit: 'WORKING_DAY' });
    expect(calendar.isOverdue(dueAt, dueAt)).toBe(false);
    expect(calendar.isOverdue(new Date(dueAt.getTime() + 1), dueAt)).toBe(true);
  });

  test.each([
    ['2026-12-31T10:00:00', 1, true],
    ['2026-12-30T10:00:00', 1, false],
    ['2026-12-30T10:00:00', 2, true],
    ['2023-12-31T10:00:00', 1, false],
    ['2023-12-25T10:00:00', 1, true],
  ])('%s 起 %i 个工作日是否为暂定：%s', (from, amount, provisional) =>
    expect(calendar.deadline({ from: at(from), amount, unit: 'WORKING_DAY' }).provisional).toBe(provisional),
  );

  test.each([
    ['NATURAL_DAY', false, false],
    ['NATURAL_DAY', true, true],
    ['HOUR', true, false],
  ] as const)('跨入未公布年份时 %s（顺延 %s）的暂定标记为 %s', (unit, rollToWorkingDay, provisional) =>
    expect(calendar.deadline({ from: at('2026-12-31T10:00:00'), amount: 24, unit, rollToWorkingDay }).provisional).toBe(provisional),
  );

  test.each([
    ['2026-11-16T10:00:00', '2026-11-19T00:00:00', 2],
    ['2026-11-18T23:00:00', '2026-11-19T00:00:00', 0],
    ['2026-11-19T01:00:00', '2026-11-19T00:00:00', -1],
    ['2026-11-22T01:00:00', '2026-11-21T00:00:00', 0],
  ])('%s 距 %s 还剩 %i 个工作日', (now, dueAt, left) => expect(calendar.workingDaysLeft(at(now), at(dueAt))).toBe(left));

  test.each([
    ['2026-11-16T10:00:00', 'GREEN'],
    ['2026-11-22T12:00:00', 'YELLOW'],
    ['2026-11-24T00:00:00', 'YELLOW'],
    ['2026-11-24T00:00:01', 'RED'],
  ])('警示灯在 %s 是 %s', (now, light) => {
    const from = at('2026-11-16T10:00:00');
    const { dueAt } = calendar.deadline({ from, amount: 5, unit: 'WORKING_DAY' });
    expect(calendar.cautionLight({ now: at(now), from, dueAt, unit: 'WORKING_DAY' })).toBe(light);
  });

  test.each([-1, 1.5, 4_000, Number.NaN])('a period of %p is refused', (amount) => {
    expect(() => calendar.deadline({ from: at('2026-11-16T10:00:00'), amount, unit: 'WORKING_DAY' })).toThrow(RangeError);
  });
});
