import { z } from 'zod';
import { id } from '../api/text';

const seq = z.int().min(1);

/** Facts of the module: ids, numbers and codes only; what people wrote never travels in a fact. */
export const inquiriesEvents = {
  'conversation.started': z.strictObject({ conversationId: id, version: z.int() }),
  'conversation.taken': z.strictObject({ conversationId: id, version: z.int(), agentId: id }),
  'conversation.released': z.strictObject({ conversationId: id, version: z.int() }),
  'conversation.closed': z.strictObject({ conversationId: id, version: z.int(), by: z.enum(['CITIZEN', 'AGENT', 'SYSTEM']) }),
  'conversation.ticketed': z.strictObject({ conversationId: id, ticketId: id }),
  'message.posted': z.strictObject({ conversationId: id, seq, author: z.enum(['CITIZEN', 'AGENT', 'SYSTEM', 'BOT']) }),
} as const;

export type InquiriesEventName = keyof typeof inquiriesEvents;
export type InquiriesEvent<N extends InquiriesEventName> = z.infer<(typeof inquiriesEvents)[N]>;
