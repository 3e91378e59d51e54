import { DataTypes, Op, type Sequelize } from 'sequelize';
import { guideContentSchema, guideHeadSchema, knowledgeStatusSchema, serviceItemContentSchema, type ServiceItem } from '../contracts';
import type { GuideRecord, GuideVersion, KnowledgeStore, KnowledgeWork, PublishedGuide } from './knowledge-store';

const options = { timestamps: false, freezeTableName: true } as const;
// Sequelize writes into the column it is given, so each gets an object of its own.
const id = () => ({ type: DataTypes.STRING(40), primaryKey: true, allowNull: false });
const words = (length: number) => ({ type: DataTypes.STRING(length) });
const long = () => ({ type: DataTypes.TEXT });
const int = () => ({ type: DataTypes.INTEGER });
const big = () => ({ type: DataTypes.BIGINT });

const defineTables = (sequelize: Sequelize) => ({
  items: sequelize.define('service_item', { id: id(), name: words(120), nameKey: words(120), content: long(), version: int(), updatedAt: big() }, options),
  guides: sequelize.define(
    'item_guide',
    {
      id: id(),
      externalId: words(64),
      itemId: words(40),
      regionCode: words(6),
      name: words(160),
      status: words(20),
      currentVersion: int(),
      contentHash: words(64),
      draft: long(),
      draftStatus: words(20),
      draftedBy: words(40),
      verifiedAt: words(10),
      verifiedBy: words(160),
      revision: int(),
      updatedAt: big(),
    },
    options,
  ),
  versions: sequelize.define(
    'item_guide_version',
    { id: id(), guideId: words(40), version: int(), head: long(), content: long(), draftedBy: words(40), publishedBy: words(40), publishedAt: big() },
    options,
  ),
});

/** A row as the driver gives it; the parsers below make typed objects of it. */
type Row = Readonly<Record<string, unknown>>;

const textOf = (row: Row, column: string): string => String(row[column] ?? '');
const textOrNull = (row: Row, column: string): string | null => (row[column] == null ? null : textOf(row, column));
const json = (text: string): unknown => JSON.parse(text);

const toItem = (row: Row): ServiceItem => ({
  ...serviceItemContentSchema.parse(json(textOf(row, 'content'))),
  id: textOf(row, 'id'),
  version: Number(row['version']),
});

const toDraft = (text: string | null): GuideRecord['draft'] => {
  if (text === null) return null;
  const draft = json(text) as { head: unknown; content: unknown };
  return { head: guideHeadSchema.parse(draft.head), content: guideContentSchema.parse(draft.content) };
};

const toGuide = (row: Row): GuideRecord => ({
  id: textOf(row, 'id'),
  externalId: textOrNull(row, 'externalId'),
  itemId: textOrNull(row, 'itemId'),
  regionCode: textOrNull(row, 'regionCode'),
  name: textOf(row, 'name'),
  status: knowledgeStatusSchema.parse(row['status']),
  currentVersion: Number(row['currentVersion']),
  contentHash: textOrNull(row, 'contentHash'),
  draft: toDraft(textOrNull(row, 'draft')),
  draftStatus: row['draftStatus'] === 'DRAFT' || row['draftStatus'] === 'PENDING_REVIEW' ? row['draftStatus'] : null,
  draftedBy: textOrNull(row, 'draftedBy'),
  verifiedAt: textOrNull(row, 'verifiedAt'),
  verifiedBy: textOrNull(row, 'verifiedBy'),
  revision: Number(row['revision']),
  updatedAt: Number(row['updatedAt']),
});

const toVersion = (row: Row): GuideVersion => ({
  id: textOf(row, 'id'),
  guideId: textOf(row, 'guideId'),
  version: Number(row['version']),
  head: guideHeadSchema.parse(json(textOf(row, 'head'))),
  content: guideContentSchema.parse(json(textOf(row, 'content'))),
  draftedBy: textOf(row, 'draftedBy'),
  publishedBy: textOf(row, 'publishedBy'),
  publishedAt: Number(row['publishedAt']),
});

