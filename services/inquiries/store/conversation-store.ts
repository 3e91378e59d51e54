import type { Predicate } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Conversation, Message, MessageAuthor, TicketLink } from '../domain/conversation';
import type { QueueFigures } from '../domain/waiting';

export type Change = Partial<Omit<Conversation, 'id' | 'version' | 'lastSeq' | 'channel'>>;

export interface ConversationFilter {
  readonly scope: Predicate;
  readonly state?: Conversation['state'] | undefined;
  readonly agentId?: string | undefined;
  readonly limit: number;
  readonly after: { readonly at: number; readonly id: string } | null;
}

export interface ConversationStore {
  insert(conversation: Conversation, work: UnitOfWork): Promise<void>;
  find(id: string, work?: UnitOfWork): Promise<Conversation | null>;
  findByStartKey(startKeyHash: string, work?: UnitOfWork): Promise<Conversation | null>;
  /** Version + 1 if the version is still the one that was read; false otherwise. */
  moveIfUnchanged(seen: Pick<Conversation, 'id' | 'version'>, change: Change, work: UnitOfWork): Promise<boolean>;
  /** Fields beside the lifecycle, such as the contact. */
  amend(id: string, change: Change, work: UnitOfWork): Promise<void>;
  /** The next number of a line; nobody else can take the same one. */
  takeSeq(id: string, change: Change, work: UnitOfWork): Promise<number>;
  list(filter: ConversationFilter): Promise<readonly Conversation[]>;
  waitingBefore(conversation: Pick<Conversation, 'id' | 'waitingSince'>): Promise<number>;
  figures(since: Date): Promise<QueueFigures>;
  /** In that state, without a line since then; oldest first. */
  silentSince(state: Conversation['state'], before: Date, limit: number): Promise<readonly Conversation[]>;

  insertMessage(message: Message, work: UnitOfWork): Promise<void>;
  findMessage(conversationId: string, author: MessageAuthor, given: { readonly clientMsgId: string; readonly work?: UnitOfWork }): Promise<Message | null>;
  messages(conversationId: string, given: { readonly after: number; readonly limit: number; readonly work?: UnitOfWork }): Promise<readonly Message[]>;

  insertLink(link: TicketLink, work: UnitOfWork): Promise<void>;
  links(conversationIds: readonly string[], work?: UnitOfWork): Promise<readonly TicketLink[]>;
  linksOfTicket(ticketId: string): Promise<readonly TicketLink[]>;
}
