import { DataTypes, type QueryInterface } from 'sequelize';

const id = { type: DataTypes.STRING(40), allowNull: false };
const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const optional = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
const big = { type: DataTypes.BIGINT, allowNull: false };
const int = { type: DataTypes.INTEGER, allowNull: false };
const flag = { type: DataTypes.BOOLEAN, allowNull: false };
const sealed = { type: 'MEDIUMTEXT', allowNull: true };

const serviceKey = { sourceSystem: code(40), projectNo: code(50), serviceNumber: int, assessNumber: int };

const tables: Readonly<Record<string, Parameters<QueryInterface['createTable']>[1]>> = {
  // Append-only (security I-04): what may change about a rating stands in rating_standing and rating_report.
  rating: {
    id: { ...id, primaryKey: true },
    ...serviceKey,
    receiptCode: code(30),
    codeSystem: code(10),
    level: code(20),
    channel: code(20),
    caseType: code(10),
    proStatus: code(20),
    taskCode: code(64),
    taskHandleItem: optional(64),
    taskName: code(200),
    deptCode: code(18),
    areaCode: code(12),
    regionCode: code(6),
    orgId: optional(40),
    orgPath: optional(400),
    assessAt: big,
    acceptAt: big,
    receivedAt: big,
    tags: code(100),
    windowName: optional(100),
    subMatter: optional(100),
    dataSource: optional(50),
    userProp: optional(20),
    isAnonymous: flag,
    isRealName: flag,
    isDefault: flag,
    isBad: flag,
    nameSealed: sealed,
    nameHash: optional(64),
    certSealed: sealed,
    certHash: optional(64),
    phoneSealed: sealed,
    phoneHash: optional(64),
    wordsSealed: sealed,
    clerkSealed: sealed,
    ratedStaffId: optional(40),
    salt: code(40),
    identityCommitment: code(64),
    wordsCommitment: code(64),
    contentHash: code(64),
    rectificationId: optional(40),
    receivedFrom: code(40),
    chainNo: big,
    chainMac: code(64),
  },
  rating_quarantine: {
    id: { ...id, primaryKey: true },
    ...serviceKey,
    receiptCode: code(30),
    reason: code(30),
    level: code(20),
    channel: code(20),
    taskName: code(200),
    deptCode: code(18),
    regionCode: code(6),
    orgId: optional(40),
    orgPath: optional(400),
    isBad: flag,
    isRealName: flag,
    ratedStaffId: optional(40),
    content: { type: 'MEDIUMTEXT', allowNull: false },
    contentHash: code(64),
    /** The stored rating that holds the key; null for a wrong declaration. */
    ratingId: optional(40),
    rectificationId: optional(40),
    resolution: optional(30),
    at: big,
  },
  /** Present only where a rating does not count as it came: excluded by an upheld appeal. */
  rating_standing: { ratingId: { ...id, primaryKey: true }, auditStatus: code(30), rectificationId: optional(40), at: big },
  /** What still has to go up to the platform and why it waits. */
  rating_report: { ratingId: { ...id, primaryKey: true }, state: code(30), at: big },
};

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[]; readonly unique?: boolean }[] = [
  { table: 'rating', name: 'rating_key', fields: ['projectNo', 'serviceNumber', 'assessNumber', 'sourceSystem'], unique: true },
  { table: 'rating', name: 'rating_receipt', fields: ['receiptCode'], unique: true },
  { table: 'rating', name: 'rating_chain', fields: ['chainNo'], unique: true },
  { table: 'rating', name: 'rating_received', fields: ['receivedAt', 'id'] },
  { table: 'rating', name: 'rating_bad', fields: ['isBad', 'id'] },
  {
    table: 'rating_quarantine',
    name: 'rating_quarantine_content',
    fields: ['projectNo', 'serviceNumber', 'assessNumber', 'contentHash', 'sourceSystem'],
    unique: true,
  },
  { table: 'rating_quarantine', name: 'rating_quarantine_receipt', fields: ['receiptCode'], unique: true },
  { table: 'rating_quarantine', name: 'rating_quarantine_at', fields: ['at', 'id'] },
  { table: 'rating_report', name: 'rating_report_state', fields: ['state', 'at'] },
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
