import type { IconName } from '../icons/icons';
import { dayNumber, spokenDay } from './dates';
import { roughSpan } from './durations';

export type Tone = 'plain' | 'info' | 'near' | 'overdue' | 'done' | 'call';

/** What the server says about a clock; everything but the instant is optional because older answers leave it out. */
export interface Deadline {
  readonly dueAt: string | null;
  readonly paused?: boolean | undefined;
  /** Counted by the calendar on the server; a screen cannot know holidays. */
  readonly workingDaysLeft?: number | null | undefined;
  /** CautionLight of rules §3.1. */
  readonly light?: string | null | undefined;
  /** A limit in hours runs through nights and holidays; working days would be the wrong unit. */
  readonly inHours?: boolean | undefined;
  /** The calendar year is not published yet. */
  readonly provisional?: boolean | undefined;
}

export interface DeadlineWords {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly text: string;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

const late = (deadline: Deadline, past: number): DeadlineWords => {
  const days = deadline.inHours === true ? 0 : (deadline.workingDaysLeft ?? 0);
  return { icon: 'overdue', tone: 'overdue', text: days < 0 ? `逾期 ${-days} 工作日` : `逾期 ${past < MINUTE ? '不到 1 分' : roughSpan(past)}` };
};

/** Icon, colour and word of a deadline at `now`; null when no clock runs. */
export const deadlineWords = (deadline: Deadline, now: number): DeadlineWords | null => {
  if (deadline.paused === true) return { icon: 'pause', tone: 'plain', text: '计时暂停' };
  if (deadline.dueAt === null) return null;
  const due = Date.parse(deadline.dueAt);
  const left = due - now;
  if (left <= 0) return late(deadline, -left);
  if (deadline.inHours === true) return { icon: 'clock', tone: left <= 3 * HOUR ? 'near' : 'plain', text: `剩 ${roughSpan(left)}` };
  if (left <= 3 * HOUR) return { icon: 'clock', tone: 'near', text: `剩 ${roughSpan(left)}` };
  // 24:00 of a day is the first instant of the next one.
  if (dayNumber(due - 1) === dayNumber(now)) return { icon: 'clock', tone: 'near', text: '今日到期' };
  const days = deadline.workingDaysLeft;
  const text = typeof days === 'number' ? `剩 ${days} 工作日` : `${spokenDay(due - 1)}到期`;
  if (deadline.light === 'YELLOW') return { icon: 'clock', tone: 'near', text: `将到期 · ${text}` };
  return { icon: 'clock', tone: 'plain', text: deadline.provisional === true ? `${text}（暂定）` : text };
};
