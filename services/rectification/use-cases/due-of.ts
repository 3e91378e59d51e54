import type { WorkCalendar } from '#calendar';
import type { DueOf } from '../domain/clocks';

/** The calendar as the clocks ask it: working days of a region. */
export const createDueOf =
  (calendar: WorkCalendar, region: string): DueOf =>
  ({ startsAt, amount, pauses }) => {
    const due = calendar.deadline({
      from: new Date(startsAt),
      amount,
      unit: 'WORKING_DAY',
      region,
      pauses: pauses.map((pause) => ({ from: new Date(pause.fromAt), to: new Date(pause.toAt) })),
    });
    return { dueAt: due.dueAt.getTime(), provisional: due.provisional, calendarVersion: due.calendarVersion };
  };
