import { QueryTypes } from 'sequelize';
import type { Database } from '#platform';
import type { BadRatingKey, RatingReader } from '#ratings';
import type { RectificationStore } from '../store/rectification-store';

/** One finding of `verify` (security T-1). */
export interface RectificationFinding {
  readonly invariant: string;
  readonly checked: number;
  readonly offending: readonly string[];
}

const mostNamed = 50;
const pageSize = 2_000;

const closedIncomplete = `SELECT c.id FROM rectification c WHERE c.state = 'CLOSED' AND (c.outcome IS NULL OR c.closedAt IS NULL OR c.verifiedAt IS NULL OR c.submittedAt IS NULL OR c.reviewedAt IS NULL OR c.evidenceCount = 0 OR (c.isRealName = 1 AND (c.repliedAt IS NULL OR c.calledBackAt IS NULL))
  OR (c.isRealName = 1 AND NOT EXISTS (SELECT 1 FROM rectification_callback b WHERE b.rectificationId = c.id AND b.round = c.round))
  OR NOT EXISTS (SELECT 1 FROM attachment a WHERE a.subject = 'rectification' AND a.subjectId = c.id)
  OR (c.isTrue = 1 AND c.isReasonable = 1 AND c.outcome = 'EXPLANATION'))`;

const peopleTogether = `SELECT DISTINCT h.rectificationId AS id FROM rectification_hand h JOIN rectification_hand o ON o.rectificationId = h.rectificationId AND o.staffId = h.staffId AND o.part <> h.part
  WHERE (h.part IN ('HANDLER', 'APPELLANT') AND o.part IN ('REVIEWER', 'CALLER', 'APPEAL_REVIEWER')) OR (h.part = 'REVIEWER' AND o.part = 'CALLER')`;

const ratedHands = `SELECT c.id FROM rectification c JOIN rectification_hand h ON h.rectificationId = c.id AND h.staffId = c.ratedStaffId`;

const wronglyExcluded = `SELECT c.id FROM rectification c WHERE c.state = 'CLOSED_NOT_ADOPTED' AND (c.notAdoptedCategory IS NULL OR c.appealedAt IS NULL
  OR NOT EXISTS (SELECT 1 FROM trail t WHERE t.subject = 'rectification' AND t.subjectId = c.id AND t.version = c.version AND t.action = 'uphold' AND t.fromState = 'APPEALING')
  OR EXISTS (SELECT 1 FROM rectification_hand h JOIN rectification_hand o ON o.rectificationId = h.rectificationId AND o.staffId = h.staffId AND o.part <> 'APPEAL_REVIEWER' WHERE h.rectificationId = c.id AND h.part = 'APPEAL_REVIEWER'))`;

const trailGaps = `SELECT c.id FROM rectification c LEFT JOIN (SELECT subjectId, COUNT(*) AS steps, MAX(version) AS newest FROM trail WHERE subject = 'rectification' GROUP BY subjectId) t ON t.subjectId = c.id
  WHERE t.steps IS NULL OR t.steps <> c.version OR t.newest <> c.version`;

const trailStateDiffers = `SELECT c.id FROM rectification c JOIN trail t ON t.subject = 'rectification' AND t.subjectId = c.id AND t.version = c.version WHERE t.toState <> c.state`;

const movedDeadlines = `SELECT c.id FROM rectification c JOIN rectification_deadline d ON d.rectificationId = c.id AND d.clockName = 'rectify' AND d.round = 1 WHERE d.firstDueAt <> c.rectifyFirstDueAt`;

const withoutRating = `SELECT c.id FROM rectification c LEFT JOIN rectification_rating r ON r.rectificationId = c.id WHERE r.originId IS NULL`;

type BadPage = (id: string, limit: number) => Promise<readonly BadRatingKey[]>;

/** Walks all bad ratings and looks for those with no case or, which the key forbids, with two. */
const unmatched = async (store: RectificationStore, page: BadPage) => {
  const offending: string[] = [];
  let checked = 0;
  for (let after = ''; ;) {
    const rows = await page(after, pageSize);
    const linked = await store.linkedAmong(rows.map((row) => row.id));
    for (const row of rows) if (linked.get(row.id)?.length !== 1) offending.push(row.id);
    checked += rows.length;
    const last = rows.at(-1);
    if (rows.length < pageSize || last === undefined) return { checked, offending };
    after = last.id;
  }
};

/** The sum of the ledger's parts over all cases must be all cases (security I-07). */
const conservation = `SELECT orgId AS id FROM rectification GROUP BY orgId HAVING COUNT(*) <>
  SUM(CASE WHEN state = 'CLOSED' AND closedAt <= ledgerDueAt THEN 1 ELSE 0 END) + SUM(CASE WHEN state = 'CLOSED' AND closedAt > ledgerDueAt THEN 1 ELSE 0 END)
  + SUM(CASE WHEN state = 'CLOSED_NOT_ADOPTED' THEN 1 ELSE 0 END) + SUM(CASE WHEN state NOT IN ('CLOSED', 'CLOSED_NOT_ADOPTED') THEN 1 ELSE 0 END)`;

export const createVerifyRectification =
  (deps: { readonly database: Database; readonly store: RectificationStore; readonly ratings: RatingReader }) =>
  async (): Promise<readonly RectificationFinding[]> => {
    const { sequelize } = deps.database;
    const [count] = await sequelize.query<{ n: number }>('SELECT COUNT(*) AS n FROM rectification', { type: QueryTypes.SELECT });
    const checked = count?.n ?? 0;
    const finding = async (invariant: string, ...queries: readonly string[]): Promise<RectificationFinding> => {
      const found = new Set<string>();
      for (const sql of queries) {
        const rows = await sequelize.query<{ id: string | null }>(`${sql} LIMIT ${mostNamed}`, { type: QueryTypes.SELECT });
        for (const row of rows) found.add(`rectification ${row.id}`);
      }
      return { invariant, checked, offending: [...found] };
    };
    const stored = await unmatched(deps.store, deps.ratings.badAfter);
    const aside = await unmatched(deps.store, deps.ratings.badQuarantinedAfter);
    const offending = [...stored.offending.map((id) => `rating ${id}`), ...aside.offending.map((id) => `quarantine ${id}`)].slice(0, mostNamed);
    return [
      { invariant: 'I-03 every bad rating has exactly one case', checked: stored.checked + aside.checked, offending },
      await finding('I-03 every case comes from a bad rating', withoutRating),
      await finding('I-05 closed means closed', closedIncomplete, peopleTogether, ratedHands),
      await finding('I-06 exclusion is founded and independent', wronglyExcluded),
      await finding('I-07 the parts of the ledger are the whole', conservation),
      await finding('I-09 state, version and trail agree', trailGaps, trailStateDiffers),
      await finding('I-15 the first due instant stands', movedDeadlines),
    ];
  };
