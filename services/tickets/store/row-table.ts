import { type FindOptions, type Model, type ModelAttributeColumnOptions, type ModelStatic, type Transaction, type WhereOptions } from 'sequelize';
import { column, type Database, insertRows, tableOptions, type UnitOfWork } from '#platform';

type Kind = 'plain' | 'instant' | 'flag';

export interface ColumnSpec {
  readonly kind: Kind;
  readonly options: ModelAttributeColumnOptions;
}

const spec = (kind: Kind, options: ModelAttributeColumnOptions): ColumnSpec => ({ kind, options });

/** The column types of this module, each with the way a value comes and goes. */
export const as = {
  id: spec('plain', column.id()),
  key: (length: number) => spec('plain', { ...column.code(length), primaryKey: true }),
  ref: spec('plain', column.ref()),
  refOrNull: spec('plain', column.refOrNull()),
  code: (length = 40) => spec('plain', column.code(length)),
  codeOrNull: (length = 40) => spec('plain', column.codeOrNull(length)),
  text: spec('plain', column.text()),
  textOrNull: spec('plain', column.textOrNull()),
  number: spec('plain', column.number()),
  numberOrNull: spec('plain', column.numberOrNull()),
  instant: spec('instant', column.instant()),
  instantOrNull: spec('instant', column.instantOrNull()),
  flag: spec('flag', column.flag()),
  flagOrNull: spec('flag', column.flagOrNull()),
} as const;

export type ColumnSpecs<Row> = { readonly [Name in keyof Row]-?: ColumnSpec };

export interface ReadOptions {
  readonly transaction?: Transaction | undefined;
  readonly order?: readonly (readonly [string, 'ASC' | 'DESC'])[];
  readonly limit?: number;
  /** Row locks until the commit; SQLite has one writer anyway. */
  readonly forUpdate?: boolean;
}

/** One table as plain rows: instants are Dates, flags are booleans, and no Sequelize object leaves. */
export interface RowTable<Row extends object> {
  readonly name: string;
  readonly model: ModelStatic<Model>;
  insert(rows: readonly Row[], work: UnitOfWork): Promise<void>;
  find(where: WhereOptions, options?: ReadOptions): Promise<Row | null>;
  list(where: WhereOptions, options?: ReadOptions): Promise<readonly Row[]>;
  count(where: WhereOptions, transaction?: Transaction): Promise<number>;
  /** How many rows were changed: 0 means that somebody else was faster. */
  update(where: WhereOptions, patch: Partial<Row>, work: UnitOfWork): Promise<number>;
  remove(where: WhereOptions, work: UnitOfWork): Promise<number>;
  toRow(stored: Readonly<Record<string, unknown>>): Row;
}

const toStored = (kind: Kind | undefined, value: unknown): unknown => (kind === 'instant' && value instanceof Date ? value.getTime() : value);

const fromStored = (kind: Kind, value: unknown): unknown => {
  if (value === null || value === undefined) return null;
  if (kind === 'instant') return new Date(Number(value));
  return kind === 'flag' ? Boolean(value) : value;
};

export const defineTable = <Row extends object>(database: Database, name: string, columns: ColumnSpecs<Row>): RowTable<Row> => {
  const specs = Object.entries<ColumnSpec>(columns);
  const kinds = new Map(specs.map(([column_, { kind }]) => [column_, kind]));
  // A copy of each: Sequelize writes the column's name into the object it is given.
  const model = database.sequelize.define(name, Object.fromEntries(specs.map(([column_, { options }]) => [column_, { ...options }])), { ...tableOptions });
  const toRow = (stored: Readonly<Record<string, unknown>>): Row =>
    Object.fromEntries(specs.map(([column_, { kind }]) => [column_, fromStored(kind, stored[column_])])) as Row;
  const storedRow = (row: Partial<Row>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(row).map(([column_, value]) => [column_, toStored(kinds.get(column_), value)]));
  const list = async (where: WhereOptions, options: ReadOptions = {}): Promise<readonly Row[]> => {
    const find: FindOptions = {
      where,
      raw: true,
      ...(options.transaction === undefined ? {} : { transaction: options.transaction }),
      ...(options.order === undefined ? {} : { order: options.order.map(([by, direction]) => [by, direction]) }),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
      ...(options.forUpdate === true && database.dialect === 'mysql' ? { lock: true } : {}),
    };
    return ((await model.findAll(find)) as unknown as Record<string, unknown>[]).map(toRow);
  };
  return {
    name,
    model,
    insert: (rows, work) => insertRows(database.sequelize, name, { rows: rows.map(storedRow), transaction: work.transaction }),
    find: async (where, options) => (await list(where, { ...options, limit: 1 }))[0] ?? null,
    list,
    count: (where, transaction) => model.count({ where, ...(transaction === undefined ? {} : { transaction }) }),
    update: async (where, patch, work) => {
      const [changed] = await model.update(storedRow(patch), { where, transaction: work.transaction });
      return changed;
    },
    remove: (where, work) => model.destroy({ where, transaction: work.transaction }),
    toRow,
  };
};
