import type { DayKind, DayTable } from './day-table';
import { type DayNo, dayMs, dayNoAt, endOf, lastDayBefore, startOf, toDay, weekdayOf } from './days';
import { computeDue, countingStart, type DeadlineSpec, dueBeforeRoll, effectivePauses, isRolled, type Pause, regionOf } from './deadline';

export interface ExplainedDay {
  readonly date: string;
  /** 周一 … 周日 */
  readonly weekday: string;
  readonly kind: DayKind;
  /** 春节, 补班（春节）, 周末; empty for an ordinary working day. */
  readonly label: string;
  readonly counted: boolean;
  /** Which day of the period this is, counting from 1. */
  readonly ordinal: number | null;
  /** Why a day stands out: where the count starts, where the clock stood, where the last day moved past. */
  readonly note: 'START' | 'PAUSED' | 'ROLLED' | null;
}

export interface Explanation {
  readonly dueAt: Date;
  readonly provisional: boolean;
  readonly days: readonly ExplainedDay[];
}

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

const overlap = (pause: Pause, begin: Date, end: Date): number =>
  Math.max(0, Math.min(pause.to.getTime(), end.getTime()) - Math.max(pause.from.getTime(), begin.getTime()));

/** Time of one day that counts, and time of it that a pause took away. */
const shareOf = (
  spec: DeadlineSpec,
  no: DayNo,
  stops: { readonly due: Date; readonly working: boolean },
): { readonly used: number; readonly paused: number } => {
  const start = countingStart(spec);
  const begin = start > startOf(no) ? start : startOf(no);
  const end = stops.due < endOf(no) ? stops.due : endOf(no);
  const runs = spec.unit !== 'WORKING_DAY' || stops.working;
  if (end <= begin || !runs) return { used: 0, paused: 0 };
  const paused = effectivePauses(spec).reduce((sum, pause) => sum + overlap(pause, begin, end), 0);
  return { used: end.getTime() - begin.getTime() - paused, paused };
};

const noteOf = (facts: { readonly isStart: boolean; readonly isRolledPast: boolean; readonly paused: number }): ExplainedDay['note'] => {
  if (facts.isStart) return 'START';
  if (facts.isRolledPast) return 'ROLLED';
  return facts.paused > 0 ? 'PAUSED' : null;
};

/** Day by day from the start to the due day, so that anybody can recount a deadline with a wall calendar (rules §10). */
export const explainDue = (table: DayTable, spec: DeadlineSpec): Explanation => {
  const { dueAt, provisional } = computeDue(table, spec);
  const plain = dueBeforeRoll(table, spec);
  const first = dayNoAt(spec.from);
  const days: ExplainedDay[] = [];
  let used = 0;
  for (let no = first; no <= Math.max(first, lastDayBefore(dueAt)); no += 1) {
    const finding = table.of(no, regionOf(spec));
    const share = shareOf(spec, no, { due: plain, working: finding.working });
    const before = Math.ceil(used / dayMs);
    used += share.used;
    const ordinal = Math.ceil(used / dayMs);
    const inHours = spec.unit === 'HOUR';
    const counted = inHours ? share.used > 0 : ordinal > before;
    const isRolledPast = isRolled(spec) && no > lastDayBefore(plain);
    days.push({
      date: toDay(no),
      weekday: weekdays[weekdayOf(no)] ?? '',
      kind: finding.kind,
      label: finding.label,
      counted,
      ordinal: counted && !inHours ? ordinal : null,
      note: noteOf({ isStart: no === first, isRolledPast, paused: share.paused }),
    });
  }
  return { dueAt, provisional, days };
};
