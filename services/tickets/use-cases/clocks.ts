import type { StateSpec } from '#contracts/lifecycles/lifecycle';
import { ticketLifecycle, type TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import type { SubOrderState } from '#contracts/lifecycles/sub-order.lifecycle';
import type { TicketClock, TimeUnit } from '#contracts/vocabulary/clocks';
import type { UnitOfWork } from '#platform';
import { ruleFor } from '../domain/sla';
import type { ClockRow, PauseRow, SlaRule, SubOrder, Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import type { TicketTools } from './tools';

export interface StatutoryLimit {
  readonly amount: number;
  readonly unit: TimeUnit;
  readonly basis: string;
}

/** Clocks that run while the ticket is in a state; the handling clock begins with the first dispatch and outlives a return. */
const runningIn: Partial<Readonly<Record<TicketState, readonly TicketClock[]>>> = {
  PENDING_ACCEPT: ['accept'],
  PENDING_INFO: ['accept'],
  PENDING_DISPATCH: ['dispatch'],
  PENDING_SIGN: ['sign', 'handle'],
  IN_PROGRESS: ['handle'],
  PENDING_REVIEW: ['review'],
  PENDING_CALLBACK: ['callback'],
};

const runningInSubOrder: Partial<Readonly<Record<SubOrderState, readonly TicketClock[]>>> = { PENDING_SIGN: ['sign', 'handle'], PROCESSING: ['handle'] };

const keptAnyway = (to: string, clock: TicketClock): boolean => to === 'PENDING_DISPATCH' && clock === 'handle';

/** Where the deadline lies with pauses and extension; an extension counts from the last day of the period. */
export const dueOf = (tools: Pick<TicketTools, 'calendar'>, row: ClockRow, pauses: readonly PauseRow[]) => {
  const closed = pauses.flatMap((pause) =>
    pause.clock === row.clock && pause.toAt !== null && row.ownerId === pause.ticketId ? [{ from: pause.fromAt, to: pause.toAt }] : [],
  );
  const base = tools.calendar.deadline({
    from: row.startedAt,
    amount: row.amount,
    unit: row.unit,
    region: row.regionCode,
    rollToWorkingDay: row.rollToWorkingDay,
    pauses: closed,
  });
  if (row.extensionDays === 0) return base;
  const lastMoment = new Date(base.dueAt.getTime() - 1);
  const extended = tools.calendar.deadline({ from: lastMoment, amount: row.extensionDays, unit: 'WORKING_DAY', region: row.regionCode });
  return { ...extended, provisional: base.provisional || extended.provisional };
};

type Matter = Pick<Ticket, 'type' | 'source' | 'urgency' | 'isComplex' | 'categoryCode' | 'regionCode'>;

interface Start {
  readonly ticketId: string;
  readonly ownerId: string;
  readonly clock: TicketClock;
  readonly round: number;
  readonly matter: Matter;
  readonly rules: readonly SlaRule[];
  readonly statutory?: StatutoryLimit | undefined;
}

const newClock = (tools: TicketTools, start: Start, now: Date): ClockRow => {
  const rule = ruleFor(start.rules, start.clock, start.matter);
  const { amount, unit, basis } = start.statutory ?? { amount: rule.amount, unit: rule.unit, basis: null };
  const row: ClockRow = {
    id: tools.ids.next(),
    ticketId: start.ticketId,
    ownerId: start.ownerId,
    clock: start.clock,
    round: start.round,
    startedAt: now,
    amount,
    unit,
    regionCode: start.matter.regionCode,
    // A period set by law ends on a working day, a promise of service does not move (rules §10.2).
    rollToWorkingDay: start.statutory === undefined ? rule.rollToWorkingDay : true,
    ruleVersion: rule.version,
    basis,
    extensionDays: 0,
    dueAt: now,
    firstDueAt: now,
    provisional: false,
    calendarVersion: 0,
    stoppedAt: null,
  };
  const due = dueOf(tools, row, []);
  return { ...row, dueAt: due.dueAt, firstDueAt: due.dueAt, provisional: due.provisional, calendarVersion: due.calendarVersion };
};

/** The clocks of a ticket that is about to be stored. */
export const firstClocks = async (tools: TicketTools, work: UnitOfWork, ticket: Ticket): Promise<readonly ClockRow[]> => {
  const wanted = runningIn[ticket.state] ?? [];
  if (wanted.length === 0) return [];
  const rules = await tools.store.currentRules(work.transaction);
  return wanted.map((clock) => newClock(tools, { ticketId: ticket.id, ownerId: ticket.id, clock, round: 0, matter: ticket, rules }, work.now));
};

export interface ClockChange {
  readonly ownerId: string;
  readonly matter: Matter;
  readonly action: string;
  /** Clocks that shall run after the step. */
  readonly running: readonly TicketClock[];
  readonly to: string;
  readonly statutory?: StatutoryLimit | undefined;
}

/** Stops, resumes and starts the clocks of a ticket or a sub-order for the state it enters; answers the file with its clocks as they are now. */
const changeClocks = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, change: ClockChange): Promise<TicketFile> => {
  const { store } = tools;
  const own = file.clocks.filter((row) => row.ownerId === change.ownerId);
  const stopped = own.filter((row) => row.stoppedAt === null && !change.running.includes(row.clock) && !keptAnyway(change.to, row.clock));
  for (const row of stopped) await store.clocks.update({ id: row.id }, { stoppedAt: work.now }, work);
  const missingClocks = change.running.filter((clock) => !own.some((row) => row.clock === clock && row.stoppedAt === null));
  const resumed: ClockRow[] = [];
  const started: ClockRow[] = [];
  const rules = missingClocks.length === 0 ? [] : await store.currentRules(work.transaction);
  for (const clock of missingClocks) {
    const earlier = own.filter((row) => row.clock === clock);
    const last = earlier.at(-1);
    // rules §3.5: sent back by the reviewer, the handling time goes on as if it had never stopped.
    if (clock === 'handle' && change.action === 'sendBack' && last !== undefined) resumed.push({ ...last, stoppedAt: null });
    else started.push(newClock(tools, { ...change, ticketId: file.ticket.id, clock, round: earlier.length, rules }, work.now));
  }
  for (const row of resumed) await store.clocks.update({ id: row.id }, { stoppedAt: null }, work);
  await store.clocks.insert(started, work);
  const now = new Map<string, ClockRow>([
    ...stopped.map((row) => [row.id, { ...row, stoppedAt: work.now }] as const),
    ...resumed.map((row) => [row.id, row] as const),
  ]);
  return { ...file, clocks: [...file.clocks.map((row) => now.get(row.id) ?? row), ...started] };
};

export const changeTicketClocks = (
  tools: TicketTools,
  work: UnitOfWork,
  file: TicketFile,
  step: { readonly action: string; readonly to: TicketState; readonly statutory?: StatutoryLimit | undefined },
): Promise<TicketFile> => changeClocks(tools, work, file, { ...step, ownerId: file.ticket.id, matter: file.ticket, running: runningIn[step.to] ?? [] });

export const changeSubOrderClocks = (
  tools: TicketTools,
  work: UnitOfWork,
  file: TicketFile,
  step: { readonly subOrder: Pick<SubOrder, 'id'>; readonly action: string; readonly to: SubOrderState; readonly statutory?: StatutoryLimit | undefined },
): Promise<TicketFile> => {
  // rules §3.7: while a return is ruled on, no clock stands still.
  if (step.to === 'RETURN_PENDING') return Promise.resolve(file);
  return changeClocks(tools, work, file, { ...step, ownerId: step.subOrder.id, matter: file.ticket, running: runningInSubOrder[step.to] ?? [] });
};

export const runningClock = (file: Pick<TicketFile, 'clocks'>, ownerId: string, clock: TicketClock): ClockRow | undefined =>
  file.clocks.findLast((row) => row.ownerId === ownerId && row.clock === clock && row.stoppedAt === null);

/** The clock that a list shows: the one that belongs to the present state. */
export const shownClock = (file: TicketFile, state: TicketState): Pick<Ticket, 'clockName' | 'clockStartedAt' | 'clockDueAt'> => {
  const spec: StateSpec = ticketLifecycle.states[state];
  const row =
    spec.clock === undefined
      ? undefined
      : file.clocks.findLast((entry) => entry.ownerId === file.ticket.id && entry.clock === spec.clock && entry.stoppedAt === null);
  return { clockName: row?.clock ?? null, clockStartedAt: row?.startedAt ?? null, clockDueAt: row?.dueAt ?? null };
};

/** rules §3.8: waiting for information stops the acceptance clock; the interval is kept for everybody to check. */
export const pauseAccept = async (tools: TicketTools, work: UnitOfWork, file: TicketFile): Promise<TicketFile> => {
  const row: PauseRow = { id: tools.ids.next(), ticketId: file.ticket.id, clock: 'accept', fromAt: work.now, toAt: null, cause: 'PENDING_INFO' };
  await tools.store.pauses.insert([row], work);
  return { ...file, pauses: [...file.pauses, row] };
};

const moveDeadline = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, row: ClockRow): Promise<TicketFile> => {
  const due = dueOf(tools, row, file.pauses);
  const moved = { ...row, dueAt: due.dueAt, provisional: due.provisional, calendarVersion: due.calendarVersion };
  await tools.store.clocks.update(
    { id: row.id },
    { extensionDays: moved.extensionDays, dueAt: moved.dueAt, provisional: moved.provisional, calendarVersion: moved.calendarVersion },
    work,
  );
  return { ...file, clocks: file.clocks.map((entry) => (entry.id === row.id ? moved : entry)) };
};

export const resumeAccept = async (tools: TicketTools, work: UnitOfWork, file: TicketFile): Promise<TicketFile> => {
  await tools.store.pauses.update({ ticketId: file.ticket.id, toAt: null }, { toAt: work.now }, work);
  const paused = { ...file, pauses: file.pauses.map((pause) => (pause.toAt === null ? { ...pause, toAt: work.now } : pause)) };
  const row = runningClock(paused, file.ticket.id, 'accept');
  return row === undefined ? paused : moveDeadline(tools, work, paused, row);
};

/** rules §3.7: an approved extension moves the running handling deadline of its owner; the first promise stays on record. */
export const extendHandling = async (
  tools: TicketTools,
  work: UnitOfWork,
  file: TicketFile,
  given: { readonly ownerId: string; readonly days: number },
): Promise<TicketFile> => {
  const row = runningClock(file, given.ownerId, 'handle');
  return row === undefined ? file : moveDeadline(tools, work, file, { ...row, extensionDays: row.extensionDays + given.days });
};
