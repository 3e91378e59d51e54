import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { QueryInterface } from 'sequelize';
import { SequelizeStorage, Umzug } from 'umzug';
import type { Database } from './database';

interface Migration {
  up(query: QueryInterface): Promise<void>;
  down(query: QueryInterface): Promise<void>;
}

/** The folder lies beside `services` both in the sources and in `dist`. */
const folder = join(__dirname, '..', '..', 'migrations');

const migrationNames = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => /^\d{4}-.*\.(ts|js)$/.test(file) && !file.endsWith('.d.ts'))
    .sort();

const umzugOf = (database: Database) => {
  const load = (file: string): Migration => createRequire(__filename)(join(folder, file)) as Migration;
  const query = database.sequelize.getQueryInterface();
  return new Umzug({
    migrations: migrationNames().map((file) => ({
      name: file.replace(/\.(ts|js)$/, ''),
      up: () => load(file).up(query),
      down: () => load(file).down(query),
    })),
    storage: new SequelizeStorage({ sequelize: database.sequelize, tableName: 'migration' }),
    logger: undefined,
  });
};

/** Brings the schema up to date; a run that broke off is taken up where it stopped, since every step skips what is there. */
export const migrate = async (database: Database): Promise<readonly string[]> => (await umzugOf(database).up()).map((done) => done.name);

export const pendingMigrations = async (database: Database): Promise<readonly string[]> => (await umzugOf(database).pending()).map((left) => left.name);

/** Takes back every migration; for tests of the way back. */
export const unmigrate = async (database: Database): Promise<void> => {
  await umzugOf(database).down({ to: 0 });
};
