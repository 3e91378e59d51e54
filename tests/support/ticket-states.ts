import type { CreateTicketBody } from '#contracts/api/tickets';
import type { TicketAction } from '#contracts/lifecycles/ticket.lifecycle';
import type { SubOrderAction } from '#contracts/lifecycles/sub-order.lifecycle';
import type { SubOrderMove, TicketMove } from '#tickets';
import { aTicket, type TicketTestBed } from './tickets';

export const aResult = { isTrue: true, isContacted: false, result: '已抢修', isResolved: true, publicReply: '您好，已恢复供水。' };

type Unit = NonNullable<TicketMove['input']['units']>[number];

/** Drives one ticket through the door; versions are looked up, so that a test says only what it is about. */
export const driverOf = (bed: TicketTestBed) => {
  const { tickets, as, view } = bed;

  const move = async (
    id: string,
    action: TicketAction,
    given: { readonly by?: string; readonly input?: TicketMove['input']; readonly ifMatch?: number } = {},
  ) => {
    const by = given.by ?? 'dispatcher1';
    const ifMatch = given.ifMatch ?? (await view(id)).version;
    return tickets.moveTicket(id, { action, input: given.input ?? {}, ifMatch }, as(by));
  };

  const work = async (id: string, action: SubOrderAction, given: { readonly by: string; readonly input?: SubOrderMove['input']; readonly org?: string }) => {
    const { subOrders } = await view(id);
    const orgId = given.org ?? as(given.by).orgId;
    const subOrder = subOrders.findLast((entry) => entry.orgId === orgId && entry.state !== 'RETURNED' && entry.state !== 'CANCELLED');
    if (subOrder === undefined) throw new Error(`no sub-order of ${orgId}`);
    return tickets.moveSubOrder(subOrder.id, { action, input: given.input ?? {}, ifMatch: subOrder.version }, as(given.by));
  };

  const draft = async (more: Partial<CreateTicketBody> = {}) => (await tickets.registerTicket(aTicket(more), as('agent1'))).ticket.id;

  const accepted = async (more: Partial<CreateTicketBody> = {}) => {
    const id = await draft(more);
    await move(id, 'accept', { by: 'agent1' });
    return id;
  };

  const dispatched = async (units: readonly Unit[] = [{ orgId: 'org-lz-urban', role: 'LEAD' }], more: Partial<CreateTicketBody> = {}) => {
    const id = await accepted(more);
    await move(id, 'dispatch', { input: { units: [...units] } });
    return id;
  };

  const inProgress = async (units?: readonly Unit[], more: Partial<CreateTicketBody> = {}) => {
    const id = await dispatched(units, more);
    await work(id, 'sign', { by: 'handler.urban' });
    return id;
  };

  const inReview = async (more: Partial<CreateTicketBody> = {}) => {
    const id = await inProgress(undefined, more);
    await work(id, 'submit', { by: 'handler.urban', input: aResult });
    return id;
  };

  const inCallback = async (more: Partial<CreateTicketBody> = {}) => {
    const id = await inReview(more);
    await move(id, 'approve', { by: 'reviewer1' });
    return id;
  };

  const closed = async (more: Partial<CreateTicketBody> = {}) => {
    const id = await inCallback(more);
    await move(id, 'callbackPass', { by: 'callback1', input: { callback: { at: bed.clock.now(), method: 'PHONE', result: 'REACHED', isResolved: true } } });
    return id;
  };

  const online = async (more: Partial<CreateTicketBody> = {}) =>
    (await tickets.registerTicket(aTicket({ source: 'WEB', ...more }), { kind: 'citizen', id: 'anonymous', address: '127.0.0.1' })).ticket.id;

  return { move, work, draft, online, accepted, dispatched, inProgress, inReview, inCallback, closed };
};

export type TicketDriver = ReturnType<typeof driverOf>;
