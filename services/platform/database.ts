import { AsyncLocalStorage } from 'node:async_hooks';
import { Sequelize, Transaction, type Options } from 'sequelize';
import { type Clock, DomainError, type Ids } from '#kernel';
import type { FieldCrypto } from './field-crypto';
import * as sqliteDialect from './sqlite-dialect';
import { type OpenWork, openWork, type UnitOfWork, type WorkTools } from './unit-of-work';

export type Dialect = 'sqlite' | 'mysql';

/** The one connection to the database; the only way to write is `inTransaction`. */
export interface Database {
  readonly sequelize: Sequelize;
  readonly dialect: Dialect;
  /** Runs, writes outbox, trail and chains, commits; on a deadlock or lock wait the whole of it runs again, at most three times (security F-04). */
  inTransaction<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T>;
  /** Runs work that can be made again, such as loading the demonstration, without a flush at each commit (SQLite only). */
  withoutFlush<T>(run: () => Promise<T>): Promise<T>;
  /** Called after every commit that announced a fact. */
  onCommit(listener: () => void): void;
  close(): Promise<void>;
}

export interface DatabaseDeps {
  /** `mysql://user:password@host:port/name`, or undefined for the file. */
  readonly url: string | undefined;
  /** Path of the SQLite file. */
  readonly file: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly poolSize?: number;
  readonly onQuery?: () => void;
}

const lockCodes = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 'SQLITE_BUSY']);
const lossCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'PROTOCOL_CONNECTION_LOST',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);
const lossNames = new Set([
  'SequelizeConnectionError',
  'SequelizeConnectionRefusedError',
  'SequelizeHostNotFoundError',
  'SequelizeConnectionAcquireTimeoutError',
  'SequelizeConnectionTimedOutError',
]);

const codeOf = (error: unknown): string => {
  const parent = (error as { parent?: { code?: string } }).parent;
  return parent?.code ?? (error as { code?: string }).code ?? '';
};

export const isLockError = (error: unknown): boolean => lockCodes.has(codeOf(error));
export const isConnectionLoss = (error: unknown): boolean => lossCodes.has(codeOf(error)) || lossNames.has((error as Error).name);
export const isUniqueViolation = (error: unknown): boolean => (error as Error).name === 'SequelizeUniqueConstraintError';

