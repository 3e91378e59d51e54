import { request as httpRequest } from 'node:http';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { RoomFactMessage, RoomsSyncAnswer } from '#contracts/realtime/rooms';
import { type Person, startTestSystem, type TestSystem } from '../support/test-system';
import { aTicket } from '../support/tickets';

let running: TestSystem;
let agent: Person;
const open: Socket[] = [];
const raw: WebSocket[] = [];

beforeAll(async () => {
  running = await startTestSystem({ now: new Date().toISOString() });
  agent = await running.as('agent1');
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
  for (const socket of raw.splice(0)) socket.terminate();
});
afterAll(() => running.close());

const once = <T>(socket: Socket, event: string): Promise<T> => new Promise((resolve) => void socket.once(event, (value: T) => resolve(value)));

const connect = async (person: Person): Promise<Socket> => {
  const socket = io(`${running.url}/console`, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { Cookie: person.cookie } });
  open.push(socket);
  await once(socket, 'connect');
  return socket;
};

const sync = (socket: Socket, known: Record<string, number>): Promise<RoomsSyncAnswer> =>
  socket.timeout(5_000).emitWithAck('rooms:sync', { known }) as Promise<RoomsSyncAnswer>;

/** A line without socket.io on our side, for frames that no honest client sends; resolves when the server has opened it. */
const openRaw = (cookie: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${running.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers: { Cookie: cookie } });
    raw.push(socket);
    socket.once('message', () => resolve(socket));
    socket.once('error', reject);
  });

const closed = (socket: WebSocket): Promise<void> => new Promise((resolve) => void socket.once('close', () => resolve()));

const healthy = async (): Promise<number> => (await running.http.get('/healthz')).status;

const announce = (rooms: readonly string[], note: string): Promise<void> =>
  running.system.database.inTransaction((work) => {
    work.announce({ name: 'test.happened', payload: { note }, rooms });
    return Promise.resolve();
  });

const notesHeard = (socket: Socket): string[] => {
  const notes: string[] = [];
  socket.on('fact', (fact: RoomFactMessage) => {
    if (fact.name === 'test.happened') notes.push(String(fact.payload['note']));
  });
  return notes;
};

const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 500 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
};

describe('security A-6: rights that end cut the sockets that rest on them', () => {
  test('signing out in one window leaves the other window of the same person open', async () => {
    const [one, other] = [await running.as('agent2'), await running.as('agent2')];
    const [first, second] = [await connect(one), await connect(other)];
    const cut = once(first, 'disconnect');
    await one.delete('/session');
    await cut;
    await sync(second, {});
    expect(second.connected).toBe(true);
  });

  test('revoking all sessions of a person cuts every window', async () => {
    const [one, other] = [await running.as('agent3'), await running.as('agent3')];
    const cuts = [await connect(one), await connect(other)].map((socket) => once(socket, 'disconnect'));
    expect((await one.delete('/session/all')).status).toBe(204);
    await Promise.all(cuts);
  });
});

describe('security A-8, I-14: a room is left when its case may no longer be seen', () => {
  test('a ticket that becomes secret is no longer heard by an agent who had it open', async () => {
    const [owner, other] = [await running.as('agent1'), await running.as('agent4')];
    const made = await owner.post('/tickets', aTicket());
    const { id } = made.body as { id: string };
    const [ownScreen, otherScreen] = [await connect(owner), await connect(other)];
    for (const screen of [ownScreen, otherScreen]) expect((await sync(screen, { [`ticket:${id}`]: 0 })).refused).toEqual([]);
    const [ownNotes, otherNotes] = [notesHeard(ownScreen), notesHeard(otherScreen)];
    await announce([`ticket:${id}`], 'before');
    await until(() => otherNotes.length === 1 && ownNotes.length === 1);
    expect((await owner.patch(`/tickets/${id}`, { isSecret: true }).set('If-Match', '"1"')).status).toBe(200);
    expect((await other.get(`/tickets/${id}`)).status).toBe(404);
    await announce([`ticket:${id}`], 'after');
    await until(() => ownNotes.length === 2);
    await announce(['hotline'], 'end');
    await until(() => otherNotes.includes('end'));
    expect(otherNotes).toEqual(['before', 'end']);
    expect((await sync(otherScreen, { [`ticket:${id}`]: 0 })).refused).toEqual([`ticket:${id}`]);
  });
});

describe('security A-8: rooms that nobody made', () => {
  test.each(['constructor:x', 'constructor', 'chat:x', 'staff:', 'nothing:x'])('%s is refused over the socket and over HTTP', async (room) => {
    const socket = await connect(agent);
    const answer = (await socket.timeout(5_000).emitWithAck('rooms:sync', { known: { [room]: 0 } })) as { refused?: string[]; error?: string };
    expect(answer.error === 'invalid-input' || answer.refused?.includes(room) === true).toBe(true);
    expect([404, 422]).toContain((await agent.get(`/facts?room=${encodeURIComponent(room)}&after=0`)).status);
  });
});

