import { DataTypes, type QueryInterface } from 'sequelize';

const id = { type: DataTypes.STRING(40), allowNull: false };
const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const optional = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
const big = { type: DataTypes.BIGINT, allowNull: false };
const int = { type: DataTypes.INTEGER, allowNull: false };
const textColumn = { type: 'MEDIUMTEXT', allowNull: false };

const tables: Readonly<Record<string, Parameters<QueryInterface['createTable']>[1]>> = {
  // The number is given at the insert, so facts of one ticket keep their order whatever the nodes' clocks say.
  outbox: {
    no: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    factId: id,
    name: code(80),
    payload: textColumn,
    rooms: textColumn,
    at: big,
  },
  fact: { seq: { ...big, primaryKey: true }, factId: id, name: code(80), payload: textColumn, rooms: textColumn, at: big },
  fact_room: { room: { ...code(80), primaryKey: true }, roomSeq: { ...big, primaryKey: true }, factSeq: big },
  room_head: { room: { ...code(80), primaryKey: true }, lastSeq: big },
  fact_head: { name: { ...code(20), primaryKey: true }, lastSeq: big },
  lease: { name: { ...code(40), primaryKey: true }, owner: code(80), fence: big, untilAt: big },
  reaction_cursor: { reaction: { ...code(100), primaryKey: true }, lastSeq: big },
  reaction_failure: {
    reaction: { ...code(100), primaryKey: true },
    factSeq: { ...big, primaryKey: true },
    attempts: int,
    nextAt: big,
    dead: { type: DataTypes.BOOLEAN, allowNull: false },
    error: code(200),
  },
  chain_head: { name: { ...code(40), primaryKey: true }, lastNo: big, lastMac: code(64) },
  trail: {
    id: { ...id, primaryKey: true },
    subject: code(40),
    subjectId: code(40),
    version: int,
    action: code(60),
    fromState: optional(40),
    toState: code(40),
    actorKind: code(10),
    actorId: code(40),
    actorOrgId: optional(40),
    at: big,
    salt: code(40),
    commitment: code(64),
    content: textColumn,
    attachmentIds: textColumn,
    chainNo: big,
    chainMac: code(64),
  },
  audit: {
    id: { ...id, primaryKey: true },
    actorKind: code(10),
    actorId: code(40),
    actorOrgId: optional(40),
    address: optional(80),
    action: code(80),
    objectType: code(40),
    objectId: optional(80),
    purpose: optional(400),
    result: code(10),
    detail: textColumn,
    at: big,
    chainNo: big,
    chainMac: code(64),
  },
  idempotency: {
    caller: { ...code(60), primaryKey: true },
    operation: { ...code(80), primaryKey: true },
    idempotencyKey: { ...code(64), primaryKey: true },
    bodyHash: code(64),
    ref: optional(60),
    status: { type: DataTypes.INTEGER, allowNull: true },
    answer: { type: 'MEDIUMTEXT', allowNull: true },
    at: big,
  },
  attachment: {
    id: { ...id, primaryKey: true },
    subject: code(40),
    subjectId: code(40),
    fileName: code(255),
    mediaType: code(80),
    size: int,
    sha256: code(64),
    purpose: code(40),
    uploadedBy: code(40),
    uploadedOrgId: optional(40),
    at: big,
  },
  setting: { name: { ...code(80), primaryKey: true }, value: textColumn, version: int, at: big },
};

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[]; readonly unique?: boolean }[] = [
  { table: 'fact', name: 'fact_id', fields: ['factId'], unique: true },
  { table: 'fact', name: 'fact_at', fields: ['at'] },
  { table: 'trail', name: 'trail_subject_version', fields: ['subject', 'subjectId', 'version'], unique: true },
  { table: 'trail', name: 'trail_chain', fields: ['chainNo'], unique: true },
  { table: 'trail', name: 'trail_actor_at', fields: ['actorId', 'at'] },
  { table: 'audit', name: 'audit_chain', fields: ['chainNo'], unique: true },
  { table: 'audit', name: 'audit_object', fields: ['objectType', 'objectId', 'at'] },
  { table: 'audit', name: 'audit_actor', fields: ['actorId', 'at'] },
  { table: 'audit', name: 'audit_at', fields: ['at', 'id'] },
  { table: 'attachment', name: 'attachment_subject', fields: ['subject', 'subjectId', 'at'] },
  { table: 'attachment', name: 'attachment_sha256', fields: ['sha256'] },
  { table: 'idempotency', name: 'idempotency_at', fields: ['at'] },
];

const chains = ['audit', 'rating', 'trail'];

export const up = async (query: QueryInterface): Promise<void> => {
  const present = new Set(await query.showAllTables());
  for (const [name, columns] of Object.entries(tables)) {
    if (!present.has(name)) await query.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' });
  }
  for (const index of indexes) {
    const known = (await query.showIndex(index.table)) as { name: string }[];
    if (!known.some((entry) => entry.name === index.name)) await query.addIndex(index.table, index.fields, { name: index.name, unique: index.unique === true });
  }
  for (const name of chains) {
    const found = await query.rawSelect('chain_head', { where: { name } }, 'name');
    if (found === null) await query.bulkInsert('chain_head', [{ name, lastNo: 0, lastMac: '' }]);
  }
  if ((await query.rawSelect('fact_head', { where: { name: 'fact' } }, 'name')) === null) await query.bulkInsert('fact_head', [{ name: 'fact', lastSeq: 0 }]);
};

export const down = async (query: QueryInterface): Promise<void> => {
  for (const name of Object.keys(tables).reverse()) await query.dropTable(name);
};
