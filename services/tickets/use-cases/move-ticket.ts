import { decide } from '#contracts/lifecycles/lifecycle';
import { ticketLifecycle, type TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import type { Actor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { performersOf, refusal } from '../domain/refusals';
import { ticketFacts } from '../domain/ticket-facts';
import type { TicketFile } from '../domain/ticket-file';
import type { TicketInput, TicketMove } from '../domain/ticket-input';
import { questionFor } from './evidence';
import { stepTicket } from './steps';
import { ticketEffects } from './ticket-effects';
import { mustOwnFiles, openFile, staleSubject, type TicketTools } from './tools';

const textsOf = (input: TicketInput): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(input).filter(([name, value]) => value !== undefined && name !== 'attachmentIds'));

export const createMoveTicketIn =
  (tools: TicketTools) =>
  async (work: UnitOfWork, id: string, move: TicketMove, actor: Actor): Promise<TicketFile> => {
    const { action, input } = move;
    const file = await openFile(tools, { id, alsoLock: input.targetId, work, actor });
    // Whom one may not see one may not merge into either: the target's complainants and history would change unseen (security §11).
    if (input.targetId !== undefined) await openFile(tools, { id: input.targetId, work, actor });
    const { ticket } = file;
    if (ticket.version !== move.ifMatch) await staleSubject(tools, { subject: 'ticket', id, version: ticket.version, state: ticket.state });
    await mustOwnFiles(tools, id, input.attachmentIds);
    const question = await questionFor(tools, work, file, { input, actor });
    const decision = decide(ticketLifecycle, { state: ticket.state }, { action, performers: performersOf(actor), facts: ticketFacts(question) });
    if (!decision.ok) {
      const isIncomplete = decision.unmet.some((guard) => guard.guard === 'fieldsAreComplete');
      const errors = isIncomplete ? question.missing.map(({ field, label }) => ({ path: `/${field}`, code: 'required', message: `${label}必填` })) : [];
      throw refusal(ticketLifecycle, ticket.state, { action, decision, errors });
    }
    const to = decision.to as TicketState;
    const effect = await ticketEffects[action]?.(tools, work, { file, input, actor, to });
    return stepTicket(tools, work, effect?.file ?? file, {
      action,
      to,
      actor,
      ...(effect?.patch === undefined ? {} : { patch: effect.patch }),
      content: textsOf(input),
      attachmentIds: input.attachmentIds ?? [],
      statutory: input.statutoryLimit,
    });
  };

/** The one door for every action of the table (rules §3.5). */
export const createMoveTicket = (tools: TicketTools) => {
  const moveIn = createMoveTicketIn(tools);
  return (id: string, move: TicketMove, actor: Actor): Promise<TicketFile> => {
    tools.policy.require(actor, 'ticket.move');
    return tools.database.inTransaction((work) => moveIn(work, id, move, actor));
  };
};
