import { DataTypes, type QueryInterface } from 'sequelize';

const id = { type: DataTypes.STRING(40), allowNull: false };
const idOrNull = { type: DataTypes.STRING(40), allowNull: true };
const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const optional = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
const big = { type: DataTypes.BIGINT, allowNull: false };
const bigOrNull = { type: DataTypes.BIGINT, allowNull: true };
const int = { type: DataTypes.INTEGER, allowNull: false };
const flag = { type: DataTypes.BOOLEAN, allowNull: false };
const textColumn = { type: 'MEDIUMTEXT', allowNull: false };
const refersTo = (table: string) => ({ references: { model: table, key: 'id' }, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' });

const tables: Readonly<Record<string, Parameters<QueryInterface['createTable']>[1]>> = {
  organization: {
    id: { ...id, primaryKey: true },
    parentId: { ...idOrNull, ...refersTo('organization') },
    path: code(400),
    name: code(120),
    shortName: code(60),
    deptCode: optional(18),
    regionCode: code(6),
    kind: code(30),
    phone: optional(40),
    active: flag,
    successorId: { ...idOrNull, ...refersTo('organization') },
    version: int,
    createdAt: big,
  },
  staff: {
    id: { ...id, primaryKey: true },
    loginName: code(40),
    name: code(60),
    passwordHash: code(200),
    orgId: { ...id, ...refersTo('organization') },
    workNo: optional(40),
    active: flag,
    version: int,
    createdAt: big,
    passwordChangedAt: big,
  },
  staff_role: {
    staffId: { ...id, primaryKey: true, ...refersTo('staff') },
    role: { ...code(30), primaryKey: true },
    // 'OVERSIGHT' for auditor and administrator, null for every other role: the unique key below keeps the two apart (rules §2).
    separation: optional(20),
  },
  staff_session: {
    id: { ...id, primaryKey: true },
    tokenHash: code(64),
    staffId: { ...id, ...refersTo('staff') },
    address: code(80),
    createdAt: big,
    lastSeenAt: big,
    revokedAt: bigOrNull,
  },
  sign_in_attempt: {
    // Keyed hash of the typed name or of the address: unknown names leave the same row as known ones.
    keyHash: { ...code(64), primaryKey: true },
    failures: int,
    lastFailureAt: big,
    blockedUntil: big,
  },
  api_client: {
    id: { ...id, primaryKey: true },
    name: code(80),
    keyHash: code(64),
    keyHint: code(12),
    scopes: textColumn,
    createdBy: code(40),
    createdAt: big,
    expiresAt: big,
    revokedAt: bigOrNull,
    lastUsedAt: bigOrNull,
    version: int,
  },
};

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[]; readonly unique?: boolean }[] = [
  { table: 'organization', name: 'organization_dept_code', fields: ['deptCode'], unique: true },
  { table: 'organization', name: 'organization_path', fields: ['path'], unique: true },
  { table: 'organization', name: 'organization_parent', fields: ['parentId', 'name'] },
  { table: 'organization', name: 'organization_region', fields: ['regionCode', 'kind'] },
  { table: 'staff', name: 'staff_login_name', fields: ['loginName'], unique: true },
  { table: 'staff', name: 'staff_work_no', fields: ['orgId', 'workNo'], unique: true },
  { table: 'staff', name: 'staff_name', fields: ['orgId', 'name'] },
  { table: 'staff_role', name: 'staff_role_separation', fields: ['staffId', 'separation'], unique: true },
  { table: 'staff_role', name: 'staff_role_role', fields: ['role', 'staffId'] },
  { table: 'staff_session', name: 'staff_session_token', fields: ['tokenHash'], unique: true },
  { table: 'staff_session', name: 'staff_session_staff', fields: ['staffId', 'revokedAt'] },
  { table: 'staff_session', name: 'staff_session_created', fields: ['createdAt'] },
  { table: 'sign_in_attempt', name: 'sign_in_attempt_last', fields: ['lastFailureAt'] },
  { table: 'api_client', name: 'api_client_key', fields: ['keyHash'], unique: true },
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
