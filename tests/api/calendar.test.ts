import { type Person, startTestSystem, type TestSystem } from '../support/test-system';

let world: TestSystem;
let admin: Person;
let agent: Person;

beforeAll(async () => {
  world = await startTestSystem({ now: '2026-12-30T02:00:00.000Z' });
  [admin, agent] = [await world.as('admin1'), await world.as('agent1')];
});
afterAll(() => world.close());

const days2027 = [
  { date: '2027-01-01', kind: 'HOLIDAY', label: '元旦' },
  { date: '2027-10-01', kind: 'HOLIDAY', label: '国庆节' },
];

describe('工作日历接口', () => {
  test('anybody who works with deadlines reads the calendar, and learns which year is missing', async () => {
    const years = await agent.get('/calendar/years').expect(200);
    expect(years.body).toMatchObject({ calendarVersion: 3, missingYears: [2027] });
    const year = await agent.get('/calendar/years/2026').expect(200);
    expect(year.body).toMatchObject({ provisional: false, workingDays: 248 });
    expect(year.body.days[43]).toEqual({ date: '2026-02-13', weekday: 5, kind: 'WORK', label: '', working: true });
  });

  test('a deadline is explained day by day', async () => {
    const answer = await agent.get(`/calendar/deadline?from=${encodeURIComponent('2026-02-13T09:00:00+08:00')}&amount=2&unit=WORKING_DAY`).expect(200);
    expect(answer.body).toMatchObject({ dueAt: '2026-02-25T00:00:00.000+08:00', calendarProvisional: false, calendarVersion: 3 });
    expect(answer.body.days).toHaveLength(12);
    expect(answer.body.days[1]).toEqual({ date: '2026-02-14', weekday: '周六', kind: 'MAKEUP', label: '补班（春节）', counted: true, ordinal: 1, note: null });
  });

  test.each([
    ['amount=2&unit=WORKING_DAY', 'no start'],
    ['from=0000-01-01T00:00:00Z&amount=2&unit=WORKING_DAY', 'a start before all calendars'],
    ['from=2026-02-13T09:00:00Z&amount=-1&unit=WORKING_DAY', 'a negative amount'],
    ['from=2026-02-13T09:00:00Z&amount=2&unit=WEEK', 'an unknown unit'],
    ['from=2026-02-13T09:00:00Z&amount=2&unit=HOUR&and=1', 'an unknown parameter'],
  ])('%s is refused (%s)', (query) => agent.get(`/calendar/deadline?${query}`).expect(422));

  test('only an administrator imports, and what is wrong is named', async () => {
    await agent.put('/calendar/years/2027', { source: '示例', days: days2027 }).expect(403);
    const refused = await admin
      .put('/calendar/years/2027', { source: '示例', days: [...days2027, { date: '2027-02-31', kind: 'HOLIDAY', label: '春节' }] })
      .expect(422);
    expect(refused.body.errors[0].path).toBe('/days/2/date');
    const short = await admin.put('/calendar/years/2027', { source: '示例', days: days2027.slice(1) }).expect(422);
    expect(short.body).toMatchObject({ code: 'calendar/bad-days' });
    const done = await admin
      .put('/calendar/years/2027/file', { source: '示例', csv: '日期,类型,名称\n2027-01-01,放假,元旦\n2027-10-01,放假,国庆节\n' })
      .expect(200);
    expect(done.body).toEqual({ version: 4, year: 2027, region: '000000', days: 2, replayed: false });
    const again = await admin.put('/calendar/years/2027', { source: '示例', days: days2027 }).expect(200);
    expect(again.body.replayed).toBe(true);
    expect((await agent.get('/calendar/years').expect(200)).body.missingYears).toEqual([]);
  });
});
