import { DataTypes, type QueryInterface } from 'sequelize';

const id = { type: DataTypes.STRING(40), allowNull: false };
const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const optional = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
const big = { type: DataTypes.BIGINT, allowNull: false };
const int = { type: DataTypes.INTEGER, allowNull: false };
const long = { type: 'MEDIUMTEXT', allowNull: false };

const tables: Readonly<Record<string, Parameters<QueryInterface['createTable']>[1]>> = {
  /** The catalogue layer (rules 8.3); `content` is the item as JSON. */
  service_item: { id: { ...id, primaryKey: true }, name: code(120), nameKey: code(120), content: long, version: int, updatedAt: big },
  /** One guide for one item and place. What it says stands in its versions; a draft waits here until it is published. */
  item_guide: {
    id: { ...id, primaryKey: true },
    externalId: optional(64),
    itemId: optional(40),
    regionCode: optional(6),
    name: code(160),
    status: code(20),
    currentVersion: int,
    contentHash: optional(64),
    draft: { type: 'MEDIUMTEXT', allowNull: true },
    draftStatus: optional(20),
    draftedBy: optional(40),
    verifiedAt: optional(10),
    verifiedBy: optional(160),
    revision: int,
    updatedAt: big,
  },
  /** Append-only: a ticket cites guide and version (rules 9). */
  item_guide_version: {
    id: { ...id, primaryKey: true },
    guideId: id,
    version: int,
    head: long,
    content: long,
    draftedBy: code(40),
    publishedBy: code(40),
    publishedAt: big,
  },
  /** Reports of wrong or missing guides, with the unit that has to answer (rules 9). */
  knowledge_correction: {
    id: { ...id, primaryKey: true },
    guideId: optional(40),
    guideVersion: { type: DataTypes.INTEGER, allowNull: true },
    origin: code(20),
    words: { type: DataTypes.TEXT, allowNull: false },
    status: code(20),
    ownerOrg: code(160),
    answer: { type: DataTypes.TEXT, allowNull: true },
    reportedBy: code(40),
    reportedAt: big,
    dueAt: { type: DataTypes.BIGINT, allowNull: true },
    revision: int,
    updatedAt: big,
  },
};

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[]; readonly unique?: boolean }[] = [
  { table: 'service_item', name: 'service_item_name', fields: ['nameKey'], unique: true },
  { table: 'item_guide', name: 'item_guide_external', fields: ['externalId'], unique: true },
  { table: 'item_guide', name: 'item_guide_item_region', fields: ['itemId', 'regionCode'] },
  { table: 'item_guide', name: 'item_guide_status', fields: ['status', 'id'] },
  { table: 'item_guide_version', name: 'item_guide_version_number', fields: ['guideId', 'version'], unique: true },
  { table: 'knowledge_correction', name: 'knowledge_correction_guide', fields: ['guideId', 'status'] },
  { table: 'knowledge_correction', name: 'knowledge_correction_status', fields: ['status', 'id'] },
];

export const up = async (query: QueryInterface): Promise<void> => {
  const present = new Set(await query.showAllTables());
  for (const [name, columns] of Object.entries(tables)) {
    if (!present.has(name)) await query.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' });
  }
  for (const index of indexes) {
    const known = (await query.showIndex(index.table)) as { name: string }[];
    if (!known.some((entry) => entry.name === index.name)) await query.addIndex(index.table, index.fields, { name: index.name, unique: index.unique === true });
  }
};

export const down = async (query: QueryInterface): Promise<void> => {
  for (const name of Object.keys(tables).reverse()) await query.dropTable(name);
};
