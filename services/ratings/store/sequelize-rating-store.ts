import { Op, type WhereOptions } from 'sequelize';
import { column, containing, type Database, insertRows, tableOptions, toWhere, type UnitOfWork } from '#platform';
import type { KeyedRating, KeysetQuery, QuarantineRow, RatingFilter, RatingRow, RatingStore } from './rating-store';

const keyColumns = { sourceSystem: column.code(), projectNo: column.code(50), serviceNumber: column.number(), assessNumber: column.number() };

const ratingColumns = {
  id: column.id(),
  ...keyColumns,
  receiptCode: column.code(30),
  codeSystem: column.code(10),
  level: column.code(20),
  channel: column.code(20),
  caseType: column.code(10),
  proStatus: column.code(20),
  taskCode: column.code(64),
  taskHandleItem: column.codeOrNull(64),
  taskName: column.code(200),
  deptCode: column.code(18),
  areaCode: column.code(12),
  regionCode: column.code(6),
  orgId: column.refOrNull(),
  orgPath: column.codeOrNull(400),
  assessAt: column.instant(),
  acceptAt: column.instant(),
  receivedAt: column.instant(),
  tags: column.code(100),
  windowName: column.codeOrNull(100),
  subMatter: column.codeOrNull(100),
  dataSource: column.codeOrNull(50),
  userProp: column.codeOrNull(20),
  isAnonymous: column.flag(),
  isRealName: column.flag(),
  isDefault: column.flag(),
  isBad: column.flag(),
  nameSealed: column.textOrNull(),
  nameHash: column.codeOrNull(64),
  certSealed: column.textOrNull(),
  certHash: column.codeOrNull(64),
  phoneSealed: column.textOrNull(),
  phoneHash: column.codeOrNull(64),
  wordsSealed: column.textOrNull(),
  clerkSealed: column.textOrNull(),
  ratedStaffId: column.refOrNull(),
  salt: column.code(),
  identityCommitment: column.code(64),
  wordsCommitment: column.code(64),
  contentHash: column.code(64),
  rectificationId: column.refOrNull(),
  receivedFrom: column.ref(),
};

const quarantineColumns = {
  id: column.id(),
  ...keyColumns,
  receiptCode: column.code(30),
  reason: column.code(30),
  level: column.code(20),
  channel: column.code(20),
  taskName: column.code(200),
  deptCode: column.code(18),
  regionCode: column.code(6),
  orgId: column.refOrNull(),
  orgPath: column.codeOrNull(400),
  isBad: column.flag(),
  isRealName: column.flag(),
  ratedStaffId: column.refOrNull(),
  content: column.text(),
  contentHash: column.code(64),
  ratingId: column.refOrNull(),
  rectificationId: column.refOrNull(),
  resolution: column.codeOrNull(30),
  at: column.instant(),
};

const flags = new Set(['isAnonymous', 'isRealName', 'isDefault', 'isBad']);
const numbers = new Set(['serviceNumber', 'assessNumber', 'assessAt', 'acceptAt', 'receivedAt', 'at']);

/** What the drivers give differs in flags and big numbers; what leaves the store does not. */
const plain = (row: object): unknown =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => {
      if (flags.has(name)) return [name, Boolean(value)];
      return [name, numbers.has(name) ? Number(value) : value];
    }),
  );

const rangeOf = (filter: RatingFilter): WhereOptions[] => [
  ...(filter.from === undefined ? [] : [{ receivedAt: { [Op.gte]: filter.from } }]),
  ...(filter.to === undefined ? [] : [{ receivedAt: { [Op.lt]: filter.to } }]),
];

const filterOf = (filter: RatingFilter): WhereOptions[] => [
  ...rangeOf(filter),
  ...(filter.level === undefined ? [] : [{ level: filter.level }]),
  ...(filter.channel === undefined ? [] : [{ channel: filter.channel }]),
  ...(filter.isRealName === undefined ? [] : [{ isRealName: filter.isRealName }]),
  ...(filter.isBad === undefined ? [] : [{ isBad: filter.isBad }]),
  ...(filter.orgPath === undefined ? [] : [{ orgPath: { [Op.startsWith]: filter.orgPath } }]),
  ...(filter.regionPrefix === undefined ? [] : [{ regionCode: { [Op.startsWith]: filter.regionPrefix } }]),
  ...(filter.q === undefined ? [] : [{ [Op.or]: [{ projectNo: filter.q }, { taskName: { [Op.like]: containing(filter.q) } }] }]),
];

