import type { StaffActor } from '#kernel';
import type { UnitOfWork } from '#platform';

export interface TicketFromConversation {
  readonly conversationId: string;
  readonly title: string;
  /** The citizen's own words in their order. */
  readonly content: string;
  readonly ticketType: 'CONSULT' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGESTION' | 'PRAISE' | 'OTHER';
  readonly regionCode: string | null;
  readonly address: string | null;
  readonly occurredAt: Date | null;
  readonly citizenName: string | null;
  readonly citizenPhone: string | null;
  /** What the agent adds; kept apart from the citizen's words. */
  readonly note: string | null;
}

export interface OpenedTicket {
  readonly ticketId: string;
  readonly ticketNo: string;
  /** For the citizen's look-up (security A-3). */
  readonly receiptCode: string;
}

/** Filled by the composition root with the tickets module. */
export interface TicketDesk {
  /** In the caller's transaction, so that a ticket never exists without its link to the conversation. */
  openForConversation(input: TicketFromConversation, given: { readonly actor: StaffActor; readonly work: UnitOfWork }): Promise<OpenedTicket>;
}
