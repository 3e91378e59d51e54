import { createCallerHistory } from './queries/caller-history';
import { createExplainDeadline } from './queries/deadlines';
import { createDraftOfCall } from './queries/draft-of-call';
import { createGetTicket, createMaySee, createReceiptAgain } from './queries/get-ticket';
import { createGetSubOrder, createListSubOrders } from './queries/list-sub-orders';
import { createCountStages, createListTickets } from './queries/list-tickets';
import { createByReceipt } from './queries/progress';
import { createDuplicatesOf, createSimilarTickets } from './queries/similar-tickets';
import { createVerifyTickets } from './queries/verify-tickets';
import type { TicketDeps } from './ports';
import { createRecomputeProvisional } from './reactions/recompute-provisional';
import { createSequelizeTicketStore } from './store/sequelize-ticket-store';
import { createArchiveTickets } from './use-cases/archive-tickets';
import { createLinkTicket, createLinkTicketIn, createUnlinkTicket } from './use-cases/link-ticket';
import { createMoveSubOrder } from './use-cases/move-sub-order';
import { createMoveTicket, createMoveTicketIn } from './use-cases/move-ticket';
import { createRecordCallback } from './use-cases/record-callback';
import { createRegisterTicket, createRegisterTicketIn } from './use-cases/register-ticket';
import { createRevealField } from './use-cases/reveal-field';
import { createSaveDraft } from './use-cases/save-draft';
import { createSubmitInquiry } from './use-cases/submit-inquiry';
import { createTools } from './use-cases/tools';
import { createUrgeTicket } from './use-cases/urge-ticket';

/** Tickets and sub-orders from intake to archive (rules §3). */
export const createTickets = (deps: TicketDeps) => {
  const tools = createTools(deps, createSequelizeTicketStore(deps.database, deps.clock));
  const callers = createCallerHistory(tools);
  return {
    registerTicket: createRegisterTicket(tools),
    /** The same inside a transaction of the caller, such as a conversation that becomes a ticket. */
    registerTicketIn: createRegisterTicketIn(tools),
    submitInquiry: createSubmitInquiry(tools),
    saveDraft: createSaveDraft(tools),
    moveTicket: createMoveTicket(tools),
    moveTicketIn: createMoveTicketIn(tools),
    moveSubOrder: createMoveSubOrder(tools),
    urgeTicket: createUrgeTicket(tools),
    recordCallback: createRecordCallback(tools),
    linkTicket: createLinkTicket(tools),
    linkTicketIn: createLinkTicketIn(tools),
    unlinkTicket: createUnlinkTicket(tools),
    revealField: createRevealField(tools),
    /** For the daily sweep. */
    archiveTickets: createArchiveTickets(tools),
    getTicket: createGetTicket(tools),
    receiptAgain: createReceiptAgain(tools),
    listTickets: createListTickets(tools),
    countStages: createCountStages(tools),
    getSubOrder: createGetSubOrder(tools),
    listSubOrders: createListSubOrders(tools),
    explainDeadline: createExplainDeadline(tools),
    similarTickets: createSimilarTickets(tools),
    duplicatesOf: createDuplicatesOf(tools),
    draftOfCall: createDraftOfCall(tools),
    historyOfPhone: callers.ofPhone,
    historyOfPhoneHash: callers.ofHash,
    /** For the citizen, without an account. */
    byReceipt: createByReceipt(tools),
    /** The judge of the room `ticket:<id>`. */
    maySee: createMaySee(tools),
    verifyTickets: createVerifyTickets(tools),
    reactions: [createRecomputeProvisional(tools)],
  };
};

export type Tickets = ReturnType<typeof createTickets>;
export type { Ticket } from './domain/ticket';
export { toE164 } from './domain/phone';
export type { GuideReference, StaffReader, TicketDeps, TieJudge, UnitReader } from './ports';
export { presentReceipt, presentSubOrderReceipt } from './queries/get-ticket';
export type { LinkRequest } from './use-cases/link-ticket';
export type { SubOrderMove, TicketMove } from './domain/ticket-input';
export type { RegisterInput, Registered } from './use-cases/register-ticket';
