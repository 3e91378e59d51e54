import { type Arrangement, type Calendar, createCalendar, createShippedCalendar, nationwide, readArrangementCsv } from '#calendar';
import { systemActor } from '#kernel';
import { createFacts } from '#platform';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

const sheet2027 = '日期,类型,名称\n2027-01-01,放假,元旦\n2027-02-05,放假,春节\n2027-02-08,放假,春节\n2027-10-01,放假,国庆节\n2027-02-07,补班,春节\n';

const year2027: Arrangement = { year: 2027, region: nationwide, source: '示例通知', days: readArrangementCsv(sheet2027) };

let temporary: TemporaryDatabase;
let calendar: Calendar;

beforeAll(async () => {
  temporary = await openTemporaryDatabase('2026-12-30T02:00:00.000Z');
});
beforeEach(async () => {
  await temporary.database.sequelize.query('DELETE FROM calendar_day');
  await temporary.database.sequelize.query('DELETE FROM calendar_version');
  calendar = createCalendar(temporary);
  await calendar.load();
});
afterAll(() => temporary.close());

describe('按年导入', () => {
  test('an empty database starts with the shipped years, once', async () => {
    await createCalendar(temporary).load();
    expect(calendar.years().map((year) => [year.year, year.version, year.holidays, year.makeups])).toEqual([
      [2026, 3, 33, 6],
      [2025, 2, 28, 5],
      [2024, 1, 28, 8],
    ]);
    expect([calendar.yearTable(2024), calendar.yearTable(2025), calendar.yearTable(2026)].map((year) => year.workingDays)).toEqual([251, 248, 248]);
  });

  test('a missing year is announced, imported, audited and then no longer provisional', async () => {
    const from = temporary.clock.now();
    expect(calendar.missingYears()).toEqual([2027]);
    expect(calendar.deadline({ from, amount: 2, unit: 'WORKING_DAY' })).toMatchObject({
      dueAt: new Date('2027-01-01T16:00:00Z'),
      provisional: true,
      calendarVersion: 3,
    });
    expect(await calendar.importYear(year2027, systemActor)).toEqual({ version: 4, year: 2027, region: nationwide, days: 5, replayed: false });
    expect(calendar.missingYears()).toEqual([]);
    expect(calendar.deadline({ from, amount: 2, unit: 'WORKING_DAY' })).toEqual({
      dueAt: new Date('2027-01-04T16:00:00Z'),
      provisional: false,
      calendarVersion: 4,
    });
    expect(calendar.isWorkingDay('2027-02-07')).toBe(true);
    await createFacts(temporary.database).numberOutbox(10);
    const [fact] = await createFacts(temporary.database).after(0, 10);
    expect(fact).toMatchObject({ name: 'calendar.imported', payload: { year: 2027, region: nationwide, version: 4, firstForYear: true } });
  });

  test('the same table again writes nothing; another replaces the whole year and the old one can still be asked', async () => {
    await calendar.importYear(year2027, systemActor);
    expect(await calendar.importYear({ ...year2027, days: [...year2027.days].reverse() }, systemActor)).toMatchObject({ version: 4, replayed: true });
    await calendar.importYear({ ...year2027, days: year2027.days.filter((day) => day.date !== '2027-02-07') }, systemActor);
    expect(calendar.version).toBe(5);
    expect(calendar.isWorkingDay('2027-02-07')).toBe(false);
    expect(calendar.asOf(4).isWorkingDay('2027-02-07')).toBe(true);
    expect(calendar.asOf(3).isPublished(2027)).toBe(false);
  });

  test('another node learns of it by reloading', async () => {
    const other = createCalendar(temporary);
    await other.load();
    await calendar.importYear(year2027, systemActor);
    expect(other.version).toBe(3);
    await other.reload();
    expect(other.version).toBe(4);
  });

  test('a region adds its festival for itself and what lies below it, and for nobody else', async () => {
    await calendar.importYear({ year: 2026, region: '150000', source: '示例', days: [{ date: '2026-11-24', kind: 'HOLIDAY', label: '那达慕' }] }, systemActor);
    expect(['150000', '150102', '110000', undefined].map((region) => calendar.isWorkingDay('2026-11-24', region))).toEqual([false, false, true, true]);
    expect(calendar.isWorkingDay('2026-10-10', '150102')).toBe(true);
    expect(calendar.yearTable(2026, '150102').workingDays).toBe(247);
    const spec = { from: new Date('2026-11-23T02:00:00Z'), amount: 1, unit: 'WORKING_DAY' } as const;
    expect(calendar.deadline({ ...spec, region: '150102' }).dueAt).toEqual(new Date('2026-11-25T16:00:00Z'));
    expect(calendar.deadline(spec).dueAt).toEqual(new Date('2026-11-24T16:00:00Z'));
  });

  test.each([
    ['本来就是工作日的补班', [{ date: '2027-02-09', kind: 'MAKEUP', label: '春节' }], 'makeup-on-weekday'],
    ['别的年份', [{ date: '2028-01-01', kind: 'HOLIDAY', label: '元旦' }], 'other-year'],
    ['重复的日期', [{ date: '2027-01-01', kind: 'HOLIDAY', label: '元旦' }], 'duplicate-day'],
    ['不存在的日期', [{ date: '2027-02-29', kind: 'HOLIDAY', label: '春节' }], 'not-a-day'],
  ] as const)('refuses %s as a whole', async (_title, extra, code) => {
    await expect(calendar.importYear({ ...year2027, days: [...year2027.days, ...extra] }, systemActor)).rejects.toMatchObject({
      code: 'calendar/bad-days',
      errors: [{ path: '/days/5', code }],
    });
    expect(calendar.version).toBe(3);
  });

  test('refuses a national table that is cut short', async () => {
    const short = { ...year2027, days: year2027.days.slice(0, 2) };
    await expect(calendar.importYear(short, systemActor)).rejects.toMatchObject({ errors: [{ path: '/days', code: 'festival-missing' }] });
  });

  test('of many imports at one moment each is a version of its own or refused, and none is lost', async () => {
    const labels = ['一', '二', '三', '四', '五', '六'];
    const imports = labels.map((label) => calendar.importYear({ ...year2027, days: year2027.days.map((day) => ({ ...day, label })) }, systemActor));
    const settled = await Promise.allSettled(imports);
    const versions = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value.version] : []));
    expect(new Set(versions).size).toBe(versions.length);
    expect(calendar.version).toBe(3 + versions.length);
    for (const result of settled) if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'conflict' });
  });
});

describe('日历表格', () => {
  test('bad rows are named with number, field and reason, and nothing is taken', () => {
    expect(() => readArrangementCsv('日期,类型,名称\n2027-01-01,放假,元旦\n2027-01-02,休假,元旦\n2027-01-03,补班,\n')).toThrow(
      expect.objectContaining({
        errors: [
          { path: '/rows/3/kind', code: 'invalid_value', message: '第 3 行：类型应为“放假”或“补班”' },
          { path: '/rows/4/label', code: 'custom', message: '第 4 行：必填' },
        ],
      }),
    );
  });

  test('a file that is no table is refused', () => {
    expect(() => readArrangementCsv('日期,类型,名称\n"2027-01-01,放假')).toThrow(expect.objectContaining({ code: 'calendar/unreadable-file' }));
  });

  test('the pure calendar needs no database', () => {
    expect(createShippedCalendar().version).toBe(3);
  });
});
