import { type FindOptions, type ModelStatic, type Model, type Sequelize, type WhereOptions } from 'sequelize';
import type { ModelAttributeColumnOptions } from 'sequelize';
import { insertRows, tableOptions, type UnitOfWork } from '#platform';

type Stored = Readonly<Record<string, unknown>>;

/** How a column's value differs between the database and the domain; anything not named is stored as it is. */
export interface Codec<Row> {
  readonly instants?: readonly (keyof Row & string)[];
  readonly numbers?: readonly (keyof Row & string)[];
  readonly flags?: readonly (keyof Row & string)[];
  readonly json?: readonly (keyof Row & string)[];
}

export interface Query<Row> {
  readonly where: WhereOptions;
  readonly order?: readonly (readonly [keyof Row & string, 'ASC' | 'DESC'])[];
  readonly limit?: number;
}

/** Typed rows in and out of one table; the only place of the module that converts between stored and domain values. */
export interface Table<Row extends object> {
  one(where: WhereOptions, work?: UnitOfWork): Promise<Row | null>;
  many(query: Query<Row>, work?: UnitOfWork): Promise<readonly Row[]>;
  count(where: WhereOptions, work?: UnitOfWork): Promise<number>;
  insert(row: Row, work: UnitOfWork): Promise<void>;
  /** Answers how many rows matched and were changed. */
  update(where: WhereOptions, changes: Partial<Row>, work: UnitOfWork): Promise<number>;
  remove(where: WhereOptions, work: UnitOfWork): Promise<number>;
}

const outward = <Row>(codec: Codec<Row>, stored: Stored): Row => {
  const row: Record<string, unknown> = { ...stored };
  for (const name of codec.instants ?? []) row[name] = stored[name] === null ? null : new Date(Number(stored[name]));
  for (const name of codec.numbers ?? []) row[name] = Number(stored[name]);
  for (const name of codec.flags ?? []) row[name] = Boolean(stored[name]);
  for (const name of codec.json ?? []) row[name] = JSON.parse(String(stored[name]));
  return row as Row;
};

const inward = <Row>(codec: Codec<Row>, changes: Partial<Row>): Stored => {
  const stored: Record<string, unknown> = { ...changes };
  for (const name of codec.instants ?? []) if (stored[name] instanceof Date) stored[name] = stored[name].getTime();
  for (const name of codec.json ?? []) if (stored[name] !== undefined) stored[name] = JSON.stringify(stored[name]);
  return stored;
};

export const defineTable = <Row extends object>(
  sequelize: Sequelize,
  name: string,
  given: { readonly columns: Readonly<Record<keyof Row & string, ModelAttributeColumnOptions>>; readonly codec: Codec<Row> },
): Table<Row> => {
  const model = sequelize.define(name, { ...given.columns }, { ...tableOptions }) as ModelStatic<Model<Record<string, unknown>>>;
  const within = (work: UnitOfWork | undefined) => ({ transaction: work?.transaction ?? null, raw: true as const });
  const optionsOf = (query: Query<Row>): FindOptions => ({
    where: query.where,
    ...(query.order === undefined ? {} : { order: query.order.map(([column, direction]): [string, string] => [column, direction]) }),
    ...(query.limit === undefined ? {} : { limit: query.limit }),
  });
  return {
    one: async (where, work) => {
      const row = await model.findOne({ where, ...within(work) });
      return row === null ? null : outward(given.codec, row as unknown as Stored);
    },
    many: async (query, work) => {
      const rows = await model.findAll({ ...optionsOf(query), ...within(work) });
      return rows.map((row) => outward(given.codec, row as unknown as Stored));
    },
    count: (where, work) => model.count({ where, transaction: work?.transaction ?? null }),
    insert: (row, work) => insertRows(sequelize, name, { rows: [inward(given.codec, row)], transaction: work.transaction }),
    update: async (where, changes, work) => {
      const [changed] = await model.update(inward(given.codec, changes), { where, transaction: work.transaction });
      return changed;
    },
    remove: (where, work) => model.destroy({ where, transaction: work.transaction }),
  };
};
