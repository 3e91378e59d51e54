import type { FindOptions, ModelStatic, Model, Transaction } from 'sequelize';
import type { UnitOfWork } from '#platform';

/** Inside an open unit of work, or by itself. */
export const inside = (work: UnitOfWork | undefined): { readonly transaction?: Transaction } => (work === undefined ? {} : { transaction: work.transaction });

/** Plain rows leave the store, never instances. */
export const rowsOf = async <Row>(model: ModelStatic<Model>, options: FindOptions): Promise<readonly Row[]> =>
  (await model.findAll({ ...options, raw: true })) as unknown as readonly Row[];

export const firstOf = async <Row>(model: ModelStatic<Model>, options: FindOptions): Promise<Row | null> =>
  (await rowsOf<Row>(model, { ...options, limit: 1 }))[0] ?? null;
