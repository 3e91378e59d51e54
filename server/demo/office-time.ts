import type { Calendar } from '#calendar';
import { shanghaiDay, startOfShanghaiDay } from '#kernel';

const hour = 3_600_000;
const opens = 9;
const closes = 17.5;

/** The instant itself when somebody is at the desk, else the next opening a little later. */
export const atTheDesk =
  (calendar: Calendar) =>
  (at: Date, lateness = 0): Date => {
    let day = shanghaiDay(at);
    const time = (at.getTime() - startOfShanghaiDay(day).getTime()) / hour;
    if (calendar.isWorkingDay(day) && time >= opens && time < closes) return at;
    if (time >= closes || !calendar.isWorkingDay(day)) day = calendar.addWorkingDays(day, 1);
    return new Date(startOfShanghaiDay(day).getTime() + opens * hour + lateness * hour);
  };
