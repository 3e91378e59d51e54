import { computed, inject, type InjectionKey, readonly, type Ref, ref } from 'vue';
import type { RoomsSyncAnswer } from '#contracts/realtime/rooms';
import type { Api } from '../api/client';
import { createRoomLedger, type Fact } from './room-ledger';

/** What socket.io-client offers, as far as it is used; tests put a fake in its place. */
export interface Line {
  readonly connected: boolean;
  on(event: string, listener: (given: never) => void): unknown;
  off(event: string, listener: (given: never) => void): unknown;
  emit(event: string, ...given: unknown[]): unknown;
  connect(): unknown;
  disconnect(): unknown;
}

/** live: everything up to now is here. behind: connected, still catching up. cut: no line. */
export type LinkState = 'live' | 'behind' | 'cut';

export interface Realtime {
  readonly link: Readonly<Ref<LinkState>>;
  /** When it was last certain that nothing newer exists; milliseconds of this computer's clock. */
  readonly freshAt: Readonly<Ref<number>>;
  start(): void;
  stop(): void;
  /** Hears a room until the returned function is called. */
  follow(room: string): () => void;
  onFact(listener: (fact: Fact) => void): () => void;
  /** The gap of a room is too old to be filled: whoever shows something of it reads anew. */
  onReload(listener: (room: string) => void): () => void;
  /** Named events beside the facts, such as a conversation's lines. */
  listen(event: string, listener: (message: never) => void): () => void;
  request<T>(event: string, input: unknown): Promise<T>;
  say(event: string, input: unknown): void;
}

export interface RealtimeDeps {
  readonly line: Line;
  readonly api: Pick<Api, 'get'>;
  readonly now?: () => number;
  readonly random?: () => number;
}

interface Replay {
  readonly reload: boolean;
  readonly head: number;
  readonly items: readonly Fact[];
}

/** Shorter cuts are not shown: a blip must not flash. */
const SHOW_CUT_AFTER_MS = 1_500;
const BEAT_MS = 2_500;
const ANSWER_MS = 6_000;
/** A pause of the timers this long means that the computer slept. */
const SLEPT_MS = 15_000;
const POLL_AFTER_MS = 10_000;
const POLL_EVERY_MS = 5_000;

