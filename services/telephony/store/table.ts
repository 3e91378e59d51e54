import { type FindOptions, type ModelStatic, type Model, Op, type Sequelize, type WhereOptions } from 'sequelize';
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

/** An instant may be compared as a Date or as its milliseconds. */
type Given<V> = V | (Date extends V ? number : never);
type Test<V> =
  | Given<V>
  | { readonly in: readonly Given<V>[] }
  | { readonly not: Given<V> | null }
  | { readonly lt?: Given<V>; readonly lte?: Given<V>; readonly gt?: Given<V>; readonly gte?: Given<V> };

/** A condition on rows in words of our own, so that the database's library stays in the store. */
export type Where<Row> = { readonly [K in keyof Row]?: Test<Row[K]> } & { readonly anyOf?: readonly Where<Row>[] };

export interface Query<Row> {
  readonly where: Where<Row>;
  readonly order?: readonly (readonly [keyof Row & string, 'ASC' | 'DESC'])[];
  readonly limit?: number;
}

/** Typed rows in and out of one table; the only place of the module that converts between stored and domain values. */
export interface Table<Row extends object> {
  one(where: Where<Row>, work?: UnitOfWork): Promise<Row | null>;
  many(query: Query<Row>, work?: UnitOfWork): Promise<readonly Row[]>;
  count(where: Where<Row>, work?: UnitOfWork): Promise<number>;
  insert(row: Row, work: UnitOfWork): Promise<void>;
  /** Answers how many rows matched and were changed. */
  update(where: Where<Row>, changes: Partial<Row>, work: UnitOfWork): Promise<number>;
  remove(where: Where<Row>, work: UnitOfWork): Promise<number>;
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

const operators = { in: Op.in, not: Op.ne, lt: Op.lt, lte: Op.lte, gt: Op.gt, gte: Op.gte } as const;

const toStored = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toStored);
  return value instanceof Date ? value.getTime() : value;
};

const toCondition = (test: unknown): unknown => {
  if (typeof test !== 'object' || test === null || test instanceof Date) return toStored(test);
  const condition: Record<symbol, unknown> = {};
  for (const [name, value] of Object.entries(test)) condition[operators[name as keyof typeof operators]] = toStored(value);
  return condition;
};

const toOptions = <Row>(where: Where<Row>): WhereOptions => {
  const options: Record<string | symbol, unknown> = {};
  for (const [name, test] of Object.entries(where)) {
    if (name === 'anyOf') options[Op.or] = (test as readonly Where<Row>[]).map(toOptions);
    else if (test !== undefined) options[name] = toCondition(test);
  }
  return options as WhereOptions;
};

export const defineTable = <Row extends object>(
  sequelize: Sequelize,
  name: string,
  given: { readonly columns: Readonly<Record<keyof Row & string, ModelAttributeColumnOptions>>; readonly codec: Codec<Row> },
): Table<Row> => {
  const model = sequelize.define(name, { ...given.columns }, { ...tableOptions }) as ModelStatic<Model<Record<string, unknown>>>;
  const within = (work: UnitOfWork | undefined) => ({ transaction: work?.transaction ?? null, raw: true as const });
  const optionsOf = (query: Query<Row>): FindOptions => ({
    where: toOptions(query.where),
    ...(query.order === undefined ? {} : { order: query.order.map(([column, direction]): [string, string] => [column, direction]) }),
    ...(query.limit === undefined ? {} : { limit: query.limit }),
  });
  return {
    one: async (where, work) => {
      const row = await model.findOne({ where: toOptions(where), ...within(work) });
      return row === null ? null : outward(given.codec, row as unknown as Stored);
    },
    many: async (query, work) => {
      const rows = await model.findAll({ ...optionsOf(query), ...within(work) });
      return rows.map((row) => outward(given.codec, row as unknown as Stored));
    },
    count: (where, work) => model.count({ where: toOptions(where), transaction: work?.transaction ?? null }),
    insert: (row, work) => insertRows(sequelize, name, { rows: [inward(given.codec, row)], transaction: work.transaction }),
    update: async (where, changes, work) => {
      const [changed] = await model.update(inward(given.codec, changes), { where: toOptions(where), transaction: work.transaction });
      return changed;
    },
    remove: (where, work) => model.destroy({ where: toOptions(where), transaction: work.transaction }),
  };
};