describe('security B-4: hostile frames', () => {
  test('the twenty-first event of a second is refused and the line stays', async () => {
    const socket = await connect(agent);
    const answers = await Promise.all(Array.from({ length: 60 }, () => socket.timeout(5_000).emitWithAck('rooms:sync', { known: {} })));
    expect(answers.filter((answer) => (answer as { error?: string }).error === 'too-many-requests').length).toBeGreaterThan(0);
    expect(socket.connected).toBe(true);
  });

  test('a connection that floods is closed and the others go on', async () => {
    const honest = await connect(agent);
    const flooding = await openRaw(agent.cookie);
    const end = closed(flooding);
    for (let index = 0; index < 5_000; index += 1) flooding.send('42/console,["ping:age"]');
    await end;
    expect(await sync(honest, {})).toHaveProperty('heads');
    expect(await healthy()).toBe(200);
  });

  test('a frame over 64 KiB closes its own line only', async () => {
    const honest = await connect(agent);
    const large = await openRaw(agent.cookie);
    const end = closed(large);
    large.send(`42["rooms:sync",{"known":{"${'a'.repeat(70 * 1024)}":1}}]`);
    await end;
    expect(await sync(honest, {})).toHaveProperty('heads');
  });

  test.each([
    ['no packet type', 'x'],
    ['empty', ''],
    ['unknown namespace', '40/admin,'],
    ['namespace with a path', '40/../console,'],
    ['event before joining a namespace', '42/console,["rooms:sync",{"known":{}}]'],
    ['event of a reserved name', '42/console,["disconnecting"]'],
    ['event without a name', '42/console,[]'],
    ['event name that is an object', '42/console,[{"a":1}]'],
    ['broken JSON', '42/console,["rooms:sync",'],
    ['prototype', '42/console,["__proto__",{"__proto__":{"polluted":true}}]'],
    ['negative acknowledgement', '43/console,-1[]'],
    ['acknowledgement nobody waits for', '43/console,99999[{"media":null}]'],
    ['thousand attachments', '451000-/console,["rooms:sync",{"_placeholder":true,"num":0}]'],
    ['endless attachments', '45999999999-["rooms:sync",{"_placeholder":true,"num":999999998}]'],
    ['attachment that never comes', '451-["rooms:sync",{"_placeholder":true,"num":0}]'],
    ['connect with an array', '40/console,[1,2]'],
    ['connect with deep auth', `40/console,${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`],
    ['citizen with an object as token', '40/citizen,{"conversationId":{"$ne":""},"token":{"$ne":""}}'],
    ['caller with zero as token', '40/tel-pub,{"token":0}'],
  ])('%s: nothing breaks', async (_name, frame) => {
    const socket = await openRaw(agent.cookie);
    socket.send(frame);
    socket.send(Buffer.alloc(1_000));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await healthy()).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('frames in thousands of tiny fragments end at the limit', async () => {
    const socket = await openRaw(agent.cookie);
    const end = closed(socket);
    for (let index = 0; index < 70 * 1024; index += 1) {
      if (socket.readyState !== WebSocket.OPEN) break;
      socket.send('a', { fin: false });
      if (index % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await end;
    expect(await healthy()).toBe(200);
  });

  test('binary in place of text is refused like any other wrong type', async () => {
    const socket = await connect(agent);
    expect(await socket.timeout(5_000).emitWithAck('rooms:sync', Buffer.alloc(100))).toEqual({ error: 'invalid-input' });
    expect(await socket.timeout(5_000).emitWithAck('rooms:sync', { known: { hotline: Buffer.alloc(10) } })).toEqual({ error: 'invalid-input' });
    expect(await socket.timeout(5_000).emitWithAck('chat:open', { conversationId: Buffer.alloc(10) })).toMatchObject({ ok: false, problem: { status: 422 } });
  });

  test('without acknowledgement, and with wrong arguments, every event is survived', async () => {
    const socket = await connect(agent);
    for (const event of ['rooms:sync', 'rooms:leave', 'ping:age', 'chat:send', 'chat:open', 'chat:typing']) {
      for (const given of [undefined, null, 0, true, [], { $ne: '' }, 'x', 'hotline']) socket.emit(event, given, given);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(await healthy()).toBe(200);
  });

  test('long polling is not offered', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      httpRequest(`${running.url}/socket.io/?EIO=4&transport=polling`, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(400);
  });

  test('memory stays flat over a thousand connections that say nonsense', async () => {
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 20; round += 1) {
      const sockets = await Promise.all(Array.from({ length: 50 }, () => openRaw(agent.cookie)));
      for (const socket of sockets) {
        for (let index = 0; index < 50; index += 1) socket.send(`42/console,["rooms:sync",{"known":{"x${index}":${'9'.repeat(500)}}}]`);
        socket.terminate();
      }
    }
    raw.splice(0);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect(await healthy()).toBe(200);
  });
});
