import { z } from 'zod';
import { id } from '../api/text';

const version = z.int().min(1);
const code = z.string().max(40);

/** A step as told to screens; of a secret ticket only id and version travel (rules §11.3). */
const step = { action: code.optional(), from: code.nullable().optional(), to: code.optional(), by: id.optional(), at: z.string().optional() };

/** Facts of the module: ids and codes only. */
export const ticketsEvents = {
  'ticket.registered': z.strictObject({ id, version, state: code.optional(), type: code.optional(), source: code.optional() }),
  'ticket.draftSaved': z.strictObject({ id, version, ...step }),
  'ticket.moved': z.strictObject({ id, version, ...step }),
  'ticket.urged': z.strictObject({ id, version, urgeCount: z.int().optional() }),
  'ticket.calledBack': z.strictObject({ id, version, result: code.optional() }),
  'ticket.deadlineChanged': z.strictObject({ id, version, clock: code.optional() }),
  'ticket.linked': z.strictObject({ id, version, kind: code.optional(), refId: id.optional() }),
  'ticket.unlinked': z.strictObject({ id, version, kind: code.optional(), refId: id.optional() }),
  'sub-order.moved': z.strictObject({ id, version, ticketId: id, orgId: id.optional(), role: code.optional(), ...step }),
} as const;

export type TicketsEventName = keyof typeof ticketsEvents;
export type TicketsEvent<N extends TicketsEventName> = z.infer<(typeof ticketsEvents)[N]>;
