import { systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { roomsOf, subOrderPayload } from './rooms';
import { ruleFor } from '../domain/sla';
import type { SubOrder } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import type { TicketInput } from '../domain/ticket-input';
import { changeSubOrderClocks, runningClock } from './clocks';
import type { Effect, EffectCase } from './effect';
import type { TicketTools } from './tools';

type Unit = NonNullable<TicketInput['units']>[number];

const newSubOrder = async (tools: TicketTools, work: UnitOfWork, given: EffectCase, unit: Unit): Promise<SubOrder> => {
  const { ticket, subOrders } = given.file;
  const returnRule = ruleFor(await tools.store.currentRules(work.transaction), 'return', ticket);
  const returnDue = tools.calendar.deadline({ from: work.now, amount: returnRule.amount, unit: returnRule.unit, region: ticket.regionCode });
  const organization = await tools.organizations.find(unit.orgId);
  return {
    id: tools.ids.next(),
    number: `${ticket.number}-S${String(subOrders.length + 1).padStart(2, '0')}`,
    ticketId: ticket.id,
    role: unit.role,
    orgId: unit.orgId,
    orgPath: organization?.path ?? '',
    state: 'PENDING_SIGN',
    previousState: null,
    version: 1,
    handlerId: unit.handlerId ?? null,
    instruction: given.input.instruction ?? null,
    assignmentLocked: false,
    dispatchedAt: work.now,
    returnDueAt: returnDue.dueAt,
    signDueAt: work.now,
    handleDueAt: work.now,
    signedAt: null,
    submittedAt: null,
    settledAt: null,
    suggestedOrgId: null,
    terminationRequestedAt: null,
    resultSealed: null,
    isResolved: null,
    liveLeadOf: unit.role === 'LEAD' ? ticket.id : null,
    liveUnitOf: `${ticket.id}/${unit.orgId}`,
  };
};

const create = async (tools: TicketTools, work: UnitOfWork, given: EffectCase, unit: Unit): Promise<TicketFile> => {
  const blank = await newSubOrder(tools, work, given, unit);
  const timed = await changeSubOrderClocks(tools, work, given.file, {
    subOrder: blank,
    action: 'create',
    to: 'PENDING_SIGN',
    statutory: given.input.statutoryLimit,
  });
  const subOrder: SubOrder = {
    ...blank,
    signDueAt: runningClock(timed, blank.id, 'sign')?.dueAt ?? work.now,
    handleDueAt: runningClock(timed, blank.id, 'handle')?.dueAt ?? work.now,
  };
  await tools.store.subOrders.insert([subOrder], work);
  const file = { ...timed, subOrders: [...timed.subOrders, subOrder] };
  const content = { orgId: unit.orgId, role: unit.role, by: given.actor.id };
  work.trail({ subject: 'sub-order', subjectId: subOrder.id, version: 1, action: 'create', from: null, to: 'PENDING_SIGN', actor: systemActor, content });
  work.announce({
    name: 'sub-order.moved',
    payload: subOrderPayload(file, subOrder, { action: 'create', from: null, to: 'PENDING_SIGN' }),
    rooms: roomsOf(file),
  });
  return file;
};

/** One sub-order for each unit, each with its own clocks; co-handling units that had signed before a return stay (rules §3.5). */
export const dispatchToUnits: Effect = async (tools, work, given) => {
  let { file } = given;
  for (const unit of given.input.units ?? []) file = await create(tools, work, { ...given, file }, unit);
  return { file, patch: { firstDispatchAt: file.ticket.firstDispatchAt ?? work.now } };
};
