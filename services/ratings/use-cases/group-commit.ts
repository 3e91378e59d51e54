import { isConnectionLoss, isStorageFull, isUniqueViolation } from '#platform';
import { DomainError } from '#kernel';

export interface GroupCommit<T, R> {
  /** Resolves after the COMMIT of the transaction that took these rows; one answer for each, in order. */
  submit(rows: readonly T[]): Promise<readonly PromiseSettledResult<R>[]>;
}

interface Waiting<T, R> {
  readonly rows: readonly T[];
  resolve(results: readonly PromiseSettledResult<R>[]): void;
}

const isNobodysFault = (error: unknown): boolean => error instanceof DomainError || isConnectionLoss(error) || isStorageFull(error);

const maxRereads = 6;

/** A second node wrote the same key in between: reading again finds it. */
const withRereads = async <T, R>(run: (rows: readonly T[]) => Promise<readonly R[]>, rows: readonly T[]): Promise<readonly R[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(rows);
    } catch (error) {
      if (!isUniqueViolation(error) || attempt >= maxRereads) throw error;
    }
  }
};

/** Halves what fails until the row at fault stands alone, so that it never spoils the others. */
const settle = async <T, R>(run: (rows: readonly T[]) => Promise<readonly R[]>, rows: readonly T[]): Promise<readonly PromiseSettledResult<R>[]> => {
  try {
    return (await withRereads(run, rows)).map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (rows.length === 1 || isNobodysFault(reason)) return rows.map(() => ({ status: 'rejected', reason }));
    const half = Math.ceil(rows.length / 2);
    return [...(await settle(run, rows.slice(0, half))), ...(await settle(run, rows.slice(half)))];
  }
};

/**
 * Requests that wait while a transaction runs go into the next one together; no timer (design.md §6). A lone request is not held back,
 * and under load one flush to disk serves hundreds.
 */
export const createGroupCommit = <T, R>(given: {
  readonly run: (rows: readonly T[]) => Promise<readonly R[]>;
  readonly maxRows: number;
  /** Transactions at a time: 1 where the database has one writer. */
  readonly lanes: number;
}): GroupCommit<T, R> => {
  const waiting: Waiting<T, R>[] = [];
  let busy = 0;

  const take = (): readonly Waiting<T, R>[] => {
    const taken: Waiting<T, R>[] = [];
    let rows = 0;
    for (let next = waiting[0]; next !== undefined && (rows === 0 || rows + next.rows.length <= given.maxRows); next = waiting[0]) {
      waiting.shift();
      taken.push(next);
      rows += next.rows.length;
    }
    return taken;
  };

  const lane = async (): Promise<void> => {
    busy += 1;
    try {
      for (let taken = take(); taken.length > 0; taken = take()) {
        const results = await settle(
          given.run,
          taken.flatMap((entry) => entry.rows),
        );
        let from = 0;
        for (const entry of taken) {
          entry.resolve(results.slice(from, from + entry.rows.length));
          from += entry.rows.length;
        }
      }
    } finally {
      busy -= 1;
    }
  };

  return {
    submit: (rows) =>
      new Promise((resolve) => {
        waiting.push({ rows, resolve });
        if (busy < given.lanes) void lane();
      }),
  };
};
