import { QueryTypes } from 'sequelize';
import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import type { Database } from '#platform';

/** Queries that look for rows which break an invariant; each answers ids. */
export interface TicketAudits {
  /** count(trail) = version, and the last step of the trail is the state (security I-09). */
  brokenTrails(table: 'ticket' | 'sub_order', subject: 'ticket' | 'sub-order'): Promise<readonly string[]>;
  withoutSingleLead(): Promise<readonly string[]>;
  outsideTable(): Promise<readonly string[]>;
  brokenMerges(): Promise<readonly string[]>;
  dispatchedToAccused(): Promise<readonly string[]>;
}

const most = 1_000;
const quoted = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(',');
const states = Object.entries(ticketLifecycle.states);
const finals = states.flatMap(([state, spec]) => ('final' in spec ? [state] : []));
const withLead = ['PENDING_SIGN', 'IN_PROGRESS', 'PENDING_REVIEW', 'PENDING_CALLBACK'];

export const createTicketAudits = ({ sequelize }: Database): TicketAudits => {
  const ids = async (sql: string): Promise<readonly string[]> =>
    (await sequelize.query<{ id: string }>(`${sql} LIMIT ${most}`, { type: QueryTypes.SELECT })).map((row) => row.id);
  return {
    brokenTrails: (table, subject) =>
      ids(`SELECT s.id AS id FROM ${table} s LEFT JOIN (SELECT subjectId, COUNT(*) AS steps, MAX(version) AS lastVersion FROM trail WHERE subject = '${subject}' GROUP BY subjectId) t
        ON t.subjectId = s.id LEFT JOIN trail l ON l.subject = '${subject}' AND l.subjectId = s.id AND l.version = s.version
        WHERE t.steps IS NULL OR t.steps <> s.version OR t.lastVersion <> s.version OR l.toState IS NULL OR l.toState <> s.state`),
    withoutSingleLead: () =>
      ids(`SELECT k.id AS id FROM ticket k LEFT JOIN (SELECT ticketId, COUNT(*) AS leads FROM sub_order WHERE role = 'LEAD' AND state NOT IN ('RETURNED','CANCELLED') GROUP BY ticketId) s
        ON s.ticketId = k.id WHERE (k.state IN (${quoted(withLead)}) AND COALESCE(s.leads, 0) <> 1) OR (k.state = 'PENDING_DISPATCH' AND COALESCE(s.leads, 0) <> 0)`),
    outsideTable: () =>
      ids(`SELECT id FROM ticket WHERE state NOT IN (${quoted(states.map(([state]) => state))})
        OR (state IN (${quoted(finals)}) AND closedAt IS NULL) OR (state NOT IN (${quoted(finals)}) AND closedAt IS NOT NULL)`),
    brokenMerges: () =>
      ids(`SELECT k.id AS id FROM ticket k LEFT JOIN ticket_complainant c ON c.ticketId = k.mergedIntoId AND c.originTicketId = k.id
        WHERE (k.mergedIntoId IS NOT NULL AND c.id IS NULL) OR k.mergedIntoId = k.id OR (k.state = 'MERGED' AND k.mergedIntoId IS NULL)`),
    dispatchedToAccused: () =>
      ids(`SELECT s.id AS id FROM sub_order s JOIN ticket k ON k.id = s.ticketId WHERE k.accusedOrgPath IS NOT NULL AND s.liveUnitOf IS NOT NULL
        AND SUBSTR(s.orgPath, 1, LENGTH(k.accusedOrgPath)) = k.accusedOrgPath`),
  };
};
