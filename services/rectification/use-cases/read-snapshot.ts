import type { UnitOfWork } from '#platform';
import { clockOf } from '../domain/clocks';
import type { CaseForm, CaseSnapshot, Rectification } from '../domain/rectification';
import type { CaseTools } from './deps';

/** What was sealed as JSON by this module itself. */
export const openForm = (tools: Pick<CaseTools, 'crypto'>, sealed: string | null): CaseForm =>
  sealed === null || sealed === '' ? {} : (JSON.parse(tools.crypto.open(sealed)) as CaseForm);

/** Everything about cases that a decision looks at, in a fixed number of queries for a whole page. */
export const readSnapshots = async (tools: CaseTools, rows: readonly Rectification[], work?: UnitOfWork): Promise<readonly CaseSnapshot[]> => {
  const { store } = tools;
  const ids = rows.map((row) => row.id);
  const hands = await store.handsOf(ids, work);
  const contacts = await store.attemptsOf('contact', ids, work);
  const callbacks = await store.attemptsOf('callback', ids, work);
  const deadlines = await store.deadlinesOf(ids, work);
  const drafts = await store.draftsOf(ids, work);
  const attachments = await tools.attachments.listOfMany('rectification', ids, work);
  const supervised = new Set<string>();
  for (const id of ids) if (await tools.hasOpenSupervision(id)) supervised.add(id);
  const ofCase = <T extends { readonly rectificationId: string }>(entries: readonly T[], id: string): readonly T[] =>
    entries.filter((entry) => entry.rectificationId === id);
  return rows.map((row) => {
    const own = attachments.filter((attachment) => attachment.subjectId === row.id);
    return {
      row,
      hands: ofCase(hands, row.id),
      contacts: ofCase(contacts, row.id),
      callbacks: ofCase(callbacks, row.id),
      written: openForm(tools, row.content),
      draft: openForm(tools, drafts.find((draft) => draft.rectificationId === row.id)?.content ?? null),
      attachmentIds: own.map((attachment) => attachment.id),
      evidenceIds: own.filter((attachment) => attachment.purpose === 'EVIDENCE').map((attachment) => attachment.id),
      rectifyAmount: clockOf({ deadlines: ofCase(deadlines, row.id) }, 'rectify')?.amount ?? 0,
      hasOpenSupervision: supervised.has(row.id),
    };
  });
};

export const readSnapshot = async (tools: CaseTools, row: Rectification, work?: UnitOfWork): Promise<CaseSnapshot> => {
  const [snapshot] = await readSnapshots(tools, [row], work);
  if (snapshot === undefined) throw new Error('a case without a snapshot');
  return snapshot;
};
