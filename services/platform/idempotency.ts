import { AsyncLocalStorage } from 'node:async_hooks';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

/** A creating call and its key (security D-7): the caller, the operation and the key are unique together. */
export interface IdempotencyContext {
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  readonly bodyHash: string;
}

export interface StoredAnswer {
  readonly bodyHash: string;
  readonly ref: string | null;
  readonly status: number | null;
  readonly answer: string | null;
}

interface Holder {
  readonly context: IdempotencyContext;
  /** The key goes with the first transaction of the request that names what it created, only once. */
  written: boolean;
}

const storage = new AsyncLocalStorage<Holder>();

/** Runs a request so that the transaction which creates its thing also stores its key. */
export const withIdempotency = <T>(context: IdempotencyContext, run: () => Promise<T>): Promise<T> => storage.run({ context, written: false }, run);

export const currentIdempotency = (): Holder | undefined => storage.getStore();

export const writeIdempotency = async (
  sequelize: Sequelize,
  given: { readonly transaction: Transaction; readonly createdRef: string | null; readonly now: Date; readonly context: Holder | undefined },
): Promise<void> => {
  if (given.context === undefined || given.createdRef === null || given.context.written) return;
  const { caller, operation, key, bodyHash } = given.context.context;
  await sequelize.query('INSERT INTO idempotency (caller, operation, idempotencyKey, bodyHash, ref, at) VALUES ($1, $2, $3, $4, $5, $6)', {
    bind: [caller, operation, key, bodyHash, given.createdRef, given.now.getTime()],
    transaction: given.transaction,
    type: QueryTypes.RAW,
  });
  given.context.written = true;
};

export const findStoredAnswer = async (sequelize: Sequelize, context: Omit<IdempotencyContext, 'bodyHash'>): Promise<StoredAnswer | null> => {
  const rows = await sequelize.query<{ bodyHash: string; ref: string | null; status: number | null; answer: string | null }>(
    'SELECT bodyHash, ref, status, answer FROM idempotency WHERE caller = $1 AND operation = $2 AND idempotencyKey = $3',
    { bind: [context.caller, context.operation, context.key], type: QueryTypes.SELECT },
  );
  return rows[0] ?? null;
};

/** Keeps the answer beside the key, so that a repeat is answered word for word; sealed by the caller, for it may hold a receipt code or a name. */
export const storeAnswer = async (
  sequelize: Sequelize,
  given: { readonly context: IdempotencyContext; readonly transaction: Transaction; readonly status: number; readonly answer: string },
): Promise<void> => {
  await sequelize.query('UPDATE idempotency SET status = $1, answer = $2 WHERE caller = $3 AND operation = $4 AND idempotencyKey = $5', {
    bind: [given.status, given.answer, given.context.caller, given.context.operation, given.context.key],
    transaction: given.transaction,
    type: QueryTypes.RAW,
  });
};
