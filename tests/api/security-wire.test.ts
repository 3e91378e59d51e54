import { connect } from 'node:net';
import { startTestSystem, type TestSystem } from '../support/test-system';

let running: TestSystem;
beforeAll(async () => {
  running = await startTestSystem();
});
afterAll(() => running.close());

/** Bytes as they are, and everything that comes back until the line ends. */
const say = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(running.url);
    const line = connect(Number(port), hostname, () => line.write(bytes, 'latin1'));
    let heard = '';
    line.setTimeout(5_000, () => line.destroy());
    line.on('data', (part: Buffer) => {
      heard += part.toString('utf8');
    });
    line.on('error', reject);
    line.on('close', () => resolve(heard));
  });

const host = 'Host: localhost\r\n';

describe('security B-1, B-4: what is no request at all', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['an unknown method', `BREW /coffee HTTP/1.1\r\n${host}\r\n`, 400],
    ['a header without a name', `GET / HTTP/1.1\r\n${host}: x\r\n\r\n`, 400],
    ['a header with NUL', `GET / HTTP/1.1\r\n${host}X: a\u0000b\r\n\r\n`, 400],
    ['headers beyond 16 KiB', `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths of one body', `POST /api/v1/session HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}`, 400],
    ['a length and chunks at once', `POST /api/v1/session HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a negative length', `POST /api/v1/session HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
    ['chunks of nonsense', `POST /api/v1/session HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
  ])('%s is refused with a problem and the line ends', async (_name, bytes, status) => {
    const heard = await say(bytes);
    expect(heard).toMatch(new RegExp(`HTTP/1\\.1 ${status} `));
    const [head = '', body = ''] = heard.split('\r\n\r\n');
    expect(head).toContain('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status, title: expect.stringMatching(/[\u4e00-\u9fff]/) as unknown });
    expect((await running.http.get('/healthz')).status).toBe(200);
  });

  test('a thousand lines that say nothing do not keep others out', async () => {
    const { hostname, port } = new URL(running.url);
    const silent = Array.from({ length: 1_000 }, () => connect(Number(port), hostname));
    for (const line of silent) line.on('error', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await running.http.get('/healthz')).status).toBe(200);
    for (const line of silent) line.destroy();
  });

  test('an undecodable address is unreadable, not a fault', async () => {
    const answer = await running.http.get('/api/v1/tickets/%E0%A4%A');
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'unreadable-address']);
    for (const path of [
      '/%E0%A4%A',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%00',
      '/assets/gone.js',
      '/console/%ff',
    ]) {
      const { status, text } = await running.http.get(path);
      expect([path, status < 500, text.includes('"dependencies"')]).toEqual([path, true, false]);
    }
  });
});
