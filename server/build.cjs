'use strict';
// Builds into dist and keeps a stamp of what it was built from, so that `npm start` and the command line build only when something changed.
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, extname, join, relative } = require('node:path');

const root = join(__dirname, '..');
const dist = join(root, 'dist');
const always = ['package.json', 'package-lock.json', 'tsconfig.json'];
const serverFolders = ['server', 'services', 'knowledge-base', 'migrations'];
const native = (...path) => join(root, 'node_modules', ...path);

const filesBelow = (folder) => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((file) => extname(file) !== '.md')
    .sort();
};

const run = (command, args, quiet) => {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (done.status === 0) return;
  if (quiet) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
  throw new Error(done.error?.message ?? `${relative(root, args[0] ?? command)} ended with ${done.status ?? done.signal}`);
};

/** What is read at run time and is not TypeScript goes beside the code that reads it. */
const copyData = () => {
  for (const file of serverFolders.flatMap((folder) => filesBelow(join(root, folder)))) {
    if (['.ts', '.cjs'].includes(extname(file)) || file.endsWith('Dockerfile')) continue;
    const target = join(dist, relative(root, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
};

const buildServer = (quiet) => {
  // Without this a migration that was renamed in the sources would still run from dist.
  for (const folder of serverFolders) rmSync(join(dist, folder), { recursive: true, force: true });
  run(process.execPath, [native('@typescript', 'native', 'bin', 'tsc'), '-p', 'tsconfig.json'], quiet);
  copyData();
};

const buildClient = (quiet) => run(process.execPath, [native('vite', 'bin', 'vite.js'), 'build', 'client', ...(quiet ? ['--logLevel', 'warn'] : [])], quiet);

const parts = {
  server: { sources: serverFolders, output: join(dist, 'server', 'main.js'), build: buildServer },
  client: { sources: ['client', 'services/contracts', 'knowledge-base/contracts'], output: join(dist, 'client'), build: buildClient },
};

const stampFile = (name) => join(dist, `.stamp-${name}`);

const stampOf = (name) => {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  const files = [...always.map((file) => join(root, file)), ...parts[name].sources.flatMap((folder) => filesBelow(join(root, folder)))];
  for (const file of files) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
};

/** An image ships dist without the sources: then what is there is what runs. */
const hasSources = () => existsSync(join(root, 'tsconfig.json'));

const isFresh = (name) => {
  if (!hasSources()) return true;
  return existsSync(parts[name].output) && existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === stampOf(name);
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Two commands started at once must not clean dist under each other: the second waits and finds it fresh. */
const withLock = (task) => {
  mkdirSync(dist, { recursive: true });
  const lock = join(dist, '.lock');
  for (let waited = 0; ; waited += 200) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      else if (waited > 240_000) throw new Error('another build has held dist/.lock for four minutes');
      else sleep(200);
    }
  }
  try {
    return task();
  } finally {
    rmSync(lock, { force: true });
  }
};

const build = (names, options = {}) =>
  withLock(() => {
    for (const name of names) {
      if (options.onlyIfStale === true && isFresh(name)) continue;
      const stamp = stampOf(name);
      rmSync(stampFile(name), { force: true });
      parts[name].build(options.quiet === true);
      writeFileSync(stampFile(name), stamp);
    }
  });

const ensureBuilt = (names) => {
  if (!names.every(isFresh)) build(names, { onlyIfStale: true, quiet: true });
};

module.exports = { build, ensureBuilt, isFresh };

if (require.main === module) {
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
  try {
    if (names.some((name) => !(name in parts))) throw new Error(`usage: node server/build.cjs [${Object.keys(parts).join('] [')}]`);
    build(names);
  } catch (error) {
    process.stderr.write(`build failed: ${error.message}\n`);
    process.exit(1);
  }
}
