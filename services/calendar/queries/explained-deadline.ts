import { toShanghaiIso } from '#kernel';
import type { DeadlineSpec } from '../domain/deadline';
import type { ExplainedDay } from '../domain/explanation';
import type { WorkCalendar } from '../domain/work-calendar';

/** `ExplainedDeadline` of contracts/api/calendar. */
export interface ExplainedDeadline {
  readonly from: string;
  readonly amount: number;
  readonly unit: DeadlineSpec['unit'];
  readonly dueAt: string;
  readonly calendarProvisional: boolean;
  readonly calendarVersion: number;
  readonly days: readonly ExplainedDay[];
}

/** The one form in which every screen shows how a deadline comes about. */
export const explainedDeadline = (calendar: WorkCalendar, spec: DeadlineSpec): ExplainedDeadline => {
  const { dueAt, provisional, days } = calendar.explain(spec);
  return {
    from: toShanghaiIso(spec.from),
    amount: spec.amount,
    unit: spec.unit,
    dueAt: toShanghaiIso(dueAt),
    calendarProvisional: provisional,
    calendarVersion: calendar.version,
    days,
  };
};
