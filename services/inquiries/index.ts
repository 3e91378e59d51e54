import type { Policy } from '#identity';
import type { Clock, Ids } from '#kernel';
import { createTrails, type Database, type FieldCrypto } from '#platform';
import type { TicketDesk } from './ports/ticket-desk';
import { createReadConversations } from './queries/read-conversations';
import { createVerifyInquiries } from './queries/verify-inquiries';
import { createInquiryAudits } from './store/inquiry-audits';
import { createConversationStore } from './store/sequelize-conversation-store';
import { createAuthenticateCitizen } from './use-cases/authenticate-citizen';
import type { ChatListener, UseCaseDeps } from './use-cases/deps';
import { createLeaveContact } from './use-cases/leave-contact';
import { createMakeTicket } from './use-cases/make-ticket';
import { createLeaveConversation, createMoveConversation } from './use-cases/move-conversation';
import { createPostMessage, createSendAnswerCard } from './use-cases/post-message';
import { createStartConversation } from './use-cases/start-conversation';
import { createSweepSilent } from './use-cases/sweep-silent';

export type { TicketDesk } from './ports/ticket-desk';
export type { ChatListener } from './use-cases/deps';

export interface InquiriesDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly policy: Policy;
  readonly tickets: TicketDesk;
}

/** The door of the module: web chat between citizens and agents, and the ticket that comes of it. */
export const createInquiries = (given: InquiriesDeps) => {
  const deps: UseCaseDeps = { ...given, conversations: createConversationStore(given.database), listeners: new Set<ChatListener>() };
  return {
    startConversation: createStartConversation(deps),
    authenticateCitizen: createAuthenticateCitizen(deps),
    postMessage: createPostMessage(deps),
    sendAnswerCard: createSendAnswerCard(deps),
    moveConversation: createMoveConversation(deps),
    leaveConversation: createLeaveConversation(deps),
    leaveContact: createLeaveContact(deps),
    makeTicket: createMakeTicket(deps),
    /** For a job, about once a minute. */
    sweepSilent: createSweepSilent(deps),
    ...createReadConversations(deps),
    verify: createVerifyInquiries(createInquiryAudits(given.database), createTrails(given.database, given.crypto)),
    /** Lines and changes after their commit, on this node; answers how to stop listening. */
    listen: (listener: ChatListener): (() => void) => {
      deps.listeners.add(listener);
      return () => void deps.listeners.delete(listener);
    },
  };
};

export type Inquiries = ReturnType<typeof createInquiries>;
