import { WebSocket } from 'ws';
import { startTestSystem, type TestSystem } from '../support/test-system';

let running: TestSystem;
beforeAll(async () => {
  running = await startTestSystem({ now: new Date().toISOString() });
});
afterAll(() => running.close());

const until = async (holds: () => boolean, tries: number): Promise<void> => {
  for (let count = 0; count < tries && !holds(); count += 1) await new Promise((resolve) => setTimeout(resolve, 50));
};

/** A page of the console that has joined, and from then on reads nothing. */
const openDeaf = (cookie: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${running.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers: { Cookie: cookie } });
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('0{')) socket.send('40/console,');
      if (!text.startsWith('40/console')) return;
      socket.pause();
      resolve(socket);
    });
  });

test('security F-11: whoever reads nothing is dropped at 1 MiB and what was waiting for them is let go', async () => {
  const agent = await running.as('agent1');
  const console = running.serving.realtime.io.of('/console');
  const deaf = await Promise.all(Array.from({ length: 10 }, () => openDeaf(agent.cookie)));
  expect(console.sockets.size).toBe(10);
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 40; round += 1) {
    for (let index = 0; index < 10; index += 1) console.emit('filler', `${round}-${index}-`.repeat(6_000));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // Long before an unanswered ping would end them.
  await until(() => console.sockets.size === 0, 120);
  expect(console.sockets.size).toBe(0);
  await until(() => running.serving.realtime.io.engine.clientsCount === 0, 40);
  expect(running.serving.realtime.io.engine.clientsCount).toBe(0);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  for (const socket of deaf) socket.terminate();
}, 60_000);