const createListeners = <T>() => {
  const all = new Set<(value: T) => void>();
  return {
    add: (listener: (value: T) => void) => {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell: (value: T) => {
      for (const listener of all) listener(value);
    },
  };
};

/** Sockets only carry facts in; everything that a cut lost is filled by number, over the socket or over HTTP. */
export const createRealtime = ({ line, api, now = Date.now, random = Math.random }: RealtimeDeps): Realtime => {
  const ledger = createRoomLedger();
  const followed = new Map<string, number>();
  /** Rooms that the server gives every console of this person; they are never left. */
  const own = new Set<string>();
  const facts = createListeners<Fact>();
  const reloads = createListeners<string>();
  const filling = new Map<string, Promise<void>>();
  const connected = ref(false);
  const synced = ref(false);
  const cutShown = ref(false);
  const freshAt = ref(now());
  let cutSince: number | null = now();
  let lastTick = now();
  let lastPoll = 0;
  let lastBeat = 0;
  let unanswered = 0;
  let ticker: ReturnType<typeof setInterval> | null = null;

  const link = computed<LinkState>(() => {
    if (connected.value && synced.value) return 'live';
    return connected.value || !cutShown.value ? 'behind' : 'cut';
  });

  const take = (fact: Fact): void => {
    ledger.set(fact.room, fact.seq);
    facts.tell(fact);
  };

  const startAgain = (room: string, head: number): void => {
    ledger.set(room, head);
    reloads.tell(room);
  };

  /** Asks for what lies between the last known number and now; questions about one room are not asked twice at a time. */
  const fill = (room: string): Promise<void> => {
    const running = filling.get(room);
    if (running !== undefined) return running;
    const run = (async () => {
      let more = true;
      while (more) {
        const answer = await api.get<Replay>('/facts', { query: { room, after: ledger.last(room) } });
        if (answer.reload) return startAgain(room, answer.head);
        for (const fact of answer.items) if (ledger.judge(fact) === 'next') take(fact);
        more = answer.items.length > 0 && ledger.last(room) < answer.head;
      }
    })().finally(() => filling.delete(room));
    filling.set(room, run);
    return run;
  };

  const hear = (fact: Fact): void => {
    const verdict = ledger.judge(fact);
    freshAt.value = now();
    if (verdict === 'next') take(fact);
    // A room that is just being joined or left: the answer to `rooms:sync` brings its number.
    else if (verdict === 'foreign') facts.tell(fact);
    else if (verdict === 'gap') {
      synced.value = false;
      fill(fact.room).then(
        () => (synced.value = true),
        () => undefined,
      );
    }
  };

  const settle = (answer: RoomsSyncAnswer): void => {
    const fresh = Object.keys(answer.heads).filter((room) => !ledger.knows(room));
    for (const room of answer.refused) ledger.forget(room);
    // What a room held before anybody looked at it is in the lists that are read over HTTP.
    for (const room of fresh) ledger.set(room, answer.heads[room] ?? 0);
    for (const room of fresh) if (!followed.has(room)) own.add(room);
    for (const fact of answer.missed) if (ledger.judge(fact) === 'next') take(fact);
    for (const room of answer.reload) if (!fresh.includes(room)) startAgain(room, answer.heads[room] ?? 0);
    freshAt.value = now();
    synced.value = true;
  };

  const ask = <T>(event: string, input: unknown): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${event} was not answered`)), ANSWER_MS);
      const answered = (answer: T) => {
        clearTimeout(timer);
        resolve(answer);
      };
      if (input === undefined) line.emit(event, answered);
      else line.emit(event, input, answered);
    });

  const sync = async (): Promise<void> => {
    const known = { ...Object.fromEntries([...followed.keys()].map((room) => [room, 0])), ...ledger.snapshot() };
    try {
      const answer = await ask<RoomsSyncAnswer | { readonly error: string }>('rooms:sync', { known });
      if ('error' in answer) throw new Error(answer.error);
      settle(answer);
    } catch {
      // The line is open but nobody answers: a new one is the only way to know.
      if (line.connected) reconnect();
    }
  };

  const reconnect = (): void => {
    line.disconnect();
    setTimeout(() => ticker !== null && line.connect(), 200 + random() * 800);
  };

  const onConnect = (): void => {
    connected.value = true;
    synced.value = false;
    cutSince = null;
    cutShown.value = false;
    unanswered = 0;
    void sync();
  };

  const onDisconnect = (reason: string): void => {
    connected.value = false;
    synced.value = false;
    cutSince ??= now();
    // socket.io does not come back by itself when the server hung up.
    if (reason === 'io server disconnect') setTimeout(() => ticker !== null && line.connect(), 300 + random() * 1_700);
  };

  const onRefused = (): void => {
    connected.value = false;
    cutSince ??= now();
    // A refusal by the server (session over, overload) also ends the automatic attempts.
    setTimeout(() => ticker !== null && !line.connected && line.connect(), 2_000 + random() * 4_000);
  };

  const beat = (): void => {
    if (!connected.value || !synced.value) return;
    unanswered += 1;
    if (unanswered > 3) return reconnect();
    line.emit('ping:age', () => {
      unanswered = 0;
      if (synced.value) freshAt.value = now();
    });
  };

  const poll = async (): Promise<void> => {
    try {
      for (const room of Object.keys(ledger.snapshot())) await fill(room);
      freshAt.value = now();
    } catch {
      // The light is already red; the next round asks again.
    }
  };

  const tick = (): void => {
    const at = now();
    const slept = at - lastTick > SLEPT_MS;
    lastTick = at;
    cutShown.value = cutSince !== null && at - cutSince > SHOW_CUT_AFTER_MS;
    if (slept && connected.value) return reconnect();
    if (at - lastBeat >= BEAT_MS) {
      lastBeat = at;
      beat();
    }
    if (cutSince !== null && at - cutSince > POLL_AFTER_MS && at - lastPoll > POLL_EVERY_MS * (0.8 + random() * 0.4)) {
      lastPoll = at;
      void poll();
    }
  };

  const awake = (): void => {
    if (document.visibilityState === 'visible' && !connected.value) line.connect();
  };

  const follow = (room: string): (() => void) => {
    followed.set(room, (followed.get(room) ?? 0) + 1);
    if (connected.value && !ledger.knows(room)) void sync();
    return () => {
      const left = (followed.get(room) ?? 1) - 1;
      if (left > 0) return void followed.set(room, left);
      followed.delete(room);
      if (own.has(room)) return undefined;
      ledger.forget(room);
      line.emit('rooms:leave', room);
      return undefined;
    };
  };

  return {
    link,
    freshAt: readonly(freshAt),
    start: () => {
      if (ticker !== null) return;
      line.on('connect', onConnect);
      line.on('disconnect', onDisconnect);
      line.on('connect_error', onRefused);
      line.on('fact', hear);
      lastTick = now();
      cutSince = now();
      ticker = setInterval(tick, 500);
      window.addEventListener('online', awake);
      document.addEventListener('visibilitychange', awake);
      line.connect();
    },
    stop: () => {
      if (ticker !== null) clearInterval(ticker);
      ticker = null;
      line.off('connect', onConnect);
      line.off('disconnect', onDisconnect);
      line.off('connect_error', onRefused);
      line.off('fact', hear);
      window.removeEventListener('online', awake);
      document.removeEventListener('visibilitychange', awake);
      line.disconnect();
      connected.value = false;
    },
    follow,
    onFact: facts.add,
    onReload: reloads.add,
    listen: (event, listener) => {
      line.on(event, listener);
      return () => void line.off(event, listener);
    },
    request: ask,
    say: (event, input) => void line.emit(event, input),
  };
};

export const realtimeKey: InjectionKey<Realtime> = Symbol('realtime');

export const useRealtime = (): Realtime => {
  const realtime = inject(realtimeKey);
  if (realtime === undefined) throw new Error('no realtime was provided');
  return realtime;
};
