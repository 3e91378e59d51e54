import { hourMinute } from './dates';

export interface CalendarDay {
  /** 2026-10-09 */
  readonly date: string;
  readonly counted: boolean;
  /** Which counted day it is. */
  readonly ordinal: number | null;
  /** Why it does not count, or what is special: 国庆放假, 补班. */
  readonly label: string;
}

export interface DayCell {
  readonly key: string;
  readonly top: string;
  readonly bottom: string;
  readonly kind: 'off' | 'counted' | 'end';
}

const short = (date: string): string => date.slice(5);

const offCell = (first: CalendarDay, last: CalendarDay): DayCell => ({
  key: first.date,
  top: first === last ? short(first.date) : `${short(first.date)} 至 ${last.date.slice(8)}`,
  bottom: first.label,
  kind: 'off',
});

const countedCell = (day: CalendarDay): DayCell => ({
  key: day.date,
  top: short(day.date),
  bottom: day.label.includes('班') ? `补班 ${day.ordinal ?? ''}` : `第 ${day.ordinal ?? ''} 日`,
  kind: 'counted',
});

const endCell = (day: CalendarDay, dueAt: string): DayCell => {
  const at = hourMinute(dueAt);
  return { key: day.date, top: `${short(day.date)} 第 ${day.ordinal ?? ''} 日`, bottom: `${at === '00:00' ? '24:00' : at} 到期`, kind: 'end' };
};

/** One cell a day; neighbours that do not count for one reason share a cell. */
export const dayCells = (days: readonly CalendarDay[], dueAt: string | null): readonly DayCell[] => {
  const lastCounted = days.findLast((day) => day.counted);
  const groups = days.reduce<CalendarDay[][]>((made, day) => {
    const open = made.at(-1);
    const before = open?.at(-1);
    if (open !== undefined && before !== undefined && !before.counted && !day.counted && before.label === day.label) open.push(day);
    else made.push([day]);
    return made;
  }, []);
  return groups.flatMap((group) => {
    const first = group[0];
    const last = group.at(-1);
    if (first === undefined || last === undefined) return [];
    if (!first.counted) return [offCell(first, last)];
    return [first === lastCounted && dueAt !== null ? endCell(first, dueAt) : countedCell(first)];
  });
};
