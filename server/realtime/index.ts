import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { citizenNamespace } from '#contracts/realtime/chat';
import { telNamespace, telPublicNamespace } from '#contracts/realtime/telephony';
import { RoomsSync, type RoomsSyncAnswer } from '#contracts/realtime/rooms';
import type { StaffActor } from '#kernel';
import type { NumberedFact } from '#platform';
import type { System } from '../composition/system';
import { originFits } from '../http/middleware/guard-writes';
import { sessionTokenOf } from '../http/middleware/authenticate';

/** Longest gap that is replayed over the socket; a longer one is read anew. */
const replayLimit = 500;
const maxRooms = 200;
const recheckSeconds = 4;
const maxEventsPerSecond = 20;
/** Of one connection over all namespaces; setting up a call sends a few dozen at once. */
const maxPacketsPerSecond = 200;
const maxBufferedBytes = 1024 * 1024;
const namespaces = ['/console', citizenNamespace, telNamespace, telPublicNamespace];
const caseRoom = /^(?:ticket|rectification|conversation|call):/;

export interface Realtime {
  readonly io: Server;
  /** The staff member behind a socket of any namespace, or null. */
  authenticateStaff(socket: Socket): Promise<StaffActor | null>;
  /** Hears every fact on this node, after the rooms. */
  onFact(listener: (fact: NumberedFact) => void): void;
  /** Sends what was numbered since the last call to the rooms of this node. */
  publishNews(): Promise<number>;
  close(): Promise<void>;
}

const staffOf = (socket: Socket): StaffActor | undefined => dataOf(socket).staff;

const createAuthenticator =
  (system: System) =>
  async (socket: Socket): Promise<StaffActor | null> => {
    const token = sessionTokenOf(socket.handshake.headers.cookie, system.secureCookies);
    if (token === null) return null;
    return (await system.identity.sessions.actorOf(token, socket.handshake.address))?.actor ?? null;
  };

/** Grants rooms by the policy module and says at once what the screen missed (security A-8, I-12). */
const answerSync = async (
  system: System,
  given: { readonly socket: Socket; readonly wanted: unknown; readonly authenticateStaff: Realtime['authenticateStaff'] },
): Promise<RoomsSyncAnswer | { readonly error: string }> => {
  const { socket } = given;
  const parsed = RoomsSync.safeParse(given.wanted);
  if (!parsed.success) return { error: 'invalid-input' };
  // Asked anew: roles, unit or session may have changed since the hand-shake.
  const staff = await given.authenticateStaff(socket);
  if (staff === null) return { error: 'sign-in-required' };
  const wanted = { ...Object.fromEntries(system.rooms.ownRooms(staff).map((room) => [room, -1])), ...parsed.data.known };
  const granted: string[] = [];
  const refused: string[] = [];
  for (const room of Object.keys(wanted)) (granted.length < maxRooms && (await system.rooms.mayJoin(staff, room)) ? granted : refused).push(room);
  // Joined before the heads are read: what happens in between comes twice rather than never.
  await socket.join(granted);
  const heads = await system.facts.heads(granted);
  const missed = [];
  const reload: string[] = [];
  for (const room of granted) {
    const known = wanted[room] ?? -1;
    const head = heads[room] ?? 0;
    if (known < 0 || known === head) continue;
    const facts = known > head || head - known > replayLimit ? null : await system.facts.replay(room, known, replayLimit);
    if (facts === null) reload.push(room);
    else missed.push(...facts);
  }
  return { heads, refused, missed, reload };
};

interface ConsoleSocketData {
  staff?: StaffActor;
  token?: string;
  events?: number;
}

const dataOf = (socket: Socket): ConsoleSocketData => socket.data as ConsoleSocketData;

const withinBudget = (socket: Socket): boolean => {
  const data = dataOf(socket);
  data.events = (data.events ?? 0) + 1;
  return data.events <= maxEventsPerSecond;
};

/** Allowances of single events are kept where they are heard; a connection that floods any namespace is closed before it is read. */
const closeFloods = (io: Server): void => {
  io.engine.on('connection', (connection: { on(event: 'packet', heard: () => void): void; close(discard: boolean): void }) => {
    let second = 0;
    let count = 0;
    connection.on('packet', () => {
      const now = Math.floor(performance.now() / 1000);
      if (now !== second) [second, count] = [now, 0];
      count += 1;
      if (count > maxPacketsPerSecond) connection.close(true);
    });
  });
};

interface Line {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount?: number; terminate?(): void } };
  close(discard: boolean): void;
}

const lengthOf = (data: unknown): number => (typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0);

/** A slow client catches up by its numbers instead of filling our memory (security F-11). It reads nothing, so nothing is said to it. */
const dropSlow = (socket: Socket): void => {
  const line = socket.conn as unknown as Line;
  // What the operating system has not taken yet, and what waits behind it.
  const waiting = line.writeBuffer.reduce((sum, { data }) => sum + lengthOf(data), 0);
  const peer = line.transport.socket;
  if (waiting + (peer?.bufferedAmount ?? 0) <= maxBufferedBytes) return;
  line.close(true);
  // A closing hand-shake would wait half a minute for an answer.
  peer?.terminate?.();
};

/** Roles and unit decide which rooms are somebody's own; when they change, the page connects anew. */
const standingOf = (staff: StaffActor | undefined): string => `${staff?.roles.join()} ${staff?.orgPath}`;

