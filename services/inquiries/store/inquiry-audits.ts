import { QueryTypes } from 'sequelize';
import type { Database } from '#platform';

export interface InquiryAudits {
  count(): Promise<number>;
  /** The next ones after an id, in the order of ids. */
  states(after: string, limit: number): Promise<readonly { readonly id: string; readonly version: number; readonly state: string }[]>;
  brokenLines(): Promise<readonly string[]>;
  brokenStates(): Promise<readonly string[]>;
}

const most = 1_000;

/** What `verify` asks of the tables; each answers the conversations that break the rule. */
export const createInquiryAudits = ({ sequelize }: Database): InquiryAudits => {
  const ids = async (sql: string): Promise<readonly string[]> =>
    (await sequelize.query<{ id: string }>(`${sql} LIMIT ${most}`, { type: QueryTypes.SELECT })).map((row) => row.id);
  return {
    count: async () => {
      const [row] = await sequelize.query<{ n: number }>('SELECT COUNT(*) AS n FROM conversation', { type: QueryTypes.SELECT });
      return Number(row?.n ?? 0);
    },
    states: async (after, limit) => {
      const rows = await sequelize.query<{ id: string; version: number; state: string }>(
        `SELECT id, version, state FROM conversation WHERE id > $1 ORDER BY id LIMIT ${Math.trunc(limit)}`,
        { bind: [after], type: QueryTypes.SELECT },
      );
      return rows.map((row) => ({ ...row, version: Number(row.version) }));
    },
    brokenLines: () =>
      ids(`SELECT c.id AS id FROM conversation c LEFT JOIN (SELECT conversationId, COUNT(*) AS n, MAX(seq) AS last FROM conversation_message GROUP BY conversationId) m
        ON m.conversationId = c.id WHERE COALESCE(m.n, 0) <> c.lastSeq OR COALESCE(m.last, 0) <> c.lastSeq`),
    brokenStates: () =>
      ids(`SELECT id FROM conversation WHERE state NOT IN ('WAITING', 'ACTIVE', 'CLOSED') OR (state = 'ACTIVE' AND agentId IS NULL)
        OR (state = 'WAITING' AND (agentId IS NOT NULL OR waitingSince IS NULL)) OR (state = 'CLOSED' AND closedAt IS NULL)`),
  };
};
