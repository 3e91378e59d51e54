import { QueryTypes } from 'sequelize';
import { databaseFaults, collationFaults, migrate, pendingMigrations, unmigrate } from '#platform';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

let temporary: TemporaryDatabase;
beforeAll(async () => {
  temporary = await openTemporaryDatabase(undefined, { flush: true });
});
afterAll(() => temporary.close());

describe('连接与迁移', () => {
  test('security D-2: a fresh connection has everything that the product relies on', async () => {
    expect(await databaseFaults(temporary.database)).toEqual([]);
    expect(await collationFaults(temporary.database)).toEqual([]);
  });

  test('a row in a table of ours keeps 生僻字 and emoji, and two look-alikes are two keys', async () => {
    const { sequelize } = temporary.database;
    await temporary.database.inTransaction(async ({ transaction }) => {
      for (const name of ['𠮷', '𠮸', '😀', 'a', 'A', 'é', 'e']) {
        await sequelize.query('INSERT INTO setting (name, value, version, at) VALUES ($1, $2, 1, 0)', {
          bind: [name, name],
          transaction,
          type: QueryTypes.RAW,
        });
      }
    });
    const rows = await sequelize.query<{ name: string; value: string }>('SELECT name, value FROM setting WHERE name = $1', {
      bind: ['𠮷'],
      type: QueryTypes.SELECT,
    });
    expect(rows).toEqual([{ name: '𠮷', value: '𠮷' }]);
  });

  test('every migration goes back and forward again', async () => {
    await unmigrate(temporary.database);
    expect((await pendingMigrations(temporary.database)).length).toBeGreaterThan(0);
    await migrate(temporary.database);
    expect(await pendingMigrations(temporary.database)).toEqual([]);
  });

  test('a transaction inside a transaction is refused instead of waiting for itself', async () => {
    await expect(temporary.database.inTransaction(() => temporary.database.inTransaction(() => Promise.resolve()))).rejects.toThrow(
      'a transaction is open already',
    );
  });
});
