import { QueryTypes } from 'sequelize';
import type { Database } from './database';

const value = async (database: Database, sql: string): Promise<string> => {
  const [row] = await database.sequelize.query<Record<string, unknown>>(sql, { type: QueryTypes.SELECT });
  return String(Object.values(row ?? {})[0] ?? '');
};

const sqliteFaults = async (database: Database): Promise<readonly string[]> => {
  const faults: string[] = [];
  if ((await value(database, 'PRAGMA journal_mode')) !== 'wal') faults.push('SQLite: journal_mode is not WAL');
  if ((await value(database, 'PRAGMA synchronous')) !== '2') faults.push('SQLite: synchronous is not FULL');
  if ((await value(database, 'PRAGMA foreign_keys')) !== '1') faults.push('SQLite: foreign_keys is off');
  return faults;
};

const mysqlFaults = async (database: Database): Promise<readonly string[]> => {
  const faults: string[] = [];
  const mode = await value(database, 'SELECT @@SESSION.sql_mode');
  if (!mode.includes('STRICT_TRANS_TABLES') && !mode.includes('STRICT_ALL_TABLES')) faults.push('MySQL: sql_mode is not strict');
  if ((await value(database, 'SELECT @@GLOBAL.innodb_flush_log_at_trx_commit')) !== '1') faults.push('MySQL: innodb_flush_log_at_trx_commit is not 1');
  if ((await value(database, 'SELECT @@SESSION.time_zone')) !== '+00:00') faults.push('MySQL: the connection zone is not UTC');
  if ((await value(database, 'SELECT @@SESSION.character_set_client')) !== 'utf8mb4') faults.push('MySQL: the connection is not utf8mb4');
  if ((await value(database, 'SELECT @@GLOBAL.default_storage_engine')).toLowerCase() !== 'innodb') faults.push('MySQL: the default engine is not InnoDB');
  return faults;
};

/** After migrating: keys compare exactly, so that 𠮷 and 𠮸 are two keys. */
export const collationFaults = async (database: Database): Promise<readonly string[]> => {
  if (database.dialect === 'sqlite') return [];
  const rows = await database.sequelize.query<{ tableName: string }>(
    "SELECT table_name AS tableName FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND (table_collation <> 'utf8mb4_bin' OR engine <> 'InnoDB') AND table_name <> 'migration'",
    { type: QueryTypes.SELECT },
  );
  return rows.map((row) => `MySQL: table ${row.tableName} is not InnoDB with utf8mb4_bin`);
};

/** security D-2: what the product relies on is asked before it serves; any answer means that it must not start. */
export const databaseFaults = (database: Database): Promise<readonly string[]> =>
  database.dialect === 'sqlite' ? sqliteFaults(database) : mysqlFaults(database);
