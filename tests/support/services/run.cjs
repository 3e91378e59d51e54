'use strict';
// npm run test:services: every suite that uses a database, once more on MySQL/MariaDB and Redis.
// TEST_DATABASE_URL (a user who may create schemas) and TEST_REDIS_URL are used when set; private servers are started otherwise.
const { spawn } = require('node:child_process');
const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join, relative, resolve } = require('node:path');
const mysql = require('mysql2/promise');
const { jest: jestConfig } = require('../../../package.json');
const { startMariaDb, startRedis } = require('./processes.cjs');

const root = join(__dirname, '..', '..', '..');
const tests = join(root, 'tests');
const workers = 2;
const databaseHelpers = ['temporary-database', 'test-system'].map((name) => join(tests, 'support', `${name}.ts`));

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));

const existing = new Set(filesBelow(tests));

const importsOf = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map((match) => `${resolve(dirname(file), match[1])}.ts`).filter((path) => existing.has(path));

/** A suite is told by what it imports, at any distance: one that opens no database would only be run twice. */
const usesDatabase = (file, seen = new Set()) => {
  if (databaseHelpers.includes(file)) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return importsOf(file).some((next) => usesDatabase(next, seen));
};

/** `*.services.ts` needs both services and is no part of `npm test`, where it could only be skipped. */
const belongs = (file) => file.endsWith('.services.ts') || (file.endsWith('.test.ts') && usesDatabase(file));

const suites = () =>
  ['unit', 'api', 'realtime']
    .map((folder) => join(tests, folder) + '/')
    .flatMap((folder) => [...existing].filter((file) => file.startsWith(folder) && belongs(file)));

const createSchemas = async (url) => {
  const connection = await mysql.createConnection(url);
  const name = new URL(url).pathname.slice(1);
  for (let worker = 1; worker <= workers; worker += 1) {
    await connection.query(`CREATE DATABASE IF NOT EXISTS \`${name}_w${worker}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }
  await connection.end();
};

const jest = (folder, files, environment) => {
  const node = jestConfig.projects.find((project) => project.displayName === 'node');
  // With one file jest stays in this process and gives no worker number; a number of its own keeps the schema the same.
  const setupFiles = [join(__dirname, 'own-schema.cjs')];
  const config = join(folder, 'jest.json');
  const { displayName, testMatch, ...project } = node;
  writeFileSync(config, JSON.stringify({ ...project, rootDir: root, testMatch: files, setupFiles, testTimeout: 120_000, maxWorkers: workers }));
  const child = spawn(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--config', config, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return { child, done: new Promise((fulfil) => child.once('exit', (code, signal) => fulfil(signal === null ? code : 1))) };
};

const main = async () => {
  const files = suites();
  if (files.length === 0) throw new Error('no suite uses a database: the search for them is broken');
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-services-'));
  const running = [];
  try {
    const started = async (name, given, start) => {
      if (given) return given;
      const service = await start(folder);
      running.push(service);
      process.stdout.write(`private ${name} at ${service.url.replace(/\/\/.*@/, '//')}\n`);
      return service.url;
    };
    const TEST_DATABASE_URL = await started('MariaDB', process.env.TEST_DATABASE_URL, startMariaDb);
    const TEST_REDIS_URL = await started('Redis', process.env.TEST_REDIS_URL, startRedis);
    await createSchemas(TEST_DATABASE_URL);
    process.stdout.write(`${files.length} suites: ${files.map((file) => relative(tests, file)).join(' ')}\n`);
    const { child, done } = jest(folder, files, { TEST_DATABASE_URL, TEST_REDIS_URL });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    return await done;
  } finally {
    await Promise.all(running.map((service) => service.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
};

main().then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(`test:services cannot run: ${error.message}\n`);
    process.exit(1);
  },
);