const guideRow = (guide: GuideRecord) => ({ ...guide, draft: guide.draft === null ? null : JSON.stringify(guide.draft) });

const inWork = (work: KnowledgeWork | undefined) => (work === undefined ? {} : { transaction: work.transaction });

const withVersions = async (tables: ReturnType<typeof defineTables>, rows: readonly Row[], work?: KnowledgeWork): Promise<PublishedGuide[]> => {
  const guides = rows.map(toGuide);
  if (guides.length === 0) return [];
  // One row for each guide: the pair is unique, so this reads by the index and not one by one.
  const pairs = guides.map((guide) => ({ guideId: guide.id, version: guide.currentVersion }));
  const versions = new Map<string, GuideVersion>();
  for (const row of await tables.versions.findAll({ where: { [Op.or]: pairs }, raw: true, ...inWork(work) })) {
    const version = toVersion(row as unknown as Row);
    versions.set(version.guideId, version);
  }
  return guides.flatMap((guide) => {
    const version = versions.get(guide.id);
    return version === undefined ? [] : [{ guide, version }];
  });
};

export const createSequelizeKnowledgeStore = (sequelize: Sequelize): KnowledgeStore => {
  const tables = defineTables(sequelize);
  const rowsOf = (found: readonly unknown[]): readonly Row[] => found as readonly Row[];
  const guidesWhere = async (where: Row, work?: KnowledgeWork): Promise<readonly Row[]> =>
    rowsOf(await tables.guides.findAll({ where: { ...where }, raw: true, ...inWork(work) }));
  return {
    items: async () => rowsOf(await tables.items.findAll({ order: ['id'], raw: true })).map(toItem),
    saveItems: async (items, { transaction }) => {
      for (const { id: itemId, name, nameKey, version, updatedAt, ...content } of items) {
        const row = { id: itemId, name, nameKey, version, updatedAt, content: JSON.stringify({ ...content, name }) };
        if (version === 1) await tables.items.create(row, { transaction });
        else await tables.items.update(row, { where: { id: itemId, version: version - 1 }, transaction });
      }
    },
    find: async (guideId, work) => (await guidesWhere({ id: guideId }, work)).map(toGuide)[0] ?? null,
    findByExternalIds: async (externalIds, work) => (externalIds.length === 0 ? [] : (await guidesWhere({ externalId: [...externalIds] }, work)).map(toGuide)),
    version: async (guideId, version) => rowsOf(await tables.versions.findAll({ where: { guideId, version }, raw: true })).map(toVersion)[0] ?? null,
    versions: async (guideId) => rowsOf(await tables.versions.findAll({ where: { guideId }, order: [['version', 'DESC']], raw: true })).map(toVersion),
    publishedAfter: async (after, limit) =>
      withVersions(tables, rowsOf(await tables.guides.findAll({ where: { status: 'PUBLISHED', id: { [Op.gt]: after } }, order: ['id'], limit, raw: true }))),
    published: async (ids, work) => (ids.length === 0 ? [] : withVersions(tables, await guidesWhere({ id: [...ids], status: 'PUBLISHED' }, work), work)),
    publishedOfItem: async (itemId, work) => withVersions(tables, await guidesWhere({ itemId, status: 'PUBLISHED' }, work), work),
    insert: async (guides, { transaction }) => {
      await tables.guides.bulkCreate(guides.map(guideRow), { transaction });
    },
    replaceIfUnchanged: async (guide, { transaction }) => {
      const [changed] = await tables.guides.update(
        { ...guideRow(guide), revision: guide.revision + 1 },
        { where: { id: guide.id, revision: guide.revision }, transaction },
      );
      return changed === 1;
    },
    addVersions: async (versions, { transaction }) => {
      await tables.versions.bulkCreate(
        versions.map((version) => ({ ...version, head: JSON.stringify(version.head), content: JSON.stringify(version.content) })),
        { transaction },
      );
    },
  };
};
