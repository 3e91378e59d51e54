import type { DeadlineExplanation, DeadlineView } from '#contracts/api/ticket-views';
import { type TicketClock, ticketClockLabels } from '#contracts/vocabulary/clocks';
import { type Actor, fail, missing, toShanghaiIso } from '#kernel';
import type { ClockRow } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import type { TicketTools } from '../use-cases/tools';
import { visibleFile } from './visible-file';
import { isoOrNull, lightOf } from './present-brief';

export const presentDeadline = (tools: Pick<TicketTools, 'calendar' | 'clock'>, file: Pick<TicketFile, 'ticket'>, row: ClockRow): DeadlineView => ({
  clock: row.clock,
  label: ticketClockLabels[row.clock],
  round: row.round,
  subOrderId: row.ownerId === row.ticketId ? null : row.ownerId,
  startedAt: toShanghaiIso(row.startedAt),
  dueAt: toShanghaiIso(row.dueAt),
  firstDueAt: toShanghaiIso(row.firstDueAt),
  stoppedAt: isoOrNull(row.stoppedAt),
  amount: row.amount,
  unit: row.unit,
  extensionDays: row.extensionDays,
  light: lightOf(tools, file.ticket, row),
  isOverdue: tools.calendar.isOverdue(row.stoppedAt ?? tools.clock.now(), row.dueAt),
  workingDaysLeft: tools.calendar.workingDaysLeft(tools.clock.now(), row.dueAt, row.regionCode),
  provisional: row.provisional,
});

/** Day by day, as anybody can recount it with a wall calendar; an extension counts on from the last day. */
export const daysOf = (tools: Pick<TicketTools, 'calendar'>, file: Pick<TicketFile, 'pauses'>, row: ClockRow): DeadlineExplanation['days'] => {
  const pauses = file.pauses.flatMap((pause) =>
    pause.clock === row.clock && pause.toAt !== null && row.ownerId === pause.ticketId ? [{ from: pause.fromAt, to: pause.toAt }] : [],
  );
  const period = tools.calendar.explain({
    from: row.startedAt,
    amount: row.amount,
    unit: row.unit,
    region: row.regionCode,
    rollToWorkingDay: row.rollToWorkingDay,
    pauses,
  });
  if (row.extensionDays === 0) return [...period.days];
  const lastMoment = new Date(period.dueAt.getTime() - 1);
  const extension = tools.calendar.explain({ from: lastMoment, amount: row.extensionDays, unit: 'WORKING_DAY', region: row.regionCode });
  return [...period.days, ...extension.days.slice(1)];
};

/** `GET /tickets/:id/deadlines/:clock`: the present round of one clock, of the ticket or of one of its sub-orders. */
export const createExplainDeadline =
  (tools: TicketTools) =>
  async (id: string, asked: { readonly clock: TicketClock; readonly subOrderId?: string | undefined }, actor: Actor): Promise<DeadlineExplanation> => {
    tools.policy.require(actor, 'ticket.read');
    const file = await visibleFile(tools, id, actor);
    const ownerId = asked.subOrderId ?? id;
    const row = file.clocks.findLast((entry) => entry.ownerId === ownerId && entry.clock === asked.clock) ?? fail(missing('resource'));
    return {
      ...presentDeadline(tools, file, row),
      days: daysOf(tools, file, row),
      pauses: file.pauses
        .filter((pause) => pause.clock === row.clock)
        .map((pause) => ({ from: toShanghaiIso(pause.fromAt), to: isoOrNull(pause.toAt), cause: '等待诉求人补充信息' })),
      basis: row.basis,
    };
  };
