import fc from 'fast-check';
import { createShippedCalendar, type DeadlineSpec } from '#calendar';

const calendar = createShippedCalendar();
const at = (text: string): Date => new Date(`${text}+08:00`);
const shown = (date: Date): string => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
const due = (spec: DeadlineSpec): string => shown(calendar.deadline(spec).dueAt);

const fiveDays: DeadlineSpec = { from: at('2026-11-16T10:00:00'), amount: 5, unit: 'WORKING_DAY' };

describe('暂停（rules §3.8）', () => {
  test.each([
    ['2026-11-18T10:00:00', '2026-11-19T10:00:00', '2026-11-25T00:00', '停一整天，顺延一个工作日'],
    ['2026-11-18T10:00:00', '2026-11-18T12:00:00', '2026-11-24T02:00', '停两小时，恢复两小时'],
    ['2026-11-18T23:59:00', '2026-11-19T00:01:00', '2026-11-24T00:02', '跨零点两分钟只得两分钟'],
    ['2026-11-21T00:00:00', '2026-11-23T00:00:00', '2026-11-24T00:00', '周末不计时，停了也不多得'],
    ['2026-11-16T10:00:00', '2026-11-16T20:00:00', '2026-11-24T00:00', '起始日本来不计'],
    ['2026-11-24T00:00:00', '2026-11-30T00:00:00', '2026-11-24T00:00', '到期后才暂停，已到期不变'],
    ['2026-11-20T00:00:00', '2026-11-21T00:00:00', '2026-11-25T00:00', '停到周末前'],
  ])('%s 到 %s 暂停，到期 %s（%s）', (from, to, expected) => {
    expect(due(fiveDays)).toBe('2026-11-24T00:00');
    expect(due({ ...fiveDays, pauses: [{ from: at(from), to: at(to) }] })).toBe(expected);
  });

  test('剩余的工作时间在恢复后分毫不少', () => {
    const pause = { from: at('2026-09-29T15:00:00'), to: at('2026-10-09T09:30:00') };
    const spec: DeadlineSpec = { from: at('2026-09-24T11:00:00'), amount: 5, unit: 'WORKING_DAY' };
    const left = calendar.workingTimeBetween(pause.from, calendar.deadline(spec).dueAt);
    const after = calendar.deadline({ ...spec, pauses: [pause] }).dueAt;
    expect(calendar.workingTimeBetween(pause.to, after)).toBe(left);
  });

  test('小时与自然日连续顺延', () => {
    const pauses = [{ from: at('2026-11-16T11:00:00'), to: at('2026-11-17T11:30:00') }];
    expect(due({ from: at('2026-11-16T10:00:00'), amount: 24, unit: 'HOUR', pauses })).toBe('2026-11-18T10:30');
    expect(due({ from: at('2026-11-16T10:00:00'), amount: 3, unit: 'NATURAL_DAY', pauses })).toBe('2026-11-20T11:30');
  });

  test('overlapping pauses count once, whatever their order', () => {
    const hour = fc.integer({ min: 0, max: 400 });
    const pauseList = fc.array(fc.tuple(hour, fc.integer({ min: 1, max: 80 })), { maxLength: 6 });
    fc.assert(
      fc.property(pauseList, fc.constantFrom('HOUR', 'NATURAL_DAY', 'WORKING_DAY'), (list, unit) => {
        const pauses = list.map(([start, length]) => ({
          from: new Date(fiveDays.from.getTime() + start * 3_600_000),
          to: new Date(fiveDays.from.getTime() + (start + length) * 3_600_000),
        }));
        const spec: DeadlineSpec = { ...fiveDays, unit, amount: unit === 'HOUR' ? 100 : 5 };
        const once = calendar.deadline({ ...spec, pauses }).dueAt;
        expect(calendar.deadline({ ...spec, pauses: [...pauses, ...pauses].reverse() }).dueAt).toEqual(once);
        expect(once.getTime()).toBeGreaterThanOrEqual(calendar.deadline(spec).dueAt.getTime());
      }),
    );
  });

  test('stopping and going on never gives more than the time stopped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), (start, length) => {
        const pause = { from: new Date(fiveDays.from.getTime() + start * 60_000), to: new Date(fiveDays.from.getTime() + (start + length) * 60_000) };
        const plain = calendar.deadline(fiveDays).dueAt;
        const paused = calendar.deadline({ ...fiveDays, pauses: [pause] }).dueAt;
        expect(calendar.workingTimeBetween(plain, paused)).toBeLessThanOrEqual(calendar.workingTimeBetween(pause.from, pause.to));
      }),
    );
  });
});

describe('逐日说明', () => {
  test('每一天都说得清：春节与补班', () => {
    const { days, dueAt } = calendar.explain({ from: at('2026-02-13T09:00:00'), amount: 2, unit: 'WORKING_DAY' });
    expect(shown(dueAt)).toBe('2026-02-25T00:00');
    expect(days).toHaveLength(12);
    expect(days.slice(0, 3)).toEqual([
      { date: '2026-02-13', weekday: '周五', kind: 'WORK', label: '', counted: false, ordinal: null, note: 'START' },
      { date: '2026-02-14', weekday: '周六', kind: 'MAKEUP', label: '补班（春节）', counted: true, ordinal: 1, note: null },
      { date: '2026-02-15', weekday: '周日', kind: 'HOLIDAY', label: '春节', counted: false, ordinal: null, note: null },
    ]);
    expect(days.at(-1)).toEqual({ date: '2026-02-24', weekday: '周二', kind: 'WORK', label: '', counted: true, ordinal: 2, note: null });
  });

  test('顺延的日子标出来，不计数', () => {
    const { days } = calendar.explain({ from: at('2026-11-02T09:00:00'), amount: 5, unit: 'NATURAL_DAY', rollToWorkingDay: true });
    expect(days.map((day) => [day.date.slice(8), day.ordinal, day.note])).toEqual([
      ['02', null, 'START'],
      ['03', 1, null],
      ['04', 2, null],
      ['05', 3, null],
      ['06', 4, null],
      ['07', 5, null],
      ['08', null, 'ROLLED'],
      ['09', null, 'ROLLED'],
    ]);
  });

  test('暂停的日子标出来，计数恰好是期限的天数', () => {
    const { days } = calendar.explain({ ...fiveDays, pauses: [{ from: at('2026-11-18T10:00:00'), to: at('2026-11-19T10:00:00') }] });
    expect(days.map((day) => [day.date.slice(8), day.ordinal, day.note])).toEqual([
      ['16', null, 'START'],
      ['17', 1, null],
      ['18', 2, 'PAUSED'],
      ['19', null, 'PAUSED'],
      ['20', 3, null],
      ['21', null, null],
      ['22', null, null],
      ['23', 4, null],
      ['24', 5, null],
    ]);
  });

  test('小时期限列出经过的日子，没有序号', () => {
    const { days } = calendar.explain({ from: at('2026-10-01T22:00:00'), amount: 24, unit: 'HOUR' });
    expect(days.map((day) => [day.date, day.counted, day.ordinal])).toEqual([
      ['2026-10-01', true, null],
      ['2026-10-02', true, null],
    ]);
  });
});
