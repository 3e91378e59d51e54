import { orgRooms } from '#identity';
import { isLive, type SubOrder } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';

/** A secret ticket and one that accuses somebody go to the people on the chain only, never to a unit's room (rules §11.3). */
export const isGuarded = ({ ticket }: Pick<TicketFile, 'ticket'>): boolean => ticket.isSecret || ticket.accusedOrgId !== null || ticket.accusedStaffId !== null;

const present = (ids: readonly (string | null)[]): readonly string[] => ids.flatMap((id) => (id === null ? [] : [id]));

export const roomsOf = (file: Pick<TicketFile, 'ticket' | 'subOrders'>): readonly string[] => {
  const { ticket, subOrders } = file;
  const live = subOrders.filter(isLive);
  const base = [`ticket:${ticket.id}`, 'hotline'];
  if (isGuarded(file)) return [...base, ...present(live.map((subOrder) => subOrder.handlerId)).map((id) => `staff:${id}`)];
  const people = present([ticket.registeredBy, ...live.map((subOrder) => subOrder.handlerId)]).map((id) => `staff:${id}`);
  return [...base, ...live.flatMap((subOrder) => orgRooms(subOrder.orgPath)), ...people];
};

/** rules §11.3: of a secret ticket only the id travels. */
export const ticketPayload = (file: Pick<TicketFile, 'ticket'>, more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  file.ticket.isSecret ? { id: file.ticket.id, version: file.ticket.version } : { id: file.ticket.id, version: file.ticket.version, ...more };

export const subOrderPayload = (
  file: Pick<TicketFile, 'ticket'>,
  subOrder: SubOrder,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  file.ticket.isSecret
    ? { id: subOrder.id, ticketId: subOrder.ticketId, version: subOrder.version }
    : { id: subOrder.id, ticketId: subOrder.ticketId, version: subOrder.version, orgId: subOrder.orgId, role: subOrder.role, ...more };
