'use strict';
// npm run test:browser: the real product with the demonstration province, seen through Chromium.
//   node tests/journeys/run.cjs [word …]   only journeys whose file name holds one of the words
// BASE_URL plays against a product that runs already; CHROMIUM_PATH names the browser; JOURNEY_SHOTS keeps pictures there.
const { spawn } = require('node:child_process');
const { accessSync, constants, mkdirSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
const readyWithinMs = 180_000;

const chromium = () => {
  const places = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  for (const place of places) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {
      // the next place
    }
  }
  throw new Error(`no Chromium at ${places.join(', ')} (Debian: apt-get install chromium fonts-noto-cjk; or set CHROMIUM_PATH)`);
};

const exited = (child) => new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', resolve)));

const stop = async (child) => {
  const harder = setTimeout(() => child.kill('SIGKILL'), 15_000);
  child.kill('SIGTERM');
  await exited(child);
  clearTimeout(harder);
};

/** Builds if needed, as `npm start` does, and waits for the ready line. */
const startProduct = (dataDir) =>
  new Promise((resolve, reject) => {
    const { DATABASE_URL, REDIS_URL, PUBLIC_URL, ...inherited } = process.env;
    const environment = {
      ...inherited,
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      DEMO: '1',
      LOG_LEVEL: 'error',
      PUBLIC_RATE_LIMIT: '0',
    };
    const child = spawn(process.execPath, [join(root, 'server', 'launch.cjs')], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complained = '';
    const patience = setTimeout(
      () => (child.kill('SIGKILL'), reject(new Error(`the product was not ready within three minutes\n${complained.slice(-3_000)}`))),
      readyWithinMs,
    );
    child.stderr.on('data', (part) => (complained += part));
    child.stdout.on('data', (part) => {
      said += part;
      const url = /^ready (\S+)$/m.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(patience);
      resolve({ url, child, complaints: () => complained });
    });
    child.once('exit', (code) => (clearTimeout(patience), reject(new Error(`the product ended with ${code}\n${complained.slice(-3_000)}`))));
  });

const play = async (given) => {
  const child = spawn(process.execPath, ['-C', 'source', '--import', 'tsx', join(__dirname, 'play.ts'), JSON.stringify(given)], {
    cwd: root,
    stdio: 'inherit',
  });
  await exited(child);
  return child.exitCode ?? 1;
};

const main = async () => {
  const executablePath = chromium();
  const scratch = mkdtempSync(join(tmpdir(), 'huiyin-journeys-'));
  const shots = process.env.JOURNEY_SHOTS ?? mkdtempSync(join(tmpdir(), 'huiyin-shots-'));
  mkdirSync(shots, { recursive: true });
  let product;
  try {
    product = process.env.BASE_URL ? undefined : await startProduct(scratch);
    const code = await play({ baseUrl: process.env.BASE_URL ?? product.url, executablePath, shots, scratch, words: process.argv.slice(2) });
    const complaints = product?.complaints().trim() ?? '';
    if (code !== 0 && complaints !== '') process.stderr.write(`what the product logged:\n${complaints.slice(-4_000)}\n`);
    return code;
  } finally {
    if (product !== undefined) await stop(product.child);
    rmSync(scratch, { recursive: true, force: true });
  }
};

main().then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(`test:browser cannot run: ${error.message}\n`);
    process.exit(1);
  },
);
