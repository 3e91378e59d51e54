import { z } from 'zod';
import { id } from '../api/text';

const moved = { action: z.string(), from: z.string().nullable(), to: z.string(), version: z.int() };

/** Facts of the module: ids and codes only. Numbers, names and what was said never travel in a fact. */
export const telephonyEvents = {
  'call.moved': z.strictObject({ callId: id, ...moved, by: z.string(), agentId: id.nullable(), outcome: z.string().nullable() }),
  'call.media': z.strictObject({ callId: id, legId: id, flow: z.enum(['ok', 'stalled']) }),
  'call.draftOpened': z.strictObject({ callId: id, ticketId: id, number: z.string() }),
  'agent.moved': z.strictObject({ agentId: id, ...moved, at: z.string() }),
  'callbackTask.moved': z.strictObject({ taskId: id, ...moved, by: z.string(), kind: z.string() }),
  'telephony.adapterChanged': z.strictObject({ adapter: z.string(), up: z.boolean() }),
} as const;

export type TelephonyEventName = keyof typeof telephonyEvents;
export type TelephonyEvent<N extends TelephonyEventName> = z.infer<(typeof telephonyEvents)[N]>;
