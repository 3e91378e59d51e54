import { decide, type Decision } from '#contracts/lifecycles/lifecycle';
import { type SubOrderAction, subOrderLifecycle, type SubOrderState } from '#contracts/lifecycles/sub-order.lifecycle';
import { type TicketAction, ticketLifecycle, type TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import { type Actor, systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { refusal } from '../domain/refusals';
import { roomsOf, subOrderPayload, ticketPayload } from './rooms';
import { isLive, type SubOrder, type Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { changeSubOrderClocks, changeTicketClocks, runningClock, shownClock, type StatutoryLimit } from './clocks';
import { staleSubject, type TicketTools } from './tools';

export interface StepText {
  /** What was written; sealed in the trail. */
  readonly content?: Readonly<Record<string, unknown>>;
  readonly attachmentIds?: readonly string[];
}

export interface TicketStep extends StepText {
  readonly action: TicketAction;
  readonly to: TicketState;
  readonly actor: Actor;
  readonly patch?: Partial<Ticket>;
  readonly statutory?: StatutoryLimit | undefined;
}

export interface SubOrderStep extends StepText {
  readonly subOrder: SubOrder;
  readonly action: SubOrderAction;
  readonly to: SubOrderState;
  readonly actor: Actor;
  readonly patch?: Partial<SubOrder>;
}

const textOf = (step: StepText): StepText => ({
  ...(step.content === undefined ? {} : { content: step.content }),
  ...(step.attachmentIds === undefined ? {} : { attachmentIds: step.attachmentIds }),
});

const isFinal = (state: TicketState): boolean => 'final' in ticketLifecycle.states[state];

const closedAtOf = (ticket: Ticket, to: TicketState, now: Date): Date | null => (isFinal(to) ? (ticket.closedAt ?? now) : null);

/** The only place that writes a ticket's state: clocks, row, trail and fact of one step (security I-09). */
export const stepTicket = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, step: TicketStep): Promise<TicketFile> => {
  const { ticket } = file;
  const timed = await changeTicketClocks(tools, work, { ...file, ticket: { ...ticket, ...step.patch } }, step);
  const version = ticket.version + 1;
  const changes: Partial<Ticket> = { ...step.patch, ...shownClock(timed, step.to), state: step.to, version, closedAt: closedAtOf(ticket, step.to, work.now) };
  const changed = await tools.store.tickets.update({ id: ticket.id, version: ticket.version }, changes, work);
  if (changed !== 1) await staleSubject(tools, { subject: 'ticket', id: ticket.id, version: ticket.version, state: ticket.state });
  const moved = { ...timed, ticket: { ...ticket, ...changes } };
  work.trail({ subject: 'ticket', subjectId: ticket.id, version, action: step.action, from: ticket.state, to: step.to, actor: step.actor, ...textOf(step) });
  announceTicket(work, moved, { action: step.action, from: ticket.state, to: step.to, by: step.actor.id });
  return moved;
};

const announceTicket = (
  work: UnitOfWork,
  file: TicketFile,
  step: { readonly action: string; readonly from: string; readonly to: string; readonly by: string },
): void => {
  const name = step.action === 'saveDraft' ? 'ticket.draftSaved' : 'ticket.moved';
  work.announce({ name, payload: ticketPayload(file, { ...step, at: work.now.toISOString() }), rooms: roomsOf(file) });
};

const replaced = (file: TicketFile, subOrder: SubOrder): TicketFile => ({
  ...file,
  subOrders: file.subOrders.map((other) => (other.id === subOrder.id ? subOrder : other)),
});

/** The only place that writes a sub-order's state. */
export const stepSubOrder = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, step: SubOrderStep): Promise<TicketFile> => {
  const { subOrder } = step;
  const timed = await changeSubOrderClocks(tools, work, file, step);
  const version = subOrder.version + 1;
  const live = isLive({ state: step.to }) ? {} : { liveLeadOf: null, liveUnitOf: null, settledAt: work.now };
  const handleDueAt = runningClock(timed, subOrder.id, 'handle')?.dueAt ?? subOrder.handleDueAt;
  const changes: Partial<SubOrder> = { handleDueAt, ...step.patch, ...live, state: step.to, version };
  const changed = await tools.store.subOrders.update({ id: subOrder.id, version: subOrder.version }, changes, work);
  if (changed !== 1) await staleSubject(tools, { subject: 'sub-order', id: subOrder.id, version: subOrder.version, state: subOrder.state });
  const moved = { ...subOrder, ...changes };
  work.trail({
    subject: 'sub-order',
    subjectId: subOrder.id,
    version,
    action: step.action,
    from: subOrder.state,
    to: step.to,
    actor: step.actor,
    ...textOf(step),
  });
  const told = { action: step.action, from: subOrder.state, to: step.to, by: step.actor.id, at: work.now.toISOString() };
  // The rooms of before: whoever loses a sub-order must hear of it, too.
  const rooms = [...roomsOf(file), ...roomsOf(replaced(file, moved))];
  work.announce({ name: 'sub-order.moved', payload: subOrderPayload(file, moved, told), rooms });
  return replaced(timed, moved);
};

const insist = <Allowed extends Extract<Decision, { ok: true }>>(
  decision: Decision,
  otherwise: (refused: Extract<Decision, { ok: false }>) => Error,
): Allowed => {
  if (!decision.ok) throw otherwise(decision);
  return decision as Allowed;
};

/** A step of the ticket that follows from another one: asked of the table like any other, in the name of the system. */
export const deriveTicketStep = (
  tools: TicketTools,
  work: UnitOfWork,
  file: TicketFile,
  step: Omit<TicketStep, 'to' | 'actor'> & { readonly actor?: Actor },
): Promise<TicketFile> => {
  const { state } = file.ticket;
  const decision = decide(ticketLifecycle, { state }, { action: step.action, performers: ['SYSTEM'], facts: { retentionIsOver: true } });
  const { to } = insist(decision, (refused) => refusal(ticketLifecycle, state, { action: step.action, decision: refused }));
  return stepTicket(tools, work, file, { ...step, to: to as TicketState, actor: step.actor ?? systemActor });
};

export const deriveSubOrderStep = (
  tools: TicketTools,
  work: UnitOfWork,
  file: TicketFile,
  step: Omit<SubOrderStep, 'to' | 'actor'> & { readonly actor?: Actor },
): Promise<TicketFile> => {
  const { state, previousState, role } = step.subOrder;
  const decision = decide(
    subOrderLifecycle,
    { state, previous: previousState },
    { action: step.action, performers: ['SYSTEM'], facts: { isLead: role === 'LEAD' } },
  );
  const { to } = insist(decision, (refused) => refusal(subOrderLifecycle, state, { action: step.action, decision: refused }));
  return stepSubOrder(tools, work, file, { ...step, to: to as SubOrderState, actor: step.actor ?? systemActor });
};
