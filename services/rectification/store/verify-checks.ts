import { QueryTypes } from 'sequelize';
import type { Database } from '#platform';

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

/** The sum of the ledger's parts over all cases must be all cases (security I-07). */
const conservation = `SELECT orgId AS id FROM rectification GROUP BY orgId HAVING COUNT(*) <>
  SUM(CASE WHEN state = 'CLOSED' AND closedAt <= ledgerDueAt THEN 1 ELSE 0 END) + SUM(CASE WHEN state = 'CLOSED' AND closedAt > ledgerDueAt THEN 1 ELSE 0 END)
  + SUM(CASE WHEN state = 'CLOSED_NOT_ADOPTED' THEN 1 ELSE 0 END) + SUM(CASE WHEN state NOT IN ('CLOSED', 'CLOSED_NOT_ADOPTED') THEN 1 ELSE 0 END)`;

/** What breaks an invariant, as questions to the tables: an answer with rows names the cases that break it (security T-1). */
const questions = {
  withoutRating: [withoutRating],
  closed: [closedIncomplete, peopleTogether, ratedHands],
  excluded: [wronglyExcluded],
  conservation: [conservation],
  trail: [trailGaps, trailStateDiffers],
  firstDue: [movedDeadlines],
} as const;

export type CheckName = keyof typeof questions;

export interface VerifyChecks {
  count(): Promise<number>;
  offending(name: CheckName, limit: number): Promise<readonly string[]>;
}

export const createVerifyChecks = ({ sequelize }: Database): VerifyChecks => ({
  count: async () => {
    const [row] = await sequelize.query<{ n: number }>('SELECT COUNT(*) AS n FROM rectification', { type: QueryTypes.SELECT });
    return row?.n ?? 0;
  },
  offending: async (name, limit) => {
    const found = new Set<string>();
    for (const sql of questions[name]) {
      const rows = await sequelize.query<{ id: string | null }>(`${sql} LIMIT ${Math.trunc(limit)}`, { type: QueryTypes.SELECT });
      for (const row of rows) found.add(String(row.id));
    }
    return [...found];
  },
});
