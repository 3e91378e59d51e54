import type { TicketProgress } from '#contracts/api/public-tickets';
import type { CitizenIconName } from '../../shared/citizen/icons';
import { hourMinute, isoDay, spokenDay } from '../../shared/formatting/dates';

/** 9 月 28 日 */
export const plainDay = (at: string): string => `${Number(isoDay(at).slice(5, 7))} 月 ${Number(isoDay(at).slice(8, 10))} 日`;

/** 9 月 28 日 15:12 */
export const plainTime = (at: string): string => `${plainDay(at)} ${hourMinute(at)}`;

export interface DueWords {
  readonly tone: 'near' | 'overdue' | 'info';
  readonly icon: CitizenIconName;
  /** The big figure; null where a figure says nothing. */
  readonly figure: string | null;
  readonly headline: string;
  readonly tag: string;
  readonly until: string;
}

/** A limit in days ends at 24:00, which is stored as the first instant of the next day; one in hours ends at its minute. */
const until = (dueAt: string): string =>
  hourMinute(dueAt) === '00:00' ? `${spokenDay(Date.parse(dueAt) - 1)}24:00 前` : `${spokenDay(dueAt)}${hourMinute(dueAt)} 前`;

/** First how many working days are left, in the words of a person; null when no clock runs. */
export const dueWords = ({ dueAt, workingDaysLeft, light }: Pick<TicketProgress, 'dueAt' | 'workingDaysLeft' | 'light'>): DueWords | null => {
  if (dueAt === null) return null;
  const left = workingDaysLeft ?? 0;
  if (light === 'RED' || left < 0)
    return {
      tone: 'overdue',
      icon: 'warning',
      figure: left < 0 ? String(-left) : null,
      headline: left < 0 ? `超过期限 ${-left} 个工作日` : '已超过期限',
      tag: '逾期',
      until: `应在${until(dueAt)}`,
    };
  if (left === 0) return { tone: 'near', icon: 'clock', figure: null, headline: '今天到期', tag: '临近', until: until(dueAt) };
  const near = light === 'YELLOW';
  return {
    tone: near ? 'near' : 'info',
    icon: 'clock',
    figure: String(left),
    headline: `还剩 ${left} 个工作日`,
    tag: near ? '临近' : '按期',
    until: until(dueAt),
  };
};

export interface DayCell {
  readonly date: string;
  readonly head: string;
  readonly middle: string;
  readonly foot: string;
  readonly look: 'off' | 'counted' | 'last';
  readonly isToday: boolean;
}

const shortDay = (date: string): string => `${Number(date.slice(5, 7))}/${Number(date.slice(8, 10))}`;

type Day = TicketProgress['days'][number];

const footOf = (day: Day, isLast: boolean, isToday: boolean): string => {
  if (isLast) return '到期';
  if (isToday) return '今天';
  if (day.note === 'START') return '不计';
  if (day.note === 'PAUSED') return '暂停';
  if (day.kind === 'MAKEUP') return '补班';
  if (day.counted) return '计';
  return day.kind === 'HOLIDAY' ? day.label || '放假' : '不计';
};

const cellOf = (day: Day, given: { readonly isLast: boolean; readonly today: string }): DayCell => {
  const isToday = day.date === given.today;
  const middle = day.counted && day.ordinal !== null ? String(day.ordinal) : day.note === 'START' ? '起' : '休';
  return {
    date: day.date,
    head: `${shortDay(day.date)} ${day.weekday.replace(/^(周|星期)/, '')}`,
    middle,
    foot: footOf(day, given.isLast, isToday),
    look: given.isLast ? 'last' : day.counted ? 'counted' : 'off',
    isToday,
  };
};

/** A holiday of several days is one cell, as people speak of it. */
const isSameRest = (before: Day, day: Day): boolean =>
  before.kind === 'HOLIDAY' && day.kind === 'HOLIDAY' && before.note === null && day.note === null && before.label === day.label;

/** One cell a day: what counts has its number, what does not has its reason. */
export const dayCells = (days: readonly Day[], today: string): readonly DayCell[] => {
  // A limit in hours counts no days: there is nothing to lay out.
  if (days.every((day) => day.ordinal === null)) return [];
  const cells: { cell: DayCell; last: Day }[] = [];
  for (const [at, day] of days.entries()) {
    const previous = cells.at(-1);
    if (previous !== undefined && day.date !== today && previous.last.date !== today && isSameRest(previous.last, day)) {
      previous.cell = { ...previous.cell, head: `${previous.cell.head.split(/[ –]/)[0] ?? ''}–${Number(day.date.slice(8, 10))}` };
      previous.last = day;
    } else cells.push({ cell: cellOf(day, { isLast: at === days.length - 1, today }), last: day });
  }
  return cells.map(({ cell }) => cell);
};

/** The sentence under the strip: how many count, and what was left out. */
export const dayNote = (days: readonly Day[]): string => {
  const counted = days.filter((day) => day.counted).length;
  const holidays = days.filter((day) => !day.counted && day.kind === 'HOLIDAY').length;
  const makeups = days.filter((day) => day.counted && day.kind === 'MAKEUP').length;
  const parts = [
    `期限 ${counted} 个工作日，从第二天起数`,
    ...(holidays > 0 ? [`放假 ${holidays} 天不计`] : []),
    ...(makeups > 0 ? [`补班 ${makeups} 天要计`] : []),
  ];
  return `${parts.join('；')}。`;
};
