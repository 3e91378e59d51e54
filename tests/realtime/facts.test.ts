import { io, type Socket } from 'socket.io-client';
import type { RoomFactMessage, RoomsSyncAnswer } from '#contracts/realtime/rooms';
import { type Person, startTestSystem, type TestSystem } from '../support/test-system';

let running: TestSystem;
let agent: Person;
const open: Socket[] = [];

beforeAll(async () => {
  running = await startTestSystem({ now: new Date().toISOString() });
  agent = await running.as('agent1');
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => running.close());

const connect = (cookie: string, headers: Record<string, string> = {}): Socket => {
  const socket = io(`${running.url}/console`, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { Cookie: cookie, ...headers } });
  open.push(socket);
  return socket;
};

const once = <T>(socket: Socket, event: string): Promise<T> => new Promise((resolve) => void socket.once(event, (value: T) => resolve(value)));
const sync = (socket: Socket, known: Record<string, number>): Promise<RoomsSyncAnswer> =>
  socket.emitWithAck('rooms:sync', { known }) as Promise<RoomsSyncAnswer>;

const announce = (room: string, note: string): Promise<void> =>
  running.system.database.inTransaction((work) => {
    work.announce({ name: 'test.happened', payload: { note }, rooms: [room] });
    return Promise.resolve();
  });

const collect = (socket: Socket, count: number): Promise<RoomFactMessage[]> =>
  new Promise((resolve) => {
    const facts: RoomFactMessage[] = [];
    socket.on('fact', (fact: RoomFactMessage) => {
      if (fact.name !== 'test.happened') return;
      facts.push(fact);
      if (facts.length === count) resolve(facts);
    });
  });

describe('security I-12: screens without a gap', () => {
  test('facts arrive in order of their room numbers, and a cut is caught up from the last known number', async () => {
    const first = connect(agent.cookie);
    await once(first, 'connect');
    const { heads } = await sync(first, {});
    const start = heads['hotline'] ?? 0;
    const heard = collect(first, 3);
    for (const note of ['a', 'b', 'c']) await announce('hotline', note);
    const facts = await heard;
    expect(facts.map((fact) => [fact.seq, fact.payload['note']])).toEqual([
      [start + 1, 'a'],
      [start + 2, 'b'],
      [start + 3, 'c'],
    ]);
    first.disconnect();
    for (const note of ['d', 'e']) await announce('hotline', note);
    await running.settle();
    const second = connect(agent.cookie);
    await once(second, 'connect');
    const answer = await sync(second, { hotline: start + 3 });
    expect(answer.missed.map((fact) => [fact.seq, fact.payload['note']])).toEqual([
      [start + 4, 'd'],
      [start + 5, 'e'],
    ]);
    const byHttp = await agent.get(`/facts?room=hotline&after=${start + 3}`);
    expect(byHttp.body).toMatchObject({ reload: false, head: start + 5, items: answer.missed });
  });

  test('a number from the future, as after a restored backup, is answered with the order to read anew', async () => {
    const socket = connect(agent.cookie);
    await once(socket, 'connect');
    expect((await sync(socket, { hotline: 999_999 })).reload).toEqual(['hotline']);
    expect((await agent.get('/facts?room=hotline&after=999999')).body).toMatchObject({ reload: true, items: [] });
  });
});

describe('security A-8: rooms only through the policy module', () => {
  test('a stranger is not let in, nor is a page of another site', async () => {
    expect((await once<Error>(connect('huiyin=forged'), 'connect_error')).message).toBe('sign-in-required');
    await expect(once<Error>(connect(agent.cookie, { Origin: 'https://evil.example' }), 'connect_error')).resolves.toBeDefined();
  });

  test('rooms of others are refused over the socket and over HTTP alike', async () => {
    const socket = connect(agent.cookie);
    await once(socket, 'connect');
    const wanted = { 'staff:stf-handler-hrss': 0, 'org:org-lz-hrss': 0, 'ticket:nothing': 0 };
    expect([...(await sync(socket, wanted)).refused].sort()).toEqual(Object.keys(wanted).sort());
    expect((await agent.get('/facts?room=org:org-lz-hrss&after=0')).status).toBe(404);
  });

  test.each([
    [{}],
    [{ known: { 'Hotline!': 1 } }],
    [{ known: { hotline: -1 } }],
    ['text'],
    [null],
    [{ known: Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`ticket:t${index}`, 0])) }],
  ])('a forged frame is answered with an error: %j', async (frame) => {
    const socket = connect(agent.cookie);
    await once(socket, 'connect');
    expect(await socket.emitWithAck('rooms:sync', frame)).toEqual({ error: 'invalid-input' });
  });

  test('security A-6: sign-out cuts the socket', async () => {
    const leaving = await running.as('agent2');
    const socket = connect(leaving.cookie);
    await once(socket, 'connect');
    const cut = once(socket, 'disconnect');
    await leaving.delete('/session');
    await expect(cut).resolves.toBeDefined();
  });
});