const storageCodes = new Set(['SQLITE_FULL', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL']);
export const isStorageFull = (error: unknown): boolean => storageCodes.has(codeOf(error));

/** F-02, F-04: what a caller learns when the database cannot take the work now. */
export const unavailable = (code = 'database-unavailable', message = '系统暂时繁忙，请稍后再试；您填写的内容没有提交。'): DomainError =>
  new DomainError({ kind: 'unavailable', code, message, retryAfterSeconds: 3 });

const sqliteOptions = (file: string): Options => ({
  dialect: 'sqlite',
  dialectModule: sqliteDialect,
  storage: file,
  transactionType: Transaction.TYPES.IMMEDIATE,
});

const mysqlOptions = (poolSize: number): Options => ({
  dialect: 'mysql',
  timezone: '+00:00',
  isolationLevel: Transaction.ISOLATION_LEVELS.READ_COMMITTED,
  pool: { max: poolSize, min: 0, acquire: 2_000, idle: 10_000 },
  dialectOptions: { charset: 'utf8mb4_bin', connectTimeout: 2_000, supportBigNumbers: true, bigNumberStrings: false },
  define: { charset: 'utf8mb4', collate: 'utf8mb4_bin' },
});

/** D-4: no statement of the web may hold a connection for long; MariaDB counts seconds, MySQL milliseconds (of SELECTs). */
const statementLimits = ['SET SESSION max_statement_time = 20', 'SET SESSION max_execution_time = 20000'] as const;

/** Longer than any statement may take on the server: whoever is silent until then is gone. */
const silentForMs = 25_000;

type Told = (...given: unknown[]) => unknown;
interface Watched {
  readonly stream: { destroy(error: Error): void };
  query: Told;
  execute: Told;
}

/** F-03: a server that accepts and never answers again would keep its connections for ever; they are cut, and the pool makes new ones. */
const watchSilence = (connection: Watched): void => {
  for (const name of ['query', 'execute'] as const) {
    const ask = connection[name].bind(connection);
    connection[name] = (...given) => {
      const answer = given.at(-1);
      if (typeof answer !== 'function') return ask(...given);
      const giveUp = (): void => connection.stream.destroy(Object.assign(new Error('the database does not answer'), { code: 'ETIMEDOUT' }));
      const timer = setTimeout(giveUp, silentForMs);
      const heard: Told = (...told) => {
        clearTimeout(timer);
        return (answer as Told)(...told);
      };
      return ask(...given.slice(0, -1), heard);
    };
  }
};

const limitStatements = async (connection: unknown): Promise<void> => {
  watchSilence(connection as Watched);
  const { promise } = connection as { promise(): { query(sql: string): Promise<unknown> } };
  const session = promise.call(connection);
  await session.query('SET SESSION innodb_lock_wait_timeout = 5');
  for (const sql of statementLimits) await session.query(sql).catch(() => undefined);
};

/** One writer at a time on SQLite: waiting writers would starve the one that holds the lock (security D-3). */
const createQueue = () => {
  let tail: Promise<unknown> = Promise.resolve();
  return <T>(run: () => Promise<T>): Promise<T> => {
    const next = tail.then(run, run);
    tail = next.catch(() => undefined);
    return next;
  };
};

const retries = 3;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const openSequelize = (deps: DatabaseDeps): Sequelize => {
  const logging = deps.onQuery === undefined ? false : () => deps.onQuery?.();
  const sequelize =
    deps.url === undefined
      ? new Sequelize({ ...sqliteOptions(deps.file), logging })
      : new Sequelize(deps.url, { ...mysqlOptions(deps.poolSize ?? 10), logging });
  // Sequelize 6 drops `skipLocked` for MySQL in silence unless told that the server has it.
  if (deps.url !== undefined) {
    (sequelize as unknown as { dialect: { supports: Record<string, unknown> } }).dialect.supports['skipLocked'] = true;
    sequelize.addHook('afterConnect', limitStatements);
  }
  return sequelize;
};

export const createDatabase = (deps: DatabaseDeps): Database => {
  const dialect: Dialect = deps.url === undefined ? 'sqlite' : 'mysql';
  const sequelize = openSequelize(deps);
  if (dialect === 'sqlite') sqliteDialect.useFile(deps.file);
  const tools: WorkTools = { sequelize, crypto: deps.crypto, ids: deps.ids, lockClause: dialect === 'mysql' ? ' FOR UPDATE' : '' };
  const listeners: (() => void)[] = [];
  const queued = createQueue();
  const current = new AsyncLocalStorage<true>();

  const once = async <T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> => {
    let open: OpenWork | undefined;
    const result = await sequelize.transaction(async (transaction) => {
      open = openWork(tools, transaction, deps.clock.now());
      const value = await run(open);
      await open.finish();
      return value;
    });
    // What is woken here starts work of its own, which must not believe that it stands inside this transaction.
    current.exit(() => {
      if (open?.committed() === true) for (const listener of listeners) listener();
    });
    return result;
  };

  const withRetries = async <T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(run);
      } catch (error) {
        if (!isLockError(error)) throw error;
        if (attempt > retries) throw unavailable('database-busy');
        await pause(10 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  };

  return {
    sequelize,
    dialect,
    inTransaction: (run) => {
      // A nested transaction would wait for itself in SQLite's queue; pass the open unit of work on instead.
      if (current.getStore() === true) throw new Error('a transaction is open already: pass its unit of work on');
      const guarded = () => current.run(true, () => withRetries(run));
      return dialect === 'sqlite' ? queued(guarded) : guarded();
    },
    withoutFlush: async (run) => {
      if (dialect !== 'sqlite') return run();
      sqliteDialect.setSynchronous(deps.file, 'OFF');
      try {
        return await run();
      } finally {
        sqliteDialect.setSynchronous(deps.file, 'FULL');
      }
    },
    onCommit: (listener) => void listeners.push(listener),
    close: async () => {
      await queued(() => Promise.resolve());
      await sequelize.close();
      if (dialect === 'sqlite') sqliteDialect.closeFile(deps.file);
    },
  };
};
