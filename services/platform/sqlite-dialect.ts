/*
 * The part of the sqlite3 package's API that Sequelize 6 calls, over node:sqlite (Node ≥ 22.13) or @photostructure/sqlite
 * (Node 20): no compiler, no download. A blocked statement retries with an asynchronous back-off instead of sleeping in libuv's
 * threads, where the lock holder's COMMIT would starve (security D-3).
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { createRequire } from 'node:module';

interface DatabaseSyncConstructor {
  new (location: string, options?: object): DatabaseSyncInstance;
}
type Parameters = readonly unknown[] | Record<string, unknown> | undefined;
type Callback = (this: unknown, error: Error | null, rows?: unknown[]) => void;
interface Job {
  readonly kind: 'run' | 'all';
  readonly sql: string;
  readonly parameters: Parameters;
  readonly callback: Callback | undefined;
  readonly until: number;
  wait: number;
}

const loadDriver = (): DatabaseSyncConstructor => {
  const builtIn = process.getBuiltinModule?.('node:sqlite') as unknown as { DatabaseSync: DatabaseSyncConstructor } | undefined;
  if (builtIn !== undefined) return builtIn.DatabaseSync;
  return (createRequire(__filename)('@photostructure/sqlite') as { DatabaseSync: DatabaseSyncConstructor }).DatabaseSync;
};

const DatabaseSync = loadDriver();

/** Set in the connection itself, because PRAGMAs hold per connection and Sequelize opens one for each transaction. */
export const connectionPragmas =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;';

export const OPEN_READONLY = 1;
export const OPEN_READWRITE = 2;
export const OPEN_CREATE = 4;
const busyTimeoutMs = 15_000;
const statementCacheSize = 300;
const idlePerFile = 4;

const codes: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  19: 'SQLITE_CONSTRAINT',
};

const baseCode = (error: Error & { errcode?: number }): number => {
  if (typeof error.errcode === 'number') return error.errcode & 0xff;
  if (/database (table )?is locked/.test(error.message)) return 5;
  return /constraint failed/.test(error.message) ? 19 : 1;
};

export class SqliteError extends Error {
  readonly code: string;
  readonly errno: number;
  readonly sql: string | undefined;
  readonly snapshotIsOld: boolean;

  constructor(error: Error & { errcode?: number }, sql?: string) {
    const errno = baseCode(error);
    const code = codes[errno] ?? 'SQLITE_ERROR';
    super(`${code}: ${error.message}`, { cause: error });
    this.code = code;
    this.errno = errno;
    this.sql = sql;
    // 517 (BUSY_SNAPSHOT) never heals inside its transaction; the whole transaction must run again.
    this.snapshotIsOld = error.errcode === 517;
  }

  get retryable(): boolean {
    return this.code === 'SQLITE_BUSY' && !this.snapshotIsOld;
  }
}

const toParameter = (value: unknown): unknown => {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Date ? value.toISOString() : value;
};

const toArguments = (parameters: Parameters): unknown[] => {
  if (Array.isArray(parameters)) return parameters.map(toParameter);
  if (parameters === undefined || Object.keys(parameters).length === 0) return [];
  return [Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, toParameter(value)]))];
};

