import { decide } from '#contracts/lifecycles/lifecycle';
import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import { systemActor } from '#kernel';
import { ticketFacts } from '../domain/ticket-facts';
import { openQuestion } from './evidence';
import { stepTicket } from './steps';
import { openFile, type TicketTools } from './tools';

const dayMs = 86_400_000;
const archivable = ticketLifecycle.rows.find((row) => row.on === 'archive')?.from ?? [];

/** rules §3.5: what has been done for thirty days becomes read-only; for the daily sweep, some at a time. Answers how many. */
export const createArchiveTickets =
  (tools: TicketTools) =>
  async (limit = 200): Promise<number> => {
    const before = new Date(tools.clock.now().getTime() - tools.terms.archiveDays * dayMs);
    const due = await tools.store.closedBefore(archivable, before, limit);
    let archived = 0;
    for (const { id } of due) {
      archived += await tools.database.inTransaction(async (work) => {
        const file = await openFile(tools, { id, work, actor: systemActor });
        const facts = ticketFacts(openQuestion(tools, file, systemActor, work.now));
        const decision = decide(ticketLifecycle, { state: file.ticket.state }, { action: 'archive', performers: ['SYSTEM'], facts });
        if (!decision.ok) return 0;
        await stepTicket(tools, work, file, { action: 'archive', to: 'ARCHIVED', actor: systemActor });
        return 1;
      });
    }
    return archived;
  };
