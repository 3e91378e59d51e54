import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { startTestSystem } from '../support/test-system';
import { cpuMicros, line, median, percentile, round } from './measure';

const screens = Number(process.env['BENCH_SCREENS'] ?? 1_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const factsPerRound = Number(process.env['BENCH_FACTS'] ?? 100);

const answer = (child: ChildProcess, key: string): Promise<{ lags?: number[] }> =>
  new Promise((resolve, reject) => {
    const hear = (message: Record<string, unknown>): void => {
      if (message['failed'] !== undefined) reject(new Error(String(message['failed'])));
      if (message[key] === undefined) return;
      child.off('message', hear);
      resolve(message as { lags?: number[] });
    };
    child.on('message', hear);
  });

const openClients = async (order: object): Promise<ChildProcess> => {
  const child = fork(join(__dirname, 'fanout-clients.ts'), { execArgv: ['-C', 'source', '--import', 'tsx'] });
  const opened = answer(child, 'open');
  child.send({ order });
  await opened;
  return child;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Facts at 200 a second, as the budget says; answers CPU per delivery in microseconds and the lags. */
const burst = async (
  child: ChildProcess,
  send: (index: number) => Promise<void> | void,
): Promise<{ readonly perDelivery: number; readonly lags: readonly number[] }> => {
  const armed = answer(child, 'armed');
  child.send({ expect: screens * factsPerRound });
  await armed;
  const done = answer(child, 'done');
  const before = cpuMicros();
  for (let index = 0; index < factsPerRound; index += 1) {
    await send(index);
    await pause(5);
  }
  const { lags = [] } = await done;
  return { perDelivery: (cpuMicros() - before) / (screens * factsPerRound), lags };
};

const plainServer = async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets, close: () => server.close() };
};

/** One fact to many consoles: the whole path commit → outbox → number → socket, against `ws` sending the same text. */
export const benchFanout = async (): Promise<readonly string[]> => {
  const real = await startTestSystem({ now: new Date().toISOString() });
  const people = await Promise.all(['agent1', 'agent2', 'dispatcher1', 'reviewer1'].map((name) => real.as(name)));
  const plain = await plainServer();
  const ours = await openClients({ kind: 'socket.io', url: real.url, cookies: people.map((person) => person.cookie), count: screens });
  const theirs = await openClients({ kind: 'ws', url: plain.url, cookies: [], count: screens });
  const figures = { ours: [] as number[], theirs: [] as number[], lags: [] as number[] };
  for (let index = 0; index <= rounds; index += 1) {
    const mine = await burst(ours, (fact) =>
      real.system.database.inTransaction((work) => {
        work.announce({ name: 'bench.fact', payload: { ticketId: `t${fact}`, sentAt: Date.now() }, rooms: ['hotline'] });
        return Promise.resolve();
      }),
    );
    const baseline = await burst(theirs, (fact) => {
      const text = JSON.stringify({
        room: 'hotline',
        seq: fact,
        id: 'x'.repeat(26),
        name: 'bench.fact',
        at: new Date().toISOString(),
        payload: { ticketId: `t${fact}`, sentAt: Date.now() },
      });
      for (const socket of plain.sockets.clients) socket.send(text);
    });
    if (index === 0) continue;
    figures.ours.push(mine.perDelivery);
    figures.theirs.push(baseline.perDelivery);
    figures.lags.push(...mine.lags);
  }
  for (const child of [ours, theirs]) child.send({ quit: true });
  plain.close();
  await real.close();
  return [
    line(`fact to ${screens} consoles, CPU per delivery`, {
      ours: `${round(median(figures.ours))} µs`,
      baseline: `ws ${round(median(figures.theirs))} µs`,
      ratio: median(figures.ours) / median(figures.theirs),
      budget: '≤ 1.6',
    }),
    `commit of a change → event on ${screens} screens at 200/s: p50 ${percentile(figures.lags, 0.5)} ms, p99 ${percentile(figures.lags, 0.99)} ms (budget p99 ≤ 250 ms); none lost (the run ends only when all have come)`,
  ];
};
