import { Op, QueryTypes } from 'sequelize';
import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import { isRole } from '#contracts/vocabulary/roles';
import { column, type Database, tableOptions, toDate, toMillis } from '#platform';
import { inside } from './rows';
import type { SessionStore } from './session-store';

interface Row {
  readonly sessionId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly staffId: string;
  readonly name: string;
  readonly orgId: string;
  readonly orgPath: string;
  readonly regionCode: string;
  readonly unitKind: OrganizationKind;
  /** Null for a person without a role. */
  readonly role: string | null;
}

/** Every request asks this: four primary or unique keys, one row for each role. */
const liveSql = `SELECT s.id AS sessionId, s.createdAt, s.lastSeenAt, p.id AS staffId, p.name, p.orgId, o.path AS orgPath, o.regionCode, o.kind AS unitKind, r.role
FROM staff_session s JOIN staff p ON p.id = s.staffId JOIN organization o ON o.id = p.orgId LEFT JOIN staff_role r ON r.staffId = p.id
WHERE s.tokenHash = $1 AND s.revokedAt IS NULL AND p.active = 1 AND o.active = 1`;

const columns = () => ({
  id: column.id(),
  tokenHash: column.code(64),
  staffId: column.ref(),
  address: column.code(80),
  createdAt: column.instant(),
  lastSeenAt: column.instant(),
  revokedAt: column.instantOrNull(),
});

export const createSessionStore = ({ sequelize }: Database): SessionStore => {
  const model = sequelize.define('staff_session', columns(), { ...tableOptions });
  return {
    findLive: async (tokenHash, work) => {
      const rows = await sequelize.query<Row>(liveSql, { bind: [tokenHash], type: QueryTypes.SELECT, ...inside(work) });
      const [first] = rows;
      if (first === undefined) return null;
      const { role: _role, ...record } = first;
      const roles = rows.flatMap(({ role }) => (role !== null && isRole(role) ? [role] : [])).sort();
      return { ...record, createdAt: toDate(record.createdAt), lastSeenAt: toDate(record.lastSeenAt), roles };
    },
    insert: async (session, work) => {
      const now = toMillis(work.now);
      await model.create({ ...session, createdAt: now, lastSeenAt: now, revokedAt: null }, { ...inside(work) });
    },
    touch: async (sessionId, work) => {
      // Never backwards, and never a session that was revoked in between.
      const where = { id: sessionId, revokedAt: null, lastSeenAt: { [Op.lt]: toMillis(work.now) } };
      await model.update({ lastSeenAt: toMillis(work.now) }, { where, ...inside(work) });
    },
    revoke: async (sessionId, work) => {
      const [changed] = await model.update({ revokedAt: toMillis(work.now) }, { where: { id: sessionId, revokedAt: null }, ...inside(work) });
      return changed === 1;
    },
    revokeAllOf: async (staffIds, work) => {
      if (staffIds.length === 0) return;
      await model.update({ revokedAt: toMillis(work.now) }, { where: { staffId: { [Op.in]: [...staffIds] }, revokedAt: null }, ...inside(work) });
    },
    deleteCreatedBefore: async (day, work) => {
      await model.destroy({ where: { createdAt: { [Op.lt]: toMillis(day) } }, ...inside(work) });
    },
  };
};
