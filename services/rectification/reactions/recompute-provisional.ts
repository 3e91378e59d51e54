import { systemActor } from '#kernel';
import type { Reaction, UnitOfWork } from '#platform';
import { type CaseDeadline, ledgerDue } from '../domain/clocks';
import { isOpen, type Rectification, type RectificationChange } from '../domain/rectification';
import { announceCase } from '../use-cases/case-facts';
import type { CaseTools } from '../use-cases/deps';
import { createDueOf } from '../use-cases/due-of';

const batch = 200;

const columnsOf = (row: Rectification, deadline: CaseDeadline, now: number): RectificationChange => {
  if (deadline.clockName === 'verify') return { verifyDueAt: deadline.dueAt };
  if (deadline.clockName === 'appealFile') return { appealFileDueAt: deadline.dueAt };
  if (deadline.clockName !== 'rectify') return {};
  return { rectifyDueAt: deadline.dueAt, ...(row.ledgerDueAt < now ? {} : ledgerDue(deadline.dueAt)) };
};

/** A deadline that was computed without the year's notice, now with it; what has run out stays run out (rules §10.5, security I-15). */
const recompute = async (tools: CaseTools, deadline: CaseDeadline, work: UnitOfWork): Promise<void> => {
  const row = await tools.store.find(deadline.rectificationId, work);
  if (row === null || !isOpen(row) || deadline.dueAt < work.now.getTime()) return;
  const pauses = (await tools.store.pausesOf(row.id, work)).flatMap((pause) =>
    pause.toAt === null || pause.clockName !== deadline.clockName ? [] : [{ fromAt: pause.fromAt, toAt: pause.toAt }],
  );
  const due = createDueOf(tools.calendar, row.regionCode)({ startsAt: deadline.startsAt, amount: deadline.amount, pauses });
  const after = { ...deadline, ...due };
  await tools.store.saveDeadlines([after], work);
  if (due.dueAt === deadline.dueAt) return;
  const set = { ...columnsOf(row, after, work.now.getTime()), ...(row.currentDueAt === deadline.dueAt ? { currentDueAt: due.dueAt } : {}) };
  if (!(await tools.store.changeIfUnchanged(row, set, work))) return;
  const content = { clock: deadline.clockName, from: deadline.dueAt, to: due.dueAt, calendarVersion: due.calendarVersion };
  work.trail({
    subject: 'rectification',
    subjectId: row.id,
    version: row.version + 1,
    action: 'recomputeDeadline',
    from: row.state,
    to: row.state,
    actor: systemActor,
    content,
  });
  announceCase(work, row, { name: 'rectification.deadlineChanged', payload: { clock: deadline.clockName, version: row.version + 1 } });
};

export const createRecomputeProvisional = (tools: CaseTools): Reaction => ({
  name: 'rectification.recompute-provisional',
  on: ['calendar.imported'],
  run: async () => {
    // This node may hear the fact here before it has reloaded its own calendar.
    await tools.calendar.reload();
    // Pages by id: a deadline that stays provisional must not be met again.
    for (let after = ''; ;) {
      const page = await tools.store.provisionalDeadlines(after, batch);
      for (const deadline of page) await tools.database.inTransaction((work) => recompute(tools, deadline, work));
      const last = page.at(-1);
      if (last === undefined || page.length < batch) return;
      after = last.id;
    }
  },
});
