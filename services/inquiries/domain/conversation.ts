import type { ConversationState } from '#contracts/lifecycles/conversation.lifecycle';

/** A conversation as the module keeps it; sealed fields stay sealed until a use-case or presenter opens them. */
export interface Conversation {
  readonly id: string;
  readonly channel: 'WEB';
  readonly state: ConversationState;
  /** Counts lifecycle moves, as the trail does; lines of text have `lastSeq`. */
  readonly version: number;
  readonly lastSeq: number;
  readonly startKeyHash: string;
  readonly tokenHash: string;
  readonly topicSealed: string;
  readonly searchedSealed: string | null;
  readonly regionCode: string | null;
  readonly citizenNameSealed: string | null;
  readonly citizenPhoneSealed: string | null;
  readonly phoneHash: string | null;
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly startedAt: Date;
  /** Since when it waits; a conversation that goes back to the queue keeps its first place (nobody loses their turn). */
  readonly waitingSince: Date | null;
  readonly takenAt: Date | null;
  readonly closedAt: Date | null;
  readonly unansweredSince: Date | null;
  /** When the silent citizen was last asked whether there is more. */
  readonly askedAt: Date | null;
  readonly lastMessageAt: Date;
}

export type MessageAuthor = 'CITIZEN' | 'AGENT' | 'SYSTEM' | 'BOT';
export type MessageKind = 'TEXT' | 'ANSWER_CARD' | 'NOTICE' | 'TICKET';

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly clientMsgId: string;
  readonly author: MessageAuthor;
  readonly authorId: string | null;
  readonly kind: MessageKind;
  readonly bodySealed: string;
  readonly detailSealed: string | null;
  readonly at: Date;
}

export interface TicketLink {
  readonly id: string;
  readonly conversationId: string;
  readonly ticketId: string;
  readonly ticketNo: string;
  readonly receiptCodeSealed: string;
  readonly linkedBy: string;
  readonly at: Date;
}
