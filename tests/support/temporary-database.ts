import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIds } from '#kernel';
import { createDatabase, createFieldCrypto, type Database, type FieldCrypto, migrate, unmigrate } from '#platform';
import { createFakeClock, type FakeClock } from './fake-clock';

export interface TemporaryDatabase {
  readonly database: Database;
  readonly crypto: FieldCrypto;
  readonly clock: FakeClock;
  close(): Promise<void>;
}

/**
 * Tests need no flush at each commit; what a crash leaves behind is tested on the real process. Held until the answer is called. The
 * server of TEST_DATABASE_URL keeps its own durability.
 */
export const holdWithoutFlush = async (database: Database): Promise<() => Promise<void>> => {
  await database.sequelize.query('SELECT 1');
  let release = (): void => undefined;
  const held = database.withoutFlush(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  return async () => {
    release();
    await held;
  };
};

/** A real database for one test file: a SQLite file of its own, or an emptied schema on the server named by TEST_DATABASE_URL. */
export const openTemporaryDatabase = async (now = '2026-10-09T01:00:00.000Z', options: { readonly flush?: boolean } = {}): Promise<TemporaryDatabase> => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-test-'));
  const clock = createFakeClock(now);
  const crypto = createFieldCrypto(['test-secret-of-at-least-thirty-two-characters']);
  const url = process.env['TEST_DATABASE_URL'];
  const database = createDatabase({ url, file: join(folder, 'test.sqlite'), clock, ids: createIds(clock), crypto });
  if (url !== undefined) await emptySchema(database);
  const flushAgain = options.flush === true ? () => Promise.resolve() : await holdWithoutFlush(database);
  await migrate(database);
  return {
    database,
    crypto,
    clock,
    close: async () => {
      await flushAgain();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Drops every table, whatever an earlier run left. */
export const emptySchema = async (database: Database): Promise<void> => {
  await database.sequelize.query('SET FOREIGN_KEY_CHECKS = 0');
  await database.sequelize.getQueryInterface().dropAllTables();
  await database.sequelize.query('SET FOREIGN_KEY_CHECKS = 1');
};

export { unmigrate };
