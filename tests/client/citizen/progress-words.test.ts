import { crossProvinceModes as known } from '#knowledge-base/contracts';
import { crossProvinceModes } from '../../../client/src/features/portal/answer/mode-labels';
import { dayCells, dayNote, dueWords } from '../../../client/src/features/progress/due-words';

const day = (date: string, kind: string, given: { counted?: boolean; ordinal?: number; note?: string; label?: string } = {}) => ({
  date,
  weekday: '周' + '日一二三四五六'[new Date(`${date}T00:00:00Z`).getUTCDay()],
  kind,
  label: given.label ?? '',
  counted: given.counted ?? false,
  ordinal: given.ordinal ?? null,
  note: given.note ?? null,
});

const holiday = ['01', '02', '03', '04', '05', '06', '07'].map((date) => day(`2026-10-${date}`, 'HOLIDAY', { label: '国庆节' }));
const days = [
  day('2026-09-29', 'WORK', { note: 'START' }),
  day('2026-09-30', 'WORK', { counted: true, ordinal: 1 }),
  ...holiday,
  day('2026-10-08', 'WORK', { counted: true, ordinal: 2 }),
  day('2026-10-09', 'WORK', { counted: true, ordinal: 3 }),
  day('2026-10-10', 'MAKEUP', { counted: true, ordinal: 4 }),
  day('2026-10-11', 'WEEKEND'),
  day('2026-10-12', 'WORK', { counted: true, ordinal: 5 }),
];

describe('期限说给人听', () => {
  test.each([
    [{ dueAt: null, workingDaysLeft: null, light: 'NONE' }, null],
    [
      { dueAt: '2026-10-12T16:00:00Z', workingDaysLeft: 2, light: 'YELLOW' },
      { headline: '还剩 2 个工作日', tone: 'near', until: '10 月 12 日（周一）24:00 前' },
    ],
    [
      { dueAt: '2026-10-12T16:00:00Z', workingDaysLeft: 4, light: 'GREEN' },
      { headline: '还剩 4 个工作日', tone: 'info' },
    ],
    [
      { dueAt: '2026-10-12T16:00:00Z', workingDaysLeft: 0, light: 'YELLOW' },
      { headline: '今天到期', figure: null },
    ],
    [
      { dueAt: '2026-10-12T16:00:00Z', workingDaysLeft: -3, light: 'RED' },
      { headline: '超过期限 3 个工作日', tone: 'overdue', figure: '3' },
    ],
  ] as const)('%j', (given, expected) => {
    const words = dueWords(given);
    if (expected === null) expect(words).toBeNull();
    else expect(words).toMatchObject(expected);
  });

  test('一天一格：长假并成一格，补班写补班，今天加框，最后一天写到期', () => {
    const cells = dayCells(days, '2026-10-09');
    expect(cells.map((cell) => `${cell.head} ${cell.middle} ${cell.foot}`)).toEqual([
      '9/29 二 起 不计',
      '9/30 三 1 计',
      '10/1–7 休 国庆节',
      '10/8 四 2 计',
      '10/9 五 3 今天',
      '10/10 六 4 补班',
      '10/11 日 休 不计',
      '10/12 一 5 到期',
    ]);
    expect(cells.filter((cell) => cell.isToday).map((cell) => cell.date)).toEqual(['2026-10-09']);
    expect(dayNote(days)).toBe('期限 5 个工作日，从第二天起数；放假 7 天不计；补班 1 天要计。');
  });

  test('今天正在长假里，也看得到今天那一格', () => {
    expect(dayCells(days, '2026-10-03').map((cell) => cell.head)).toEqual(expect.arrayContaining(['10/1–2', '10/3 六', '10/4–7']));
  });
});

test('通办方式的叫法与知识库一致', () => {
  expect(crossProvinceModes).toEqual(known);
});
