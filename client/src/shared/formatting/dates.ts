/*
 * Dates as people read them, always in Asia/Shanghai whatever the computer says. China has kept UTC+8 without summer time
 * since 1991, so the offset is arithmetic and costs nothing in a list of a thousand rows.
 */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

type Instant = string | number | Date;

const local = (at: Instant): Date => new Date(new Date(at).getTime() + OFFSET_MS);
const two = (value: number): string => String(value).padStart(2, '0');

/** Number of the calendar day in Shanghai; equal numbers mean the same day. */
export const dayNumber = (at: Instant): number => Math.floor(local(at).getTime() / DAY_MS);

/** 2026-10-09 */
export const isoDay = (at: Instant): string => local(at).toISOString().slice(0, 10);

/** 10-09 */
export const monthDay = (at: Instant): string => isoDay(at).slice(5);

/** 14:27 */
export const hourMinute = (at: Instant): string => `${two(local(at).getUTCHours())}:${two(local(at).getUTCMinutes())}`;

/** 14:27:48 */
export const hourMinuteSecond = (at: Instant): string => `${hourMinute(at)}:${two(local(at).getUTCSeconds())}`;

/** 10-09 14:27, the form of lists and tables. */
export const dayTime = (at: Instant): string => `${monthDay(at)} ${hourMinute(at)}`;

export const weekday = (at: Instant): string => weekdays[local(at).getUTCDay()] ?? '';

/** 10 月 9 日（周五）, the form of sentences. */
export const spokenDay = (at: Instant): string => `${local(at).getUTCMonth() + 1} 月 ${local(at).getUTCDate()} 日（${weekday(at)}）`;

/** 今日 14:27, 昨日 09:12, else 02-11 10:26; another year is written out. */
export const recent = (at: Instant, now: Instant): string => {
  const behind = dayNumber(now) - dayNumber(at);
  if (behind === 0) return `今日 ${hourMinute(at)}`;
  if (behind === 1) return `昨日 ${hourMinute(at)}`;
  return isoDay(at).slice(0, 4) === isoDay(now).slice(0, 4) ? dayTime(at) : isoDay(at);
};
