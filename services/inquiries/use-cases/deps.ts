import type { MessageView } from '#contracts/api/inquiries';
import type { Policy } from '#identity';
import type { Clock, Ids } from '#kernel';
import type { Database, FieldCrypto } from '#platform';
import type { TicketDesk } from '../ports/ticket-desk';
import type { ConversationStore } from '../store/conversation-store';

/** Hears of lines and changes after their commit, on this node; other nodes hear the facts. */
export interface ChatListener {
  line(message: MessageView): void;
  changed(change: { readonly conversationId: string; readonly version: number }): void;
}

export interface UseCaseDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly policy: Policy;
  readonly tickets: TicketDesk;
  readonly conversations: ConversationStore;
  readonly listeners: Set<ChatListener>;
}