/** One timer for all sockets: refills their allowance, drops slow ones, and asks once per session whether it still holds. */
const watchConsole = (io: Server, authenticateStaff: Realtime['authenticateStaff']): NodeJS.Timeout => {
  let tick = 0;
  const recheck = async (): Promise<void> => {
    const bySession = new Map<string, Socket[]>();
    for (const socket of io.of('/console').sockets.values()) {
      const token = dataOf(socket).token ?? '';
      bySession.set(token, [...(bySession.get(token) ?? []), socket]);
    }
    for (const sockets of bySession.values()) {
      const [first] = sockets;
      if (first === undefined) continue;
      const now = await authenticateStaff(first);
      for (const socket of sockets) if (now === null || standingOf(now) !== standingOf(staffOf(socket))) socket.disconnect(true);
    }
  };
  return setInterval(() => {
    tick += 1;
    for (const socket of io.of('/console').sockets.values()) dataOf(socket).events = 0;
    for (const namespace of namespaces) for (const socket of io.of(namespace).sockets.values()) dropSlow(socket);
    if (tick % recheckSeconds === 0) recheck().catch(() => undefined);
  }, 1_000);
};

const openConsole = (system: System, io: Server, authenticateStaff: Realtime['authenticateStaff']): void => {
  const console = io.of('/console');
  console.use((socket, next) => {
    authenticateStaff(socket).then(
      (staff) => {
        if (staff === null) return next(new Error('sign-in-required'));
        Object.assign(dataOf(socket), { staff, token: sessionTokenOf(socket.handshake.headers.cookie, system.secureCookies) ?? '', events: 0 });
        return next();
      },
      () => next(new Error('unavailable')),
    );
  });
  console.on('connection', (socket) => {
    const staff = staffOf(socket);
    if (staff === undefined) return void socket.disconnect(true);
    socket.on('rooms:sync', (wanted: unknown, acknowledge: unknown) => {
      if (typeof acknowledge !== 'function') return;
      const answer = acknowledge as (value: unknown) => void;
      if (!withinBudget(socket)) return answer({ error: 'too-many-requests' });
      answerSync(system, { socket, wanted, authenticateStaff }).then(answer, () => answer({ error: 'unavailable' }));
    });
    socket.on('rooms:leave', (room: unknown) => {
      if (typeof room === 'string' && withinBudget(socket)) void socket.leave(room);
    });
    socket.on('ping:age', (acknowledge: unknown) => {
      if (typeof acknowledge === 'function' && withinBudget(socket)) (acknowledge as (value: unknown) => void)({ at: system.clock.now().toISOString() });
    });
    // A first event, so that the client knows that the line carries in both directions.
    socket.emit('hello', { at: system.clock.now().toISOString() });
  });
};

/** Sign-out ends one session and its sockets; other windows of the same person stay. Lost rights end them all (security A-6). */
const cutRevoked = (io: Server, { staffId, sessionId }: NumberedFact['payload']): void => {
  for (const socket of io.of('/console').sockets.values()) {
    const staff = staffOf(socket);
    if (staff?.id === staffId && (sessionId === undefined || staff?.sessionId === sessionId)) socket.disconnect(true);
  }
};

/** A case may have become secret or another unit's since somebody opened it: who may no longer look does not hear of it either (security I-14). */
const dropOutsiders = async (system: System, io: Server, given: { readonly room: string; readonly authenticateStaff: Realtime['authenticateStaff'] }) => {
  const { room, authenticateStaff } = given;
  const console = io.of('/console');
  for (const socketId of console.adapter.rooms.get(room) ?? []) {
    const socket = console.sockets.get(socketId);
    if (socket === undefined) continue;
    const staff = await authenticateStaff(socket);
    if (staff === null || !(await system.rooms.mayJoin(staff, room))) await socket.leave(room);
  }
};

const emitFact = (io: Server, fact: NumberedFact): void => {
  const at = fact.at.toISOString();
  for (const { room, seq } of fact.rooms) {
    const message = { room, seq, id: fact.id, name: fact.name, at, payload: fact.payload };
    io.of('/console').to(room).emit('fact', message);
  }
  if (fact.name === 'identity.revoked') cutRevoked(io, fact.payload);
};

/** Sockets only carry facts out; every node reads the numbered facts from the table, so no broker can lose one. */
export const createRealtime = (system: System, server: HttpServer): Realtime => {
  const io = new Server(server, {
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: 64 * 1024,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    serveClient: false,
    allowRequest: (request, decide) => decide(null, originFits(request.headers.origin, { host: request.headers.host, publicUrl: system.config.publicUrl })),
  });
  closeFloods(io);
  const authenticateStaff = createAuthenticator(system);
  openConsole(system, io, authenticateStaff);
  const watching = watchConsole(io, authenticateStaff);
  const listeners: ((fact: NumberedFact) => void)[] = [];
  let known: number | null = null;
  let publishing: Promise<number> | null = null;

  const publish = async (): Promise<number> => {
    known ??= await system.facts.lastSeq();
    let count = 0;
    for (;;) {
      const news = await system.facts.after(known, 500);
      for (const fact of news) {
        for (const { room } of fact.rooms.filter((entry) => caseRoom.test(entry.room))) await dropOutsiders(system, io, { room, authenticateStaff });
        emitFact(io, fact);
        for (const listener of listeners) listener(fact);
        known = fact.seq;
      }
      count += news.length;
      if (news.length < 500) return count;
    }
  };

  return {
    io,
    authenticateStaff,
    onFact: (listener) => void listeners.push(listener),
    publishNews: () => {
      publishing ??= publish().finally(() => {
        publishing = null;
      });
      return publishing;
    },
    close: async () => {
      clearInterval(watching);
      await publishing;
      await io.close();
    },
  };
};
