import { DatabaseError, type Sequelize, type Transaction, UniqueConstraintError } from 'sequelize';

type Done = (error: (Error & { code?: string }) | null) => void;

/** The drivers under Sequelize: mysql2 prepares with `execute`, the SQLite dialect of ours with `run`. */
interface DriverConnection {
  execute?(sql: string, values: readonly unknown[], done: Done): void;
  query?(sql: string, values: readonly unknown[], done: Done): void;
  run?(sql: string, values: readonly unknown[], done: Done): void;
}

/** Rows of one statement; as many as a batch of intake brings, so that its statement is prepared once and used again. */
const rowsPerStatement = 500;
const mostParameters = 30_000;
/** Measured on SQLite: 500 ratings in one statement cost 2.5 times the CPU of the same in statements of this size. */
const mostParametersInFile = 600;

const isUnique = (error: Error & { code?: string }): boolean =>
  error.code === 'ER_DUP_ENTRY' || (error.code === 'SQLITE_CONSTRAINT' && error.message.includes('UNIQUE'));

/** As Sequelize itself would report it, so that callers know one kind of error. */
const asSequelizeError = (error: Error & { code?: string }, sql: string): Error => {
  const parent = Object.assign(error, { sql });
  return isUnique(error) ? new UniqueConstraintError({ parent, message: 'unique constraint' }) : new DatabaseError(parent);
};

const send = (connection: DriverConnection, sql: string, values: readonly unknown[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const done: Done = (error) => (error === null || error === undefined ? resolve() : reject(asSequelizeError(error, sql)));
    // Asked for first: the SQLite dialect has an `execute` of its own that means something else.
    if (connection.run !== undefined) connection.run(sql, values, done);
    // Few different row counts come often enough to be worth preparing.
    else if (values.length >= 1_000) connection.execute?.(sql, values, done);
    else connection.query?.(sql, values, done);
  });

const quoteName = (name: string): string => `\`${name.replaceAll('`', '')}\``;

/**
 * Multi-row INSERTs straight on the transaction's connection with bound values: through Sequelize each placeholder costs more than the
 * database's own work. Rows must share their columns.
 */
export const insertRows = async (
  _sequelize: Sequelize,
  table: string,
  given: { readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly transaction: Transaction },
): Promise<void> => {
  const first = given.rows[0];
  if (first === undefined) return;
  const { connection } = given.transaction as unknown as { connection: DriverConnection };
  const names = Object.keys(first);
  const most = connection.run === undefined ? mostParameters : mostParametersInFile;
  const perStatement = Math.max(1, Math.min(rowsPerStatement, Math.floor(most / names.length)));
  const head = `INSERT INTO ${quoteName(table)} (${names.map(quoteName).join(',')}) VALUES `;
  const place = `(${names.map(() => '?').join(',')})`;
  for (let start = 0; start < given.rows.length; start += perStatement) {
    const slice = given.rows.slice(start, start + perStatement);
    const values: unknown[] = [];
    for (const row of slice) for (const name of names) values.push(row[name] ?? null);
    await send(connection, `${head}${Array.from(slice, () => place).join(',')}`, values);
  }
};
