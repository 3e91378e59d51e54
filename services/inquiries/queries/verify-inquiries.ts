import { QueryTypes } from 'sequelize';
import type { Database } from '#platform';

export interface InquiryFinding {
  readonly invariant: string;
  readonly checked: number;
  readonly offending: readonly string[];
  readonly note?: string;
}

const most = 1_000;

/** security T-1: looks at every conversation and changes none. */
export const createVerifyInquiries =
  ({ sequelize }: Database) =>
  async (): Promise<readonly InquiryFinding[]> => {
    const ids = async (sql: string): Promise<readonly string[]> =>
      (await sequelize.query<{ id: string }>(`${sql} LIMIT ${most}`, { type: QueryTypes.SELECT })).map((row) => row.id);
    const [count] = await sequelize.query<{ n: number }>('SELECT COUNT(*) AS n FROM conversation', { type: QueryTypes.SELECT });
    const checked = Number(count?.n ?? 0);
    const brokenTrails = await ids(
      `SELECT c.id AS id FROM conversation c LEFT JOIN (SELECT subjectId, COUNT(*) AS steps FROM trail WHERE subject = 'conversation' GROUP BY subjectId) t
        ON t.subjectId = c.id LEFT JOIN trail l ON l.subject = 'conversation' AND l.subjectId = c.id AND l.version = c.version
        WHERE t.steps IS NULL OR t.steps <> c.version OR l.toState IS NULL OR l.toState <> c.state`,
    );
    const brokenLines = await ids(
      `SELECT c.id AS id FROM conversation c LEFT JOIN (SELECT conversationId, COUNT(*) AS n, MAX(seq) AS last FROM conversation_message GROUP BY conversationId) m
        ON m.conversationId = c.id WHERE COALESCE(m.n, 0) <> c.lastSeq OR COALESCE(m.last, 0) <> c.lastSeq`,
    );
    const brokenStates = await ids(
      `SELECT id FROM conversation WHERE state NOT IN ('WAITING', 'ACTIVE', 'CLOSED') OR (state = 'ACTIVE' AND agentId IS NULL)
        OR (state = 'WAITING' AND (agentId IS NOT NULL OR waitingSince IS NULL)) OR (state = 'CLOSED' AND closedAt IS NULL)`,
    );
    return [
      { invariant: 'I-09 conversation', checked, offending: brokenTrails, note: '轨迹条数、末次状态与会话的版本、状态一致' },
      { invariant: 'conversation lines', checked, offending: brokenLines, note: '消息序号从 1 起连续，末号与会话一致' },
      { invariant: 'conversation states', checked, offending: brokenStates, note: '对话中必有坐席，排队中必在队里，结束的有结束时间' },
    ];
  };