const newestFirst = (instant: string, after: KeysetQuery['after']): WhereOptions[] =>
  after === null ? [] : [{ [Op.or]: [{ [instant]: { [Op.lt]: after[0] } }, { [instant]: after[0], id: { [Op.lt]: after[1] } }] }];

export const createSequelizeRatingStore = (database: Database): RatingStore => {
  const { sequelize } = database;
  const ratings = sequelize.define('rating', ratingColumns, tableOptions);
  const quarantine = sequelize.define('rating_quarantine', quarantineColumns, tableOptions);
  const standing = sequelize.define(
    'rating_standing',
    { ratingId: column.id(), auditStatus: column.code(30), rectificationId: column.refOrNull(), at: column.instant() },
    tableOptions,
  );
  const serviceColumns = ['id', 'sourceSystem', 'projectNo', 'serviceNumber'];
  const add = (table: string, rows: readonly object[], work: UnitOfWork): Promise<void> =>
    insertRows(sequelize, table, { rows: rows as readonly Record<string, unknown>[], transaction: work.transaction });

  return {
    keyed: async (projectNos, work) => {
      const rows = await ratings.findAll({
        attributes: [...serviceColumns, 'assessNumber', 'receiptCode', 'contentHash', 'rectificationId', 'level'],
        where: { projectNo: [...projectNos] },
        transaction: work.transaction,
        raw: true,
      });
      return rows.map((row) => plain(row) as KeyedRating);
    },
    quarantined: async (projectNos, work) =>
      (await quarantine.findAll({ where: { projectNo: [...projectNos] }, transaction: work.transaction, raw: true })).map((row) => plain(row) as QuarantineRow),
    addQuarantined: (rows, work) => add('rating_quarantine', rows, work),
    holdReports: (rows, work) => add('rating_report', rows, work),
    find: async (id) => {
      const row = await ratings.findOne({ where: { id }, raw: true });
      return row === null ? null : (plain(row) as RatingRow);
    },
    findQuarantined: async (id) => {
      const row = await quarantine.findOne({ where: { id }, raw: true });
      return row === null ? null : (plain(row) as QuarantineRow);
    },
    ofProjects: async (projectNos) =>
      (await ratings.findAll({ where: { projectNo: [...projectNos] }, order: ['assessNumber'], raw: true })).map((row) => plain(row) as RatingRow),
    list: async ({ scope, filter, limit, after }) => {
      const rows = await ratings.findAll({
        where: { [Op.and]: [toWhere(sequelize, scope, {}), ...filterOf(filter), ...newestFirst('receivedAt', after)] },
        order: [
          ['receivedAt', 'DESC'],
          ['id', 'DESC'],
        ],
        limit: limit + 1,
        raw: true,
      });
      return rows.map((row) => plain(row) as RatingRow);
    },
    listQuarantined: async ({ scope, limit, after }) => {
      const rows = await quarantine.findAll({
        where: { [Op.and]: [toWhere(sequelize, scope, {}), ...newestFirst('at', after)] },
        order: [
          ['at', 'DESC'],
          ['id', 'DESC'],
        ],
        limit: limit + 1,
        raw: true,
      });
      return rows.map((row) => plain(row) as QuarantineRow);
    },
    excludedOf: async (ratingIds) => {
      const rows = await standing.findAll({ attributes: ['ratingId'], where: { ratingId: [...ratingIds] }, raw: true });
      return new Set(rows.map((row) => (plain(row) as { ratingId: string }).ratingId));
    },
    exclude: (rows, work) => add('rating_standing', rows, work),
    badAfter: async (id, limit) => {
      const rows = await ratings.findAll({ attributes: serviceColumns, where: { isBad: true, id: { [Op.gt]: id } }, order: ['id'], limit, raw: true });
      return rows.map((row) => plain(row) as RatingRow);
    },
    badQuarantinedAfter: async (id, limit) => {
      const where = { isBad: true, reason: 'CONFLICT', id: { [Op.gt]: id } };
      const rows = await quarantine.findAll({ attributes: serviceColumns, where, order: ['id'], limit, raw: true });
      return rows.map((row) => plain(row) as QuarantineRow);
    },
  };
};
