import { DataTypes, type Sequelize } from 'sequelize';
import { correctionOriginSchema, correctionStatusSchema } from '../contracts';
import type { CorrectionRecord, CorrectionStore } from './correction-store';

const words = (length: number) => ({ type: DataTypes.STRING(length) });
const big = () => ({ type: DataTypes.BIGINT });

const defineTable = (sequelize: Sequelize) =>
  sequelize.define(
    'knowledge_correction',
    {
      id: { type: DataTypes.STRING(40), primaryKey: true, allowNull: false },
      guideId: words(40),
      guideVersion: { type: DataTypes.INTEGER },
      origin: words(20),
      words: { type: DataTypes.TEXT },
      status: words(20),
      ownerOrg: words(160),
      answer: { type: DataTypes.TEXT },
      reportedBy: words(40),
      reportedAt: big(),
      dueAt: big(),
      revision: { type: DataTypes.INTEGER },
      updatedAt: big(),
    },
    { timestamps: false, freezeTableName: true },
  );

type Row = Readonly<Record<string, unknown>>;

const textOrNull = (value: unknown): string | null => (value == null ? null : String(value));
const numberOrNull = (value: unknown): number | null => (value == null ? null : Number(value));

const toRecord = (row: Row): CorrectionRecord => ({
  id: String(row['id']),
  guideId: textOrNull(row['guideId']),
  guideVersion: numberOrNull(row['guideVersion']),
  origin: correctionOriginSchema.parse(row['origin']),
  words: String(row['words']),
  status: correctionStatusSchema.parse(row['status']),
  ownerOrg: String(row['ownerOrg']),
  answer: textOrNull(row['answer']),
  reportedBy: String(row['reportedBy']),
  reportedAt: Number(row['reportedAt']),
  dueAt: numberOrNull(row['dueAt']),
  revision: Number(row['revision']),
  updatedAt: Number(row['updatedAt']),
});

const pageSize = 200;

export const createSequelizeCorrectionStore = (sequelize: Sequelize): CorrectionStore => {
  const table = defineTable(sequelize);
  const rowsOf = (found: readonly unknown[]): readonly Row[] => found as readonly Row[];
  return {
    find: async (id, work) =>
      rowsOf(await table.findAll({ where: { id }, raw: true, ...(work === undefined ? {} : { transaction: work.transaction }) })).map(toRecord)[0] ?? null,
    list: async ({ status, guideId }) => {
      const where = { ...(status === undefined ? {} : { status }), ...(guideId === undefined ? {} : { guideId }) };
      return rowsOf(await table.findAll({ where, order: [['id', 'DESC']], limit: pageSize, raw: true })).map(toRecord);
    },
    openGuides: async (guideIds) => {
      if (guideIds.length === 0) return new Set();
      const open = rowsOf(await table.findAll({ attributes: ['guideId'], where: { guideId: [...guideIds], status: ['SUBMITTED', 'ASSIGNED'] }, raw: true }));
      return new Set(open.map((row) => String(row['guideId'])));
    },
    insert: async (correction, { transaction }) => {
      await table.create({ ...correction }, { transaction });
    },
    replaceIfUnchanged: async (correction, { transaction }) => {
      const [changed] = await table.update(
        { ...correction, revision: correction.revision + 1 },
        { where: { id: correction.id, revision: correction.revision }, transaction },
      );
      return changed === 1;
    },
  };
};
