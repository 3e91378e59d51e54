import { Op, type WhereOptions } from 'sequelize';
import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import { column, containing, type Database, insertRows, tableOptions, toMillis, toWhere, type UnitOfWork } from '#platform';
import type { Organization } from '../domain/organization';
import type { OrganizationFilter, OrganizationStore } from './organization-store';
import { firstOf, inside, rowsOf } from './rows';

interface Row extends Omit<Organization, 'active' | 'kind'> {
  readonly active: number | boolean;
  readonly kind: OrganizationKind;
}

const toOrganization = (row: Row): Organization => ({
  id: row.id,
  parentId: row.parentId,
  path: row.path,
  name: row.name,
  shortName: row.shortName,
  deptCode: row.deptCode,
  regionCode: row.regionCode,
  kind: row.kind,
  phone: row.phone,
  active: Boolean(row.active),
  successorId: row.successorId,
  version: row.version,
});

const columns = () => ({
  id: column.id(),
  parentId: column.refOrNull(),
  path: column.code(400),
  name: column.code(120),
  shortName: column.code(60),
  deptCode: column.codeOrNull(18),
  regionCode: column.code(6),
  kind: column.code(30),
  phone: column.codeOrNull(40),
  active: column.flag(),
  successorId: column.refOrNull(),
  version: column.number(),
  createdAt: column.instant(),
});

export const createOrganizationStore = ({ sequelize }: Database): OrganizationStore => {
  const model = sequelize.define('organization', columns(), { ...tableOptions });
  const under = (path: string): WhereOptions => toWhere(sequelize, { field: 'path', under: path }, {});

  const conditions = (filter: OrganizationFilter): WhereOptions[] => [
    ...(filter.regionCode === undefined ? [] : [{ regionCode: filter.regionCode }]),
    ...(filter.kind === undefined ? [] : [{ kind: filter.kind }]),
    ...(filter.named === undefined
      ? []
      : [{ [Op.or]: [{ name: { [Op.like]: containing(filter.named) } }, { shortName: { [Op.like]: containing(filter.named) } }] }]),
    ...(filter.under === undefined ? [] : [under(filter.under)]),
    ...(filter.activeOnly === true ? [{ active: true }] : []),
  ];

  const findMany = async (where: WhereOptions, work?: UnitOfWork): Promise<readonly Organization[]> =>
    (await rowsOf<Row>(model, { where, order: [['path', 'ASC']], ...inside(work) })).map(toOrganization);

  return {
    find: async (id, work) => {
      const row = await firstOf<Row>(model, { where: { id }, ...inside(work) });
      return row === null ? null : toOrganization(row);
    },
    findMany: (ids, work) => (ids.length === 0 ? Promise.resolve([]) : findMany({ id: { [Op.in]: [...ids] } }, work)),
    findByDeptCodes: (codes, work) => (codes.length === 0 ? Promise.resolve([]) : findMany({ deptCode: { [Op.in]: [...codes] } }, work)),
    subtree: (path, work) => findMany(under(path), work),
    list: async (filter, page) => {
      const where = { [Op.and]: [...conditions(filter), ...(page.after === null ? [] : [{ path: { [Op.gt]: page.after } }])] };
      return (await rowsOf<Row>(model, { where, order: [['path', 'ASC']], limit: page.limit + 1 })).map(toOrganization);
    },
    insertAll: (units, work) => {
      const createdAt = toMillis(work.now);
      const rows = units.map((unit) => ({ ...unit, active: Number(unit.active), createdAt }));
      return insertRows(sequelize, 'organization', { rows, transaction: work.transaction });
    },
    changeIfUnchanged: async (unit, change, work) => {
      const [changed] = await model.update({ ...change, version: unit.version + 1 }, { where: { id: unit.id, version: unit.version }, ...inside(work) });
      return changed === 1;
    },
    repath: async (units, work) => {
      for (const { id, path } of units) await model.update({ path }, { where: { id }, ...inside(work) });
    },
  };
};
