import { z } from 'zod';
import { conversationLifecycle } from '../lifecycles/conversation.lifecycle';
import { id, instant, pageOf, pageQuery, phone, regionCode, text } from './text';

const keysOf = <T extends Record<string, unknown>>(table: T) => z.enum(Object.keys(table) as [Extract<keyof T, string>]);
const instantText = z.string().describe('ISO 8601，含 +08:00');

export const conversationStateSchema = keysOf(conversationLifecycle.states);

/** Made by the sender once per line; sending again with the same one changes nothing. */
export const clientMsgId = z.string().regex(/^[0-9A-Za-z_-]{8,40}$/, { error: '消息编号格式不对' });

/** Made by the page once per conversation from ≥ 128 random bits; a repeated start with it opens the same conversation. */
export const startKey = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/, { error: '会话钥匙格式不对' });

export const messageAuthors = { CITIZEN: '市民', AGENT: '坐席', SYSTEM: '系统', BOT: '智能助手' } as const;
export const messageKinds = { TEXT: '文字', ANSWER_CARD: '答复卡', NOTICE: '提示', TICKET: '转工单' } as const;
export const messageMaxLength = 2000;

export const waitBands = {
  NOW: '马上接通',
  UNDER_3: '约 1–3 分钟',
  UNDER_6: '约 3–6 分钟',
  UNDER_15: '约 6–15 分钟',
  OVER_15: '15 分钟以上',
  UNKNOWN: '暂时没有坐席空闲',
} as const;
export type WaitBand = keyof typeof waitBands;

/** What an answer card in a conversation points at; both sides open the card itself from the guides. */
export const answerCardRef = z.strictObject({
  item: text(200),
  from: text(60).optional(),
  to: text(60).optional(),
  title: text(160),
  citations: z.array(z.strictObject({ guideId: id, version: z.int().min(1) })).max(10),
});
export type AnswerCardRef = z.infer<typeof answerCardRef>;

export const ticketRef = z.strictObject({ ticketNo: z.string(), receiptCode: z.string() });
export type TicketRef = z.infer<typeof ticketRef>;

export const messageView = z.object({
  conversationId: z.string(),
  seq: z.int(),
  clientMsgId: z.string(),
  author: keysOf(messageAuthors),
  kind: keysOf(messageKinds),
  body: z.string(),
  answerCard: answerCardRef.nullable(),
  ticket: ticketRef.nullable(),
  at: instantText,
});
export type MessageView = z.infer<typeof messageView>;

export const queueView = z.object({
  /** Place in the queue, 1 is next; null when nobody is waiting or the conversation does not wait. */
  place: z.int().nullable(),
  waiting: z.int(),
  band: keysOf(waitBands),
  label: z.string(),
  /** Agents who talk to somebody at this moment. */
  serving: z.int(),
  at: instantText,
});
export type QueueView = z.infer<typeof queueView>;

/** What the front page tells about waiting, for each way of reaching a person. */
export const publicQueueView = z.object({ chat: queueView, phone: z.object({ waiting: z.int(), label: z.string() }), at: instantText });
export type PublicQueueView = z.infer<typeof publicQueueView>;

export const startConversationBody = z.strictObject({
  startKey,
  clientMsgId,
  /** The first line, already typed before anybody waits. */
  body: text(messageMaxLength),
  /** What was looked up before, so that nobody has to say it twice. */
  searched: text(400).optional(),
  shownGuide: answerCardRef.optional(),
  regionCode: regionCode.optional(),
  name: text(40).optional(),
  phone: phone.optional(),
});
export type StartConversationBody = z.infer<typeof startConversationBody>;

/** What the citizen's own page knows of its conversation. */
export const citizenConversationView = z.object({
  id: z.string(),
  state: conversationStateSchema,
  stateLabel: z.string(),
  version: z.int(),
  lastSeq: z.int(),
  queue: queueView,
  startedAt: instantText,
  hasContact: z.boolean(),
  ticket: ticketRef.nullable(),
});
export type CitizenConversationView = z.infer<typeof citizenConversationView>;

export const startedConversation = citizenConversationView.extend({ token: z.string() });
export type StartedConversation = z.infer<typeof startedConversation>;

export const postMessageBody = z.strictObject({ clientMsgId, body: text(messageMaxLength) });
export const postedMessage = z.object({ seq: z.int(), at: instantText });
export type PostedMessage = z.infer<typeof postedMessage>;

export const leaveContactBody = z.strictObject({ name: text(40).optional(), phone });
export const sendAnswerCardBody = z.strictObject({ clientMsgId, body: text(messageMaxLength), answerCard: answerCardRef });

export const messagesQuery = z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(200).default(200) });
export const messagesView = z.object({ items: z.array(messageView), lastSeq: z.int() });
export type MessagesView = z.infer<typeof messagesView>;

export const moveView = z.object({
  action: z.string(),
  label: z.string(),
  ok: z.boolean(),
  unmet: z.array(z.object({ guard: z.string(), message: z.string() })),
  needs: z.array(z.string()),
  takes: z.array(z.string()),
});

/** What staff see; names and numbers masked on the server (rules §11.2). */
export const conversationView = z.object({
  id: z.string(),
  channel: z.string(),
  state: conversationStateSchema,
  stateLabel: z.string(),
  version: z.int(),
  lastSeq: z.int(),
  topic: z.string(),
  searched: z.string().nullable(),
  citizenName: z.string().nullable(),
  citizenPhone: z.string().nullable(),
  regionCode: z.string().nullable(),
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  startedAt: instantText,
  waitingSince: instantText.nullable(),
  takenAt: instantText.nullable(),
  closedAt: instantText.nullable(),
  /** Since when a line of the citizen stands without an answer. */
  unansweredSince: instantText.nullable(),
  lastMessageAt: instantText,
  tickets: z.array(z.object({ ticketId: z.string(), ticketNo: z.string() })),
  moves: z.array(moveView),
});
export type ConversationView = z.infer<typeof conversationView>;

export const conversationsQuery = z.object({
  ...pageQuery,
  state: conversationStateSchema.optional(),
  /** Only those that the asking agent has taken. */
  mine: z.enum(['true', 'false']).optional(),
});
export const conversationsPage = pageOf(conversationView);

/** One key makes a ticket: everything may be left out, the citizen's words are the content. */
export const makeTicketBody = z.strictObject({
  title: text(100).optional(),
  ticketType: z.enum(['CONSULT', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'PRAISE', 'OTHER']).optional(),
  address: text(200).optional(),
  regionCode: regionCode.optional(),
  note: text(1000).optional(),
  occurredAt: instant.optional(),
});
export type MakeTicketBody = z.infer<typeof makeTicketBody>;
export const madeTicket = z.object({ ticketId: z.string(), ticketNo: z.string(), receiptCode: z.string() });
export type MadeTicket = z.infer<typeof madeTicket>;
