import { z } from 'zod';
import { clientMsgId, type MessageView, messageMaxLength, type PostedMessage } from '../api/inquiries';
import { id, text } from '../api/text';

/** Namespace of people without an account; its handshake carries `{ conversationId, token }`. */
export const citizenNamespace = '/citizen';

export const citizenHandshake = z.object({ conversationId: id, token: z.string().min(20).max(100) });

export const chatSend = z.strictObject({ conversationId: id, clientMsgId, body: text(messageMaxLength) });
export const chatSince = z.strictObject({ conversationId: id, seq: z.int().min(0) });
export const chatTyping = z.strictObject({ conversationId: id });
export const chatOpen = z.strictObject({ conversationId: id });

/** What an acknowledgement carries when the request was refused: the same words as problem+json over HTTP. */
export interface ChatProblem {
  readonly code: string;
  readonly title: string;
  readonly status: number;
}

export type ChatAck<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ChatProblem };

export interface ChatClientEvents {
  'chat:send': (input: z.input<typeof chatSend>, ack: (answer: ChatAck<PostedMessage>) => void) => void;
  'chat:since': (input: z.input<typeof chatSince>, ack: (answer: ChatAck<{ items: readonly MessageView[]; lastSeq: number }>) => void) => void;
  'chat:typing': (input: z.input<typeof chatTyping>) => void;
  /** Staff only: asks to hear a conversation; refused when the policy hides it. */
  'chat:open': (input: z.input<typeof chatOpen>, ack: (answer: ChatAck<{ lastSeq: number }>) => void) => void;
  'chat:shut': (input: z.input<typeof chatOpen>) => void;
}

export interface ChatServerEvents {
  'chat:msg': (message: MessageView) => void;
  /** A line was written, perhaps by another node: whoever does not hold this number asks `chat:since`. */
  'chat:posted': (line: { readonly conversationId: string; readonly seq: number }) => void;
  /** Somebody is typing; ages out after `typingSeconds` if nothing follows. */
  'chat:typing': (typing: { readonly conversationId: string; readonly author: 'CITIZEN' | 'AGENT' }) => void;
  /** State, queue place or ticket changed: read the conversation again. */
  'chat:changed': (change: { readonly conversationId: string; readonly version: number }) => void;
}

export const typingSeconds = 30;

export interface Transcript {
  readonly messages: readonly MessageView[];
  /** Everything up to here is held without a hole. */
  readonly upTo: number;
  /** A line arrived after a hole: ask `chat:since upTo`. */
  readonly hasGap: boolean;
}

export const emptyTranscript: Transcript = { messages: [], upTo: 0, hasGap: false };

/** Takes in lines in any order and any number of times; the same function serves both screens and the tests. */
export const applyMessages = (transcript: Transcript, incoming: readonly MessageView[]): Transcript => {
  const bySeq = new Map(transcript.messages.map((message) => [message.seq, message]));
  for (const message of incoming) if (!bySeq.has(message.seq)) bySeq.set(message.seq, message);
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  let upTo = transcript.upTo;
  for (const message of messages) if (message.seq === upTo + 1) upTo = message.seq;
  return { messages, upTo, hasGap: (messages.at(-1)?.seq ?? 0) > upTo };
};
