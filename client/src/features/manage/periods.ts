import { isoDay } from '../../shared/formatting/dates';

export interface Period {
  readonly from: string;
  readonly to: string;
}

const two = (value: number): string => String(value).padStart(2, '0');
const lastDay = (year: number, month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

const monthOf = (year: number, month: number): Period => ({ from: `${year}-${two(month)}-01`, to: lastDay(year, month) });

export const periods = { thisMonth: '本月', lastMonth: '上月', quarter: '本季度', year: '本年' } as const;
export type PeriodName = keyof typeof periods;

/** A period by name at a moment, whole months in Asia/Shanghai. */
export const periodOf = (name: PeriodName, now: number): Period => {
  const [year = 0, month = 1] = isoDay(now).split('-').map(Number);
  if (name === 'thisMonth') return monthOf(year, month);
  if (name === 'lastMonth') return month === 1 ? monthOf(year - 1, 12) : monthOf(year, month - 1);
  if (name === 'year') return { from: `${year}-01-01`, to: `${year}-12-31` };
  const first = Math.floor((month - 1) / 3) * 3 + 1;
  return { from: `${year}-${two(first)}-01`, to: lastDay(year, first + 2) };
};
