import type { SubOrderReceipt, TicketReceipt, TicketView } from '#contracts/api/ticket-views';
import { type Actor, fail, matches, missing } from '#kernel';
import type { TrailEntry } from '#platform';
import type { Ticket } from '../domain/ticket';
import { scopeFacts, type TicketFile } from '../domain/ticket-file';
import type { MovedSubOrder } from '../use-cases/move-sub-order';
import type { TicketTools } from '../use-cases/tools';
import { presentTicket } from './present-ticket';
import type { TimelineSources } from './timeline';
import { visibleFile } from './visible-file';

const present = (ids: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(ids.filter((id): id is string => id !== null && id !== undefined)),
];

const trailPeople = ({ ticketTrail, subOrderTrails, urges }: TimelineSources): readonly string[] => {
  const steps: readonly TrailEntry[] = [...ticketTrail, ...[...subOrderTrails.values()].flat()];
  return [...steps.filter((step) => step.actorKind === 'staff').map((step) => step.actorId), ...urges.map((urge) => urge.byId)];
};

const sourcesOf = async (tools: TicketTools, file: TicketFile): Promise<TimelineSources> => ({
  ticketTrail: await tools.trails.of('ticket', file.ticket.id),
  subOrderTrails: new Map(await Promise.all(file.subOrders.map(async ({ id }) => [id, await tools.trails.of('sub-order', id)] as const))),
  urges: await tools.store.urges.list({ ticketId: file.ticket.id }),
});

export const createGetTicket =
  (tools: TicketTools) =>
  async (id: string, actor: Actor): Promise<TicketView> => {
    tools.policy.require(actor, 'ticket.read');
    const file = await visibleFile(tools, id, actor);
    const where = { ticketId: id };
    const read = { order: [['id', 'ASC']] as const };
    const [sources, links, replies, referrals] = await Promise.all([
      sourcesOf(tools, file),
      tools.store.links.list(where, read),
      tools.store.replies.list(where, read),
      tools.store.referrals.list(where, read),
    ]);
    const { ticket, subOrders, callbacks } = file;
    const staffIds = present([
      ticket.registeredBy,
      ...subOrders.map((subOrder) => subOrder.handlerId),
      ...callbacks.map((callback) => callback.byId),
      ...replies.map((reply) => reply.byId),
      ...trailPeople(sources),
    ]);
    const actorOrgs = [...sources.ticketTrail, ...[...sources.subOrderTrails.values()].flat()].map((step) => step.actorOrgId);
    const orgIds = present([ticket.accusedOrgId, ...subOrders.flatMap((subOrder) => [subOrder.orgId, subOrder.suggestedOrgId]), ...actorOrgs]);
    const [staff, units] = await Promise.all([tools.staff.namesOf(staffIds), tools.organizations.namesOf(orgIds)]);
    return presentTicket(tools, file, { ...sources, links, replies, referrals, people: { staff, units } }, actor);
  };

/** Whether this person may hear of this ticket; the judge of the room `ticket:<id>`. */
export const createMaySee =
  (tools: TicketTools) =>
  async (actor: Actor, id: string): Promise<boolean> => {
    if (!tools.policy.allows(actor, 'ticket.read')) return false;
    const ticket = await tools.store.tickets.find({ id });
    if (ticket === null) return false;
    return matches(tools.policy.scope(actor, 'ticket'), scopeFacts({ ticket, subOrders: await tools.store.subOrders.list({ ticketId: id }) }));
  };

export const presentReceipt = (ticket: Ticket, receiptCode: string | null): TicketReceipt => ({
  id: ticket.id,
  number: ticket.number,
  state: ticket.state,
  version: ticket.version,
  receiptCode,
});

export const presentSubOrderReceipt = ({ file, subOrder }: MovedSubOrder): SubOrderReceipt => ({
  id: subOrder.id,
  number: subOrder.number,
  state: subOrder.state,
  version: subOrder.version,
  ticketId: file.ticket.id,
  ticketState: file.ticket.state,
  ticketVersion: file.ticket.version,
});

/** The same receipt again, for a repeated Idempotency-Key. */
export const createReceiptAgain =
  (tools: TicketTools) =>
  async (id: string): Promise<TicketReceipt> => {
    const ticket = (await tools.store.tickets.find({ id })) ?? fail(missing('ticket'));
    return presentReceipt(ticket, tools.crypto.open(ticket.receiptSealed));
  };
