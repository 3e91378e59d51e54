'use strict';
// Private MariaDB and Redis for one test run: own folder, own ports, gone afterwards.
const { spawn, spawnSync } = require('node:child_process');
const { closeSync, existsSync, mkdirSync, openSync, readFileSync } = require('node:fs');
const { createConnection, createServer } = require('node:net');
const { delimiter, join } = require('node:path');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const searchPath = () => [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];

/** A server's binary often lies in sbin, which is not on everybody's PATH. */
const find = (names, packageName) => {
  for (const name of names) for (const folder of searchPath()) if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  throw new Error(`${names.join(' or ')} is not installed (Debian: apt-get install ${packageName})`);
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const answers = (port) =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });

const tail = (file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-15).join('\n') : '');

const start = (command, args, log) => {
  const out = openSync(log, 'a');
  const child = spawn(command, args, { stdio: ['ignore', out, out] });
  closeSync(out);
  return child;
};

const waitUntil = async (child, log, isReady) => {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}\n${tail(log)}`);
    if (await isReady()) return;
    await sleep(100);
  }
  throw new Error(`${child.spawnfile} did not answer within a minute\n${tail(log)}`);
};

const stopped = (child, signal) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const harder = setTimeout(() => child.kill('SIGKILL'), 15_000);
    child.once('exit', () => (clearTimeout(harder), resolve()));
    child.kill(signal);
  });

const run = (command, args, what) => {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${what} failed: ${done.error?.message ?? `${done.stdout}${done.stderr}`.trim().split('\n').slice(-10).join('\n')}`);
};

/** What security D-2 asks of a production server: strict, durable at every commit, exact comparison. */
const serverOptions = [
  '--skip-name-resolve',
  '--skip-log-bin',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_bin',
  '--default-time-zone=+00:00',
  '--sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=256M',
  '--innodb-log-file-size=64M',
  '--performance-schema=OFF',
  '--max-connections=400',
];

const startMariaDb = async (folder) => {
  const server = find(['mariadbd', 'mysqld'], 'mariadb-server');
  const install = find(['mariadb-install-db', 'mysql_install_db'], 'mariadb-server');
  const client = find(['mariadb', 'mysql'], 'mariadb-server');
  const home = join(folder, 'mariadb');
  mkdirSync(join(home, 'tmp'), { recursive: true });
  const isRoot = process.getuid?.() === 0;
  // The server refuses to run as root, so it becomes its own user, who must be able to enter the folder.
  if (isRoot) run('chown', ['-R', 'mysql:mysql', home], 'handing the folder to mysql');
  if (isRoot) run('chmod', ['0755', folder], 'opening the folder');
  const user = isRoot ? ['--user=mysql'] : [];
  const data = join(home, 'data');
  run(
    install,
    ['--no-defaults', ...user, `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'],
    'mariadb-install-db',
  );
  const port = await freePort();
  const socket = join(home, 'server.sock');
  const log = join(folder, 'mariadb.log');
  const places = [
    `--datadir=${data}`,
    `--tmpdir=${join(home, 'tmp')}`,
    `--socket=${socket}`,
    `--pid-file=${join(home, 'server.pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
  ];
  const child = start(server, ['--no-defaults', ...user, ...places, ...serverOptions], log);
  await waitUntil(child, log, () => spawnSync(client, ['--no-defaults', `--socket=${socket}`, '-uroot', '-e', 'SELECT 1'], { stdio: 'ignore' }).status === 0);
  const setup =
    "CREATE DATABASE huiyin CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; CREATE USER 'huiyin'@'127.0.0.1' IDENTIFIED BY 'huiyin'; GRANT ALL ON *.* TO 'huiyin'@'127.0.0.1';";
  run(client, ['--no-defaults', `--socket=${socket}`, '-uroot', '-e', setup], 'creating the test user');
  return { url: `mysql://huiyin:huiyin@127.0.0.1:${port}/huiyin`, stop: () => stopped(child, 'SIGTERM') };
};

const startRedis = async (folder) => {
  const server = find(['redis-server', 'valkey-server'], 'redis-server');
  const port = await freePort();
  const log = join(folder, 'redis.log');
  const child = start(
    server,
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    log,
  );
  await waitUntil(child, log, () => answers(port));
  return { url: `redis://127.0.0.1:${port}`, stop: () => stopped(child, 'SIGTERM') };
};

module.exports = { find, freePort, startMariaDb, startRedis };
