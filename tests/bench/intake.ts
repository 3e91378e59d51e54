import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { QueryTypes } from 'sequelize';
import { demoUnits } from '#identity';
import { startTestSystem, type TestSystem } from '../support/test-system';
import { cpuMicros, line, median, percentile, round } from './measure';

const rows = Number(process.env['BENCH_ROWS'] ?? 4_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** The tables that one bad or good rating fills; the raw baseline writes the same rows into the same schema. */
const tables = ['rating', 'rectification', 'outbox'] as const;

const target = (() => {
  const unit = demoUnits.find((entry) => entry.id === 'org-lz-hrss');
  return { deptCode: unit?.deptCode ?? '', areaCode: '930100' };
})();

const order = (child: ChildProcess, given: object): Promise<{ latencies: number[] }> =>
  new Promise((resolve, reject) => {
    child.once('message', (message: { failed?: string; latencies?: number[] }) => {
      if (message.failed === undefined) resolve({ latencies: message.latencies ?? [] });
      else reject(new Error(message.failed));
    });
    child.send(given);
  });

interface Measured {
  readonly perSecond: number;
  readonly cpuPerRow: number;
  readonly latencies: readonly number[];
}

const measure = async (count: number, run: () => Promise<{ latencies: number[] } | void>): Promise<Measured> => {
  const cpu = cpuMicros();
  const before = performance.now();
  const result = await run();
  return { perSecond: (count * 1000) / (performance.now() - before), cpuPerRow: (cpuMicros() - cpu) / count, latencies: result?.latencies ?? [] };
};

const databaseUrl = process.env['TEST_DATABASE_URL'];

/** The rows that our own run stored, as the raw baseline inserts them again. */
const storedRows = async (system: TestSystem, run: string): Promise<Record<(typeof tables)[number], Record<string, unknown>[]>> => {
  const { sequelize } = system.system.database;
  const ratings = await sequelize.query<Record<string, unknown>>('SELECT * FROM rating WHERE projectNo LIKE $1 ORDER BY chainNo', {
    bind: [`${run}-%`],
    type: QueryTypes.SELECT,
  });
  const ids = new Set(ratings.map((row) => row['rectificationId']));
  const cases = (await sequelize.query<Record<string, unknown>>('SELECT * FROM rectification', { type: QueryTypes.SELECT })).filter((row) =>
    ids.has(row['id']),
  );
  const outbox = cases.flatMap((row) => [
    { factId: String(row['id']), name: 'rectification.opened', payload: '{"rectificationId":"x"}', rooms: '["hotline"]', at: 0 },
  ]);
  return { rating: ratings, rectification: cases, outbox };
};

const insertRaw = async (connection: Connection, table: string, given: readonly Record<string, unknown>[]): Promise<void> => {
  const [first] = given;
  if (first === undefined) return;
  const names = Object.keys(first);
  const places = given.map(() => `(${names.map(() => '?').join(',')})`).join(',');
  const values = given.flatMap((row) => names.map((name) => row[name] ?? null)) as (string | number | null)[];
  await connection.execute(`INSERT INTO ${table} (${names.map((name) => `\`${name}\``).join(',')}) VALUES ${places}`, values);
};

/** "Raw" of design.md §6: mysql2, prepared multi-row inserts, batches of 500, two connections, a flush at every commit. */
const rawInserts = async (connections: readonly Connection[], stored: Awaited<ReturnType<typeof storedRows>>): Promise<void> => {
  const batches = Array.from({ length: Math.ceil(stored.rating.length / 500) }, (_, index) => stored.rating.slice(index * 500, (index + 1) * 500));
  await Promise.all(
    connections.map(async (connection, lane) => {
      for (const batch of batches.filter((_, index) => index % connections.length === lane)) {
        const ids = new Set(batch.map((row) => row['rectificationId']));
        const cases = stored.rectification.filter((row) => ids.has(row['id']));
        const caseIds = new Set(cases.map((row) => row['id']));
        await connection.beginTransaction();
        await insertRaw(connection, 'rating', batch);
        await insertRaw(connection, 'rectification', cases);
        await insertRaw(
          connection,
          'outbox',
          stored.outbox.filter((row) => caseIds.has(row['factId'])),
        );
        await connection.commit();
      }
    }),
  );
};

const openRaw = async (url: string): Promise<{ readonly connections: readonly Connection[]; empty(): Promise<void>; close(): Promise<void> }> => {
  const source = new URL(url);
  const name = source.pathname.slice(1);
  const raw = `${name}_raw`;
  const connect = () =>
    createConnection({ host: source.hostname, port: Number(source.port || 3306), user: source.username, password: source.password, multipleStatements: false });
  const connections = [await connect(), await connect()];
  const [first] = connections;
  await first?.query(`CREATE DATABASE IF NOT EXISTS ${raw} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  for (const connection of connections) await connection.query(`USE ${raw}`);
  for (const table of tables) {
    await first?.query(`DROP TABLE IF EXISTS ${table}`);
    await first?.query(`CREATE TABLE ${table} LIKE ${name}.${table}`);
  }
  return {
    connections,
    empty: async () => {
      for (const table of tables) await first?.query(`DELETE FROM ${table}`);
    },
    close: async () => {
      await first?.query(`DROP DATABASE ${raw}`);
      for (const connection of connections) await connection.end();
    },
  };
};

