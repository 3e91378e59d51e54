import { systemActor } from '#kernel';
import type { Reaction, UnitOfWork } from '#platform';
import type { ClockRow } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { dueOf } from '../use-cases/clocks';
import { roomsOf, ticketPayload } from '../use-cases/rooms';
import { openFile, type TicketTools } from '../use-cases/tools';

const batch = 200;

/** The copies of a deadline that lists sort by. */
const showDeadline = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, row: ClockRow): Promise<void> => {
  const { ticket } = file;
  if (row.ownerId !== ticket.id) {
    const column = row.clock === 'sign' ? { signDueAt: row.dueAt } : { handleDueAt: row.dueAt };
    await tools.store.subOrders.update({ id: row.ownerId }, column, work);
  } else if (ticket.clockName === row.clock) await tools.store.tickets.update({ id: ticket.id }, { clockDueAt: row.dueAt }, work);
};

/** A deadline that was computed without the year's notice, now with it; what has run out stays run out (rules §10.5, security I-15). */
const recompute = async (tools: TicketTools, work: UnitOfWork, stale: ClockRow): Promise<void> => {
  const file = await openFile(tools, { id: stale.ticketId, work, actor: systemActor });
  const row = file.clocks.find((clock) => clock.id === stale.id);
  if (row === undefined || row.stoppedAt !== null || row.dueAt < work.now) return;
  const due = dueOf(tools, row, file.pauses);
  await tools.store.clocks.update({ id: row.id }, { dueAt: due.dueAt, provisional: due.provisional, calendarVersion: due.calendarVersion }, work);
  if (due.dueAt.getTime() === row.dueAt.getTime()) return;
  await showDeadline(tools, work, file, { ...row, dueAt: due.dueAt });
  const detail = { clock: row.clock, from: row.dueAt.toISOString(), to: due.dueAt.toISOString(), calendarVersion: due.calendarVersion };
  work.audit({ actor: systemActor, action: 'ticket.recomputeDeadline', objectType: 'ticket', objectId: row.ticketId, result: 'done', detail });
  work.announce({ name: 'ticket.deadlineChanged', payload: ticketPayload(file, { clock: row.clock }), rooms: roomsOf(file) });
};

export const createRecomputeProvisional = (tools: TicketTools): Reaction => ({
  name: 'tickets.recompute-provisional',
  on: ['calendar.imported'],
  run: async () => {
    // This node may hear the fact here before it has reloaded its own calendar.
    await tools.calendar.reload();
    // Pages by id: a deadline that stays provisional must not be met again.
    for (let after = ''; ;) {
      const page = await tools.store.provisionalClocks(after, batch);
      for (const row of page) await tools.database.inTransaction((work) => recompute(tools, work, row));
      const last = page.at(-1);
      if (last === undefined || page.length < batch) return;
      after = last.id;
    }
  },
});