const toRow = (row: Record<string, unknown>): Record<string, unknown> => {
  for (const key in row) {
    const value = row[key];
    if (value instanceof Uint8Array && !Buffer.isBuffer(value)) row[key] = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return row;
};

/** An open handle with its prepared statements; kept for the next transaction on the same file instead of being opened anew. */
interface Handle {
  readonly file: string;
  readonly database: DatabaseSyncInstance;
  readonly statements: Map<string, StatementSyncInstance>;
}

interface OpenFile {
  readonly idle: Handle[];
  readonly all: Set<Handle>;
  synchronous: 'FULL' | 'OFF';
}

const openFiles = new Map<string, OpenFile>();

const openHandle = (file: string, readOnly: boolean): Handle => {
  const open: OpenFile = openFiles.get(file) ?? { idle: [], all: new Set<Handle>(), synchronous: 'FULL' };
  openFiles.set(file, open);
  const idle = readOnly ? undefined : open.idle.pop();
  if (idle !== undefined) return idle;
  const database = new DatabaseSync(file, { readOnly, timeout: 0, enableForeignKeyConstraints: true });
  if (!readOnly) database.exec(`${connectionPragmas} PRAGMA synchronous=${open.synchronous};`);
  const handle: Handle = { file, database, statements: new Map() };
  open.all.add(handle);
  return handle;
};

const shut = (handle: Handle): void => {
  openFiles.get(handle.file)?.all.delete(handle);
  handle.statements.clear();
  handle.database.close();
};

const users = new Map<string, number>();

/** Counts who has a file open; each must say `closeFile` once. */
export const useFile = (file: string): void => void users.set(file, (users.get(file) ?? 0) + 1);

/** Closes every handle on a file, those that Sequelize itself leaves open included, once nobody uses it any more. */
export const closeFile = (file: string): void => {
  const left = (users.get(file) ?? 1) - 1;
  users.set(file, left);
  if (left > 0) return;
  for (const handle of openFiles.get(file)?.all ?? []) shut(handle);
  openFiles.delete(file);
  users.delete(file);
};

/**
 * Without the flush at each commit, for data that can simply be made again, such as the demonstration; every open handle is told, and the
 * switch back to FULL holds before anything real is stored.
 */
export const setSynchronous = (file: string, synchronous: 'FULL' | 'OFF'): void => {
  const open = openFiles.get(file);
  if (open === undefined) return;
  open.synchronous = synchronous;
  for (const handle of open.all) handle.database.exec(`PRAGMA synchronous=${synchronous}`);
};

class StatementResult {
  constructor(
    readonly lastID: number,
    readonly changes: number,
  ) {}
}

export class Database {
  private handle: Handle | undefined;
  private readonly queue: Job[] = [];
  private running = false;
  private inTransaction = false;

  constructor(
    readonly filename: string,
    private readonly mode: number,
    callback?: (error: Error | null) => void,
  ) {
    let failure: Error | null = null;
    try {
      this.handle = openHandle(filename, mode === OPEN_READONLY);
    } catch (error) {
      failure = new SqliteError(error as Error);
    }
    if (callback !== undefined) setImmediate(() => callback.call(this, failure));
  }

  serialize(run?: () => void): void {
    run?.();
  }

  run(sql: string, parameters?: Parameters | Callback, callback?: Callback): this {
    return this.enqueue('run', sql, { parameters, callback });
  }

  all(sql: string, parameters?: Parameters | Callback, callback?: Callback): this {
    return this.enqueue('all', sql, { parameters, callback });
  }

  close(callback?: (error: Error | null) => void): void {
    let failure: Error | null = null;
    try {
      if (this.handle !== undefined) this.release(this.handle);
      this.handle = undefined;
    } catch (error) {
      failure = new SqliteError(error as Error);
    }
    if (callback !== undefined) setImmediate(() => callback.call(this, failure));
  }

  private release(handle: Handle): void {
    const open = openFiles.get(handle.file);
    if (open === undefined) return;
    if (this.inTransaction || this.mode === OPEN_READONLY || open.idle.length >= idlePerFile) shut(handle);
    else open.idle.push(handle);
  }

  private enqueue(kind: Job['kind'], sql: string, given: { parameters?: Parameters | Callback; callback?: Callback | undefined }): this {
    const swapped = typeof given.parameters === 'function';
    const callback = swapped ? (given.parameters as Callback) : given.callback;
    const parameters = swapped ? undefined : (given.parameters as Parameters);
    this.queue.push({ kind, sql, parameters, callback, until: Date.now() + busyTimeoutMs, wait: 1 });
    if (!this.running) {
      this.running = true;
      queueMicrotask(() => this.drain());
    }
    return this;
  }

  private drain(): void {
    for (let job = this.queue[0]; job !== undefined; job = this.queue[0]) {
      let result: readonly [StatementResult, unknown[] | undefined] | undefined;
      let failure: SqliteError | null = null;
      try {
        result = this.perform(job);
      } catch (error) {
        failure = new SqliteError(error as Error, job.sql);
        if (failure.retryable && Date.now() < job.until) {
          job.wait = Math.min(job.wait * 2, 50);
          setTimeout(() => this.drain(), job.wait * (0.5 + Math.random()));
          return;
        }
      }
      this.queue.shift();
      job.callback?.call(result === undefined ? this : result[0], failure, result?.[1]);
    }
    this.running = false;
  }

  private statement(handle: Handle, sql: string): StatementSyncInstance {
    const known = handle.statements.get(sql);
    if (known !== undefined) {
      handle.statements.delete(sql);
      handle.statements.set(sql, known);
      return known;
    }
    const fresh = handle.database.prepare(sql);
    fresh.setAllowUnknownNamedParameters?.(true);
    handle.statements.set(sql, fresh);
    const oldest = handle.statements.size > statementCacheSize ? handle.statements.keys().next().value : undefined;
    if (oldest !== undefined) handle.statements.delete(oldest);
    return fresh;
  }

  private perform(job: Job): readonly [StatementResult, unknown[] | undefined] {
    if (this.handle === undefined) throw new Error('the connection is closed');
    const statement = this.statement(this.handle, job.sql);
    const values = toArguments(job.parameters) as never[];
    if (job.kind === 'run' || statement.columns().length === 0) {
      const outcome = statement.run(...values);
      this.noteTransaction(job.sql);
      return [new StatementResult(Number(outcome.lastInsertRowid), Number(outcome.changes)), job.kind === 'run' ? undefined : []];
    }
    return [new StatementResult(0, 0), (statement.all(...values) as Record<string, unknown>[]).map(toRow)];
  }

  /** A connection dropped inside a transaction must not be handed to the next one. */
  private noteTransaction(sql: string): void {
    if (/^\s*BEGIN/i.test(sql)) this.inTransaction = true;
    else if (/^\s*(COMMIT|ROLLBACK)\s*;?\s*$/i.test(sql)) this.inTransaction = false;
  }
}
