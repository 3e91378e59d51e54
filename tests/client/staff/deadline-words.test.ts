import { deadlineWords } from '../../../client/src/shared/formatting/deadline';
import { createWorkingDays } from '../../../client/src/shared/formatting/working-days';
import { dayCells } from '../../../client/src/shared/formatting/day-cells';
import { isoDay, recent, spokenDay } from '../../../client/src/shared/formatting/dates';
import { ago, span, timer } from '../../../client/src/shared/formatting/durations';
import { rate } from '../../../client/src/shared/formatting/numbers';
import { settled } from './mounted';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const now = at('2026-10-09T10:00:00');

describe('时限的字', () => {
  test.each([
    ['逾期不到一天', { dueAt: '2026-10-09T07:00:00+08:00' }, '逾期 3 小时', 'overdue'],
    ['刚刚过了', { dueAt: '2026-10-09T09:59:40+08:00' }, '逾期 不到 1 分', 'overdue'],
    ['按小时算的，不说工作日', { dueAt: '2026-10-10T10:00:00+08:00', inHours: true, workingDaysLeft: 1 }, '剩 1 天', 'plain'],
    ['逾期几个工作日', { dueAt: '2026-09-30T00:00:00+08:00', workingDaysLeft: -2 }, '逾期 2 工作日', 'overdue'],
    ['三小时以内说剩多少', { dueAt: '2026-10-09T11:00:00+08:00' }, '剩 1 小时', 'near'],
    ['当天 24:00 是今日到期', { dueAt: '2026-10-10T00:00:00+08:00' }, '今日到期', 'near'],
    ['还有几个工作日', { dueAt: '2026-10-14T00:00:00+08:00', workingDaysLeft: 2 }, '剩 2 工作日', 'plain'],
    ['黄灯', { dueAt: '2026-10-14T00:00:00+08:00', workingDaysLeft: 1, light: 'YELLOW' }, '将到期 · 剩 1 工作日', 'near'],
    ['日历未公布', { dueAt: '2027-01-05T00:00:00+08:00', workingDaysLeft: 60, provisional: true }, '剩 60 工作日（暂定）', 'plain'],
    ['不知道工作日就说哪天', { dueAt: '2026-10-14T00:00:00+08:00' }, '10 月 13 日（周二）到期', 'plain'],
    ['暂停时不说日期', { dueAt: '2026-10-09T07:00:00+08:00', paused: true }, '计时暂停', 'plain'],
  ])('%s', (_, deadline, text, tone) => {
    expect(deadlineWords(deadline, now)).toMatchObject({ text, tone });
  });

  test('没有时限就什么都不写', () => expect(deadlineWords({ dueAt: null }, now)).toBeNull());
});

describe('剩几个工作日', () => {
  const working = new Set(['2026-10-09', '2026-10-10', '2026-10-12', '2026-10-13']);
  const days = ['2026-10-09', '2026-10-10', '2026-10-11', '2026-10-12', '2026-10-13'].map((date) => ({ date, working: working.has(date) }));

  test('补班的周六要算，一年只取一次', async () => {
    const get = jest.fn(() => Promise.resolve({ days }));
    const calendar = createWorkingDays({ get: get as never });
    expect(calendar.left(now, '2026-10-14T00:00:00+08:00')).toBeNull();
    await settled();
    expect(calendar.left(now, '2026-10-14T00:00:00+08:00')).toBe(3);
    expect(calendar.left(now, '2026-10-12T00:00:00+08:00')).toBe(1);
    expect(calendar.left(at('2026-10-13T09:00:00'), '2026-10-10T00:00:00+08:00')).toBe(-3);
    expect(get).toHaveBeenCalledTimes(1);
  });
});

describe('逐日说明', () => {
  test('放假连成一格，补班写明，最后一天写到期', () => {
    const cells = dayCells(
      [
        { date: '2026-09-30', counted: false, ordinal: null, label: '起，不计' },
        { date: '2026-10-01', counted: false, ordinal: null, label: '国庆放假' },
        { date: '2026-10-02', counted: false, ordinal: null, label: '国庆放假' },
        { date: '2026-10-09', counted: true, ordinal: 1, label: '' },
        { date: '2026-10-10', counted: true, ordinal: 2, label: '补班' },
      ],
      '2026-10-11T00:00:00+08:00',
    );
    expect(cells.map((cell) => `${cell.top}|${cell.bottom}|${cell.kind}`)).toEqual([
      '09-30|起，不计|off',
      '10-01 至 02|国庆放假|off',
      '10-09|第 1 日|counted',
      '10-10 第 2 日|24:00 到期|end',
    ]);
  });
});

describe('日期、时长、数', () => {
  test('按上海时间说日子', () => {
    expect(isoDay('2026-10-08T16:30:00Z')).toBe('2026-10-09');
    expect(spokenDay(now)).toBe('10 月 9 日（周五）');
    expect(recent(at('2026-10-09T09:12:00'), now)).toBe('今日 09:12');
    expect(recent(at('2026-10-08T23:59:00'), now)).toBe('昨日 23:59');
    expect(recent(at('2025-12-31T08:00:00'), now)).toBe('2025-12-31');
  });
  test.each([
    [timer(252_000), '04:12'],
    [timer(3_852_000), '1:04:12'],
    [span(525_600_000), '6 天 2 小时'],
    [span(86_400_000), '1 天'],
    [ago(400), '0.4 秒前'],
    [rate(203, 208), '97.60%'],
    [rate(0, 0), '—'],
  ])('%s', (made, expected) => expect(made).toBe(expected));
});
