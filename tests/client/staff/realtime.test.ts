import type { RoomsSyncAnswer } from '#contracts/realtime/rooms';
import { createRealtime, type Line } from '../../../client/src/shared/realtime/realtime';
import type { Fact } from '../../../client/src/shared/realtime/room-ledger';
import { settled } from './mounted';

const fact = (seq: number, room = 'hotline'): Fact => ({
  room,
  seq,
  id: `${room}-${seq}`,
  name: 'ticket.moved',
  at: '2026-10-09T10:00:00+08:00',
  payload: { id: 't1' },
});
const answer = (given: Partial<RoomsSyncAnswer> = {}): RoomsSyncAnswer => ({ heads: { hotline: 3 }, refused: [], missed: [], reload: [], ...given });

/** A line that the test holds in its hand. */
const createFakeLine = () => {
  const listeners = new Map<string, Set<(given: never) => void>>();
  let connected = false;
  let sync: unknown = answer();
  const said: { event: string; input: unknown }[] = [];
  const tell = (event: string, given?: unknown): void => {
    for (const listener of listeners.get(event) ?? []) listener(given as never);
  };
  const line: Line = {
    get connected() {
      return connected;
    },
    on: (event, listener) => void listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
    off: (event, listener) => void listeners.get(event)?.delete(listener),
    emit: (event, ...given) => {
      const acknowledge = given.at(-1);
      said.push({ event, input: given[0] });
      if (typeof acknowledge !== 'function') return;
      if (event === 'rooms:sync' && sync !== 'silent') acknowledge(sync);
      if (event === 'ping:age' && sync !== 'silent') acknowledge({ at: '' });
    },
    connect: () => {
      connected = true;
      tell('connect');
    },
    disconnect: () => {
      connected = false;
      tell('disconnect', 'io client disconnect');
    },
  };
  return {
    line,
    tell,
    said,
    answers: (given: unknown) => {
      sync = given;
    },
    cut: () => {
      connected = false;
      tell('disconnect', 'transport close');
    },
  };
};

const start = (replay: (room: string, after: number) => unknown = () => ({ reload: false, head: 0, items: [] })) => {
  const fake = createFakeLine();
  const asked: string[] = [];
  const get = jest.fn((_path: string, options: { query: { room: string; after: number } }) => {
    asked.push(`${options.query.room}>${options.query.after}`);
    return Promise.resolve(replay(options.query.room, options.query.after));
  });
  const realtime = createRealtime({ line: fake.line, api: { get: get as never }, random: () => 0.5 });
  const heard: number[] = [];
  const reloaded: string[] = [];
  realtime.onFact((one) => heard.push(one.seq));
  realtime.onReload((room) => reloaded.push(room));
  realtime.start();
  return { ...fake, realtime, heard, reloaded, asked };
};

let running: ReturnType<typeof start> | null = null;

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  running?.realtime.stop();
  jest.useRealTimers();
});

describe('实时：不漏、不重、不乱', () => {
  test('接得上的直接用，重复的不用', async () => {
    running = start();
    await settled();
    for (const seq of [4, 4, 5, 3]) running.tell('fact', fact(seq));
    expect(running.heard).toEqual([4, 5]);
    expect(running.realtime.link.value).toBe('live');
  });

  test('中间缺了就按号去取，取到以前显示正在追平，顺序不变', async () => {
    running = start((_room, after) => ({ reload: false, head: 6, items: [4, 5, 6].filter((seq) => seq > after).map((seq) => fact(seq)) }));
    await settled();
    running.tell('fact', fact(6));
    expect(running.realtime.link.value).toBe('behind');
    await settled();
    expect(running.heard).toEqual([4, 5, 6]);
    expect(running.asked).toEqual(['hotline>3']);
    expect(running.realtime.link.value).toBe('live');
  });

  test('同一处缺口只问一次', async () => {
    running = start((_room, after) => ({ reload: false, head: 8, items: [4, 5, 6, 7, 8].filter((seq) => seq > after).map((seq) => fact(seq)) }));
    await settled();
    for (const seq of [6, 7, 8]) running.tell('fact', fact(seq));
    await settled();
    expect(running.asked).toEqual(['hotline>3']);
    expect(running.heard).toEqual([4, 5, 6, 7, 8]);
  });

  test('太旧了就整个重读', async () => {
    running = start(() => ({ reload: true, head: 900, items: [] }));
    await settled();
    running.tell('fact', fact(700));
    await settled();
    expect(running.reloaded).toEqual(['hotline']);
    running.tell('fact', fact(901));
    expect(running.heard).toEqual([901]);
  });

  test('断线后说出自己知道的号，补回漏掉的', async () => {
    running = start();
    await settled();
    running.tell('fact', fact(4));
    running.cut();
    running.answers(answer({ heads: { hotline: 6 }, missed: [fact(5), fact(6)] }));
    running.line.connect();
    await settled();
    expect(running.said.filter((one) => one.event === 'rooms:sync').at(-1)?.input).toEqual({ known: { hotline: 4 } });
    expect(running.heard).toEqual([4, 5, 6]);
  });

  test('一闪而过的断线不变红，超过 1.5 秒才说正在重连', async () => {
    running = start();
    await settled();
    running.cut();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(running.realtime.link.value).toBe('behind');
    await jest.advanceTimersByTimeAsync(1_500);
    expect(running.realtime.link.value).toBe('cut');
  });

  test('一直连不上就改用轮询，数据仍然会到', async () => {
    running = start((_room, after) => ({ reload: false, head: 5, items: [4, 5].filter((seq) => seq > after).map((seq) => fact(seq)) }));
    await settled();
    running.cut();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(running.heard).toEqual([4, 5]);
    expect(running.realtime.link.value).toBe('cut');
  });

  test('电脑睡过一觉就重新接', async () => {
    running = start();
    await settled();
    const before = running.said.filter((one) => one.event === 'rooms:sync').length;
    jest.setSystemTime(Date.now() + 60_000);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(running.said.filter((one) => one.event === 'rooms:sync').length).toBe(before + 1);
  });

  test('线通着但没有人答应，换一条线', async () => {
    running = start();
    await settled();
    running.answers('silent');
    const closed = jest.spyOn(running.line, 'disconnect');
    await jest.advanceTimersByTimeAsync(15_000);
    expect(closed).toHaveBeenCalled();
  });

  test('另开的房间先说 0，历史不当新事；离开以后不再算缺口', async () => {
    running = start();
    await settled();
    running.answers(answer({ heads: { hotline: 3, 'ticket:t1': 7 }, missed: [fact(7, 'ticket:t1')] }));
    const leave = running.realtime.follow('ticket:t1');
    await settled();
    expect(running.heard).toEqual([]);
    running.tell('fact', fact(8, 'ticket:t1'));
    expect(running.heard).toEqual([8]);
    leave();
    expect(running.said.at(-1)).toEqual({ event: 'rooms:leave', input: 'ticket:t1' });
  });
});
