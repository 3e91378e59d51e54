import { DataTypes, type QueryInterface } from 'sequelize';

const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const int = { type: DataTypes.INTEGER, allowNull: false };

const tables: Readonly<Record<string, Parameters<QueryInterface['createTable']>[1]>> = {
  // One row per import. Two imports at the same moment take the same number, and the key refuses the second.
  calendar_version: {
    version: { ...int, primaryKey: true },
    year: int,
    region: code(6),
    source: code(200),
    contentHash: code(64),
    importedBy: code(40),
    importedAt: { type: DataTypes.BIGINT, allowNull: false },
  },
  // The special days of that import; rows are never changed, a newer version of the same year and region takes their place.
  calendar_day: {
    version: { ...int, primaryKey: true, references: { model: 'calendar_version', key: 'version' }, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' },
    day: { ...code(10), primaryKey: true },
    kind: code(10),
    label: code(40),
  },
};

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[] }[] = [
  { table: 'calendar_version', name: 'calendar_version_year', fields: ['year', 'region', 'version'] },
];

export const up = async (query: QueryInterface): Promise<void> => {
  const present = new Set(await query.showAllTables());
  for (const [name, columns] of Object.entries(tables)) {
    if (!present.has(name)) await query.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' });
  }
  for (const index of indexes) {
    const known = (await query.showIndex(index.table)) as { name: string }[];
    if (!known.some((entry) => entry.name === index.name)) await query.addIndex(index.table, index.fields, { name: index.name });
  }
};

export const down = async (query: QueryInterface): Promise<void> => {
  for (const name of Object.keys(tables).reverse()) await query.dropTable(name);
};