const checkCounts = async (system: TestSystem, run: string, count: number): Promise<void> => {
  const [stored] = await system.system.database.sequelize.query<{ n: number; bad: number }>(
    'SELECT COUNT(*) AS n, SUM(CASE WHEN isBad THEN 1 ELSE 0 END) AS bad FROM rating WHERE projectNo LIKE $1',
    { bind: [`${run}-%`], type: QueryTypes.SELECT },
  );
  const [cases] = await system.system.database.sequelize.query<{ n: number }>(
    'SELECT COUNT(*) AS n FROM rectification r JOIN rating a ON a.rectificationId = r.id WHERE a.projectNo LIKE $1',
    { bind: [`${run}-%`], type: QueryTypes.SELECT },
  );
  if (Number(stored?.n) !== count || Number(stored?.bad) !== Number(cases?.n)) throw new Error(`counts differ: ${JSON.stringify({ stored, cases, count })}`);
};

/** Ratings over HTTP against raw inserts and against one model create() a row, on the server of TEST_DATABASE_URL. */
export const benchIntake = async (): Promise<readonly string[]> => {
  if (databaseUrl === undefined) return ['intake: skipped, needs TEST_DATABASE_URL (npm run bench:services starts a private server)'];
  const system = await startTestSystem({ now: '2026-10-09T01:00:00.000Z' });
  const { key } = await system.asClient('ratings:write');
  const child = fork(join(__dirname, 'intake-client.ts'), { execArgv: ['-C', 'source', '--import', 'tsx'] });
  const raw = await openRaw(databaseUrl);
  const seen = { ours: [] as Measured[], raw: [] as Measured[], single: [] as Measured[], wide: [] as Measured[] };
  for (let index = 0; index <= rounds; index += 1) {
    const run = `r${index}`;
    const ours = await measure(rows, () => order(child, { url: system.url, key, run, target, rows, batch: 500, clients: 4 }));
    await checkCounts(system, run, rows);
    const stored = await storedRows(system, run);
    await raw.empty();
    const baseline = await measure(rows, () => rawInserts(raw.connections, stored));
    const few = Math.min(rows, 2_000);
    const single = await measure(few, () => order(child, { url: system.url, key, run: `s${index}`, target, rows: few, batch: 1, clients: 64 }));
    const wide = await measure(few, () => order(child, { url: system.url, key, run: `w${index}`, target, rows: few, batch: 1, clients: 256 }));
    await checkCounts(system, `s${index}`, few);
    if (index > 0) {
      seen.ours.push(ours);
      seen.raw.push(baseline);
      seen.single.push(single);
      seen.wide.push(wide);
    }
  }
  child.kill();
  await raw.close();
  const speed = (list: readonly Measured[]): number => median(list.map((entry) => entry.perSecond));
  const report = [
    line('ratings over HTTP, batch 500, durable, chained, with cases', {
      ours: `${round(speed(seen.ours), 0)}/s`,
      baseline: `raw ${round(speed(seen.raw), 0)}/s`,
      ratio: speed(seen.ours) / speed(seen.raw),
      budget: '≥ 0.50',
    }),
    `  our CPU per row ${round(median(seen.ours.map((entry) => entry.cpuPerRow)))} µs, raw client CPU per row ${round(median(seen.raw.map((entry) => entry.cpuPerRow)))} µs`,
    `single posts, 64 clients: ${round(speed(seen.single), 0)}/s, p99 ${round(
      percentile(
        seen.single.flatMap((entry) => entry.latencies),
        0.99,
      ),
      0,
    )} ms; 256 clients: ${round(speed(seen.wide), 0)}/s, p99 ${round(
      percentile(
        seen.wide.flatMap((entry) => entry.latencies),
        0.99,
      ),
      0,
    )} ms (budget p99 ≤ 300 ms)`,
  ];
  await system.close();
  return report;
};
