import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config';
import { startProduct } from '../support/process';

const root = join(__dirname, '..', '..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-process-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const runToEnd = (environment: Readonly<Record<string, string>>): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['-C', 'source', '--import', 'tsx', join(root, 'server', 'main.ts')], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: folder, DATA_DIR: join(folder, 'refused'), PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString('utf8')));
    child.once('exit', (code) => resolve({ code, output }));
  });

describe('security F-13: a wrong configuration refuses to start with one clear line', () => {
  test.each([
    ['a port that is no number', { PORT: 'eighty' }, 'PORT'],
    ['a database of another kind', { DATABASE_URL: 'postgres://localhost/x' }, 'DATABASE_URL'],
    ['an unknown role', { ROLE: 'boss' }, 'ROLE'],
    ['a short secret', { SECRET_KEY: 'short' }, 'SECRET_KEY'],
    ['a public address that is none', { PUBLIC_URL: 'not an address' }, 'PUBLIC_URL'],
    ['a Redis of another kind', { REDIS_URL: 'http://localhost' }, 'REDIS_URL'],
    ['production without a secret', { NODE_ENV: 'production' }, 'SECRET_KEY'],
    ['production with demonstration data', { NODE_ENV: 'production', DEMO: '1', SECRET_KEY: 'x'.repeat(40) }, 'DEMO'],
  ] as const)('%s is named', (_name, environment, word) => {
    expect(() => readConfig({ DATA_DIR: join(folder, 'refused'), ...environment })).toThrow(new RegExp(`^${word}:`));
  });

  test.each([
    ['production without a secret', { NODE_ENV: 'production' }, 'SECRET_KEY'],
    ['a database that is not there', { DATABASE_URL: 'mysql://huiyin:very-secret-word@127.0.0.1:9/huiyin' }, 'huiyin cannot start'],
  ] as const)(
    'the process says one line and ends with 1: %s',
    async (_name, environment, word) => {
      const { code, output } = await runToEnd(environment);
      expect(code).toBe(1);
      const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain('huiyin cannot start');
      expect(lines[0]).toContain(word);
      expect(output).not.toMatch(/very-secret-word|\bat .*:\d+:\d+/);
    },
    60_000,
  );
});

describe('security F-01: SIGTERM', () => {
  test('a request on its way is answered, then the process ends with 0', async () => {
    const product = await startProduct({ DATA_DIR: join(folder, 'drained'), DEMO: '0', LOG_LEVEL: 'silent' });
    const { hostname, port } = new URL(product.url);
    const body = JSON.stringify({ username: 'nobody', password: 'wrong-password' });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        { hostname, port, method: 'POST', path: '/api/v1/session', headers: { 'Content-Type': 'application/json', 'Content-Length': String(body.length) } },
        (response) => resolve(response.resume().statusCode),
      );
      sent.on('error', reject);
      // Half of it before the signal, half of it after.
      sent.write(body.slice(0, 10));
      setTimeout(() => product.child.kill('SIGTERM'), 300);
      setTimeout(() => sent.end(body.slice(10)), 1_000);
    });
    const ended = new Promise<number | null>((resolve) => void product.child.once('exit', (code) => resolve(code)));
    expect(await answered).toBe(401);
    expect(await ended).toBe(0);
  }, 60_000);
});
