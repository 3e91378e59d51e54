import { Op, QueryTypes, type WhereOptions } from 'sequelize';
import { isRole, type Role } from '#contracts/vocabulary/roles';
import { column, containing, type Database, insertRows, tableOptions, toMillis, type UnitOfWork } from '#platform';
import { separationOf, type Staff } from '../domain/staff';
import { inside, rowsOf } from './rows';
import type { StaffFilter, StaffStore } from './staff-store';

interface Row {
  readonly id: string;
  readonly loginName: string;
  readonly name: string;
  readonly orgId: string;
  readonly workNo: string | null;
  readonly active: number | boolean;
  readonly version: number;
}

const staffColumns = () => ({
  id: column.id(),
  loginName: column.code(40),
  name: column.code(60),
  passwordHash: column.code(200),
  orgId: column.ref(),
  workNo: column.codeOrNull(40),
  active: column.flag(),
  version: column.number(),
  createdAt: column.instant(),
  passwordChangedAt: column.instant(),
});

const roleColumns = () => ({ staffId: column.id(), role: { ...column.code(30), primaryKey: true }, separation: column.codeOrNull(20) });

const credentialsSql =
  'SELECT p.id AS staffId, p.passwordHash, p.active AS personActive, o.active AS unitActive FROM staff p JOIN organization o ON o.id = p.orgId WHERE p.loginName = $1';

const attributes = ['id', 'loginName', 'name', 'orgId', 'workNo', 'active', 'version'];

export const createStaffStore = (database: Database): StaffStore => {
  const { sequelize } = database;
  const people = sequelize.define('staff', staffColumns(), { ...tableOptions });
  const held = sequelize.define('staff_role', roleColumns(), { ...tableOptions });

  const withRoles = async (rows: readonly Row[], work?: UnitOfWork): Promise<readonly Staff[]> => {
    if (rows.length === 0) return [];
    const where = { staffId: { [Op.in]: rows.map((row) => row.id) } };
    const roles = await rowsOf<{ staffId: string; role: string }>(held, { where, order: [['role', 'ASC']], ...inside(work) });
    const rolesOf = (id: string): readonly Role[] => roles.flatMap(({ staffId, role }) => (staffId === id && isRole(role) ? [role] : []));
    return rows.map(({ id, loginName, name, orgId, workNo, active, version }) => ({
      id,
      loginName,
      name,
      orgId,
      workNo,
      active: Boolean(active),
      version,
      roles: rolesOf(id),
    }));
  };

  const select = async (where: WhereOptions, work?: UnitOfWork): Promise<readonly Staff[]> =>
    withRoles(await rowsOf<Row>(people, { where, attributes, order: [['id', 'ASC']], ...inside(work) }), work);

  const conditions = async (filter: StaffFilter, work?: UnitOfWork): Promise<WhereOptions[]> => {
    const holders =
      filter.role === undefined ? null : await rowsOf<{ staffId: string }>(held, { where: { role: filter.role }, attributes: ['staffId'], ...inside(work) });
    return [
      ...(filter.orgIds === undefined ? [] : [{ orgId: { [Op.in]: [...filter.orgIds] } }]),
      ...(holders === null ? [] : [{ id: { [Op.in]: holders.map((row) => row.staffId) } }]),
      ...(filter.named === undefined ? [] : [{ name: { [Op.like]: containing(filter.named) } }]),
      ...(filter.activeOnly === true ? [{ active: true }] : []),
    ];
  };

  const insertRoles = (people: readonly Pick<Staff, 'id' | 'roles'>[], work: UnitOfWork): Promise<void> => {
    const rows = people.flatMap(({ id, roles }) => roles.map((role) => ({ staffId: id, role, separation: separationOf(role) })));
    return insertRows(sequelize, 'staff_role', { rows, transaction: work.transaction });
  };

  return {
    find: async (id, work) => (await select({ id }, work))[0] ?? null,
    findMany: (ids, work) => (ids.length === 0 ? Promise.resolve([]) : select({ id: { [Op.in]: [...ids] } }, work)),
    findByLoginName: async (loginName, work) => (await select({ loginName }, work))[0] ?? null,
    credentialsOf: async (loginName) => {
      const [row] = await sequelize.query<{ staffId: string; passwordHash: string; personActive: number; unitActive: number }>(credentialsSql, {
        bind: [loginName],
        type: QueryTypes.SELECT,
      });
      return row === undefined ? null : { staffId: row.staffId, passwordHash: row.passwordHash, active: Boolean(row.personActive) && Boolean(row.unitActive) };
    },
    list: async (filter, page, work) => {
      const where = { [Op.and]: [...(await conditions(filter, work)), ...(page.after === null ? [] : [{ id: { [Op.gt]: page.after } }])] };
      return withRoles(await rowsOf<Row>(people, { where, attributes, order: [['id', 'ASC']], limit: page.limit + 1, ...inside(work) }), work);
    },
    idsOfOrg: async (orgId, work) => (await rowsOf<{ id: string }>(people, { where: { orgId }, attributes: ['id'], ...inside(work) })).map((row) => row.id),
    findByNameOrWorkNo: (orgIds, given, work) => {
      const named = [...(given.name === null ? [] : [{ name: given.name }]), ...(given.workNo === null ? [] : [{ workNo: given.workNo }])];
      return orgIds.length === 0 || named.length === 0 ? Promise.resolve([]) : select({ orgId: { [Op.in]: [...orgIds] }, [Op.or]: named }, work);
    },
    insertAll: async (people, work) => {
      const now = toMillis(work.now);
      const rows = people.map(({ id, loginName, name, passwordHash, orgId, workNo, active }) => ({
        id,
        loginName,
        name,
        passwordHash,
        orgId,
        workNo,
        active: Number(active),
        version: 1,
        createdAt: now,
        passwordChangedAt: now,
      }));
      await insertRows(sequelize, 'staff', { rows, transaction: work.transaction });
      await insertRoles(people, work);
    },
    changeIfUnchanged: async (staff, change, work) => {
      const changedPassword = change.passwordHash === undefined ? {} : { passwordChangedAt: toMillis(work.now) };
      const [changed] = await people.update(
        { ...change, ...changedPassword, version: staff.version + 1 },
        { where: { id: staff.id, version: staff.version }, ...inside(work) },
      );
      return changed === 1;
    },
    replaceRoles: async (staffId, roles, work) => {
      await held.destroy({ where: { staffId }, ...inside(work) });
      await insertRoles([{ id: staffId, roles }], work);
    },
  };
};
