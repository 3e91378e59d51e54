import { ref } from 'vue';
import { ApiProblem } from '../../../client/src/shared/api/problem';
import { useList } from '../../../client/src/shared/lists/use-list';
import { type Realtime, realtimeKey } from '../../../client/src/shared/realtime/realtime';
import type { Fact } from '../../../client/src/shared/realtime/room-ledger';
import { provision, settled, within } from './mounted';

interface Row {
  readonly id: string;
  readonly due: number;
  readonly text: string;
}

const row = (id: string, due: number, text = id): Row => ({ id, due, text });
const factOf = (id: string): Fact => ({ room: 'hotline', seq: 1, id: `f-${id}`, name: 'ticket.moved', at: '', payload: { id } });

const open = async (rows: Row[]) => {
  const store = new Map(rows.map((one) => [one.id, one]));
  let tell: (fact: Fact) => void = () => undefined;
  let reload: (room: string) => void = () => undefined;
  const realtime: Realtime = {
    link: ref('live'),
    freshAt: ref(0),
    start: () => undefined,
    stop: () => undefined,
    follow: () => () => undefined,
    onFact: (listener) => {
      tell = listener;
      return () => undefined;
    },
    onReload: (listener) => {
      reload = listener;
      return () => undefined;
    },
    listen: () => () => undefined,
    request: () => Promise.reject(new Error('unused')),
    say: () => undefined,
  };
  const load = jest.fn(() => Promise.resolve({ items: [...store.values()].sort((a, b) => a.due - b.due), nextCursor: null }));
  const loadOne = jest.fn((id: string) => {
    const found = store.get(id);
    return found === undefined ? Promise.reject(new ApiProblem({ status: 404, code: 'missing', title: '', detail: '' })) : Promise.resolve(found);
  });
  const { made: list, unmount } = within(
    () =>
      useList<Row>({
        load,
        loadOne,
        idOf: (one) => one.id,
        concerns: (fact) => String(fact.payload['id']),
        mayAdd: () => true,
        order: (a, b) => a.due - b.due,
      }),
    [provision(realtimeKey, realtime)],
  );
  await settled();
  const change = async (...changes: (Row | string)[]): Promise<void> => {
    for (const one of changes) {
      if (typeof one === 'string') store.delete(one);
      else store.set(one.id, one);
      tell(factOf(typeof one === 'string' ? one : one.id));
    }
    await jest.advanceTimersByTimeAsync(200);
    await settled();
  };
  return {
    list,
    store,
    load,
    loadOne,
    change,
    unmount,
    tell: (fact: Fact) => tell(fact),
    reload: () => reload('hotline'),
    ids: () => list.rows.value.map((one) => one.id).join(''),
  };
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('列表只补行，不重取', () => {
  test('有变动的行单独取回，原地换字', async () => {
    const { list, load, loadOne, change, unmount } = await open([row('a', 1), row('b', 2)]);
    await change(row('b', 2, '改了'));
    expect(list.rows.value[1]?.text).toBe('改了');
    expect([load.mock.calls.length, loadOne.mock.calls.length]).toEqual([1, 1]);
    unmount();
  });

  test('一阵风来的同一行只取一次', async () => {
    const { loadOne, tell, unmount } = await open([row('a', 1)]);
    for (let times = 0; times < 9; times += 1) tell(factOf('a'));
    await jest.advanceTimersByTimeAsync(200);
    expect(loadOne).toHaveBeenCalledTimes(1);
    unmount();
  });

  test('指针在列表里：字可以变，行不动，新的等在「n 件更新」后面', async () => {
    const { list, change, ids, unmount } = await open([row('b', 2), row('c', 3)]);
    list.hold(true);
    await change(row('a', 1), row('c', 0, '提前了'), 'b');
    expect(ids()).toBe('bc');
    expect(list.rows.value[1]?.text).toBe('提前了');
    expect(list.waiting.value).toBe(3);
    list.hold(false);
    expect(ids()).toBe('ca');
    expect(list.waiting.value).toBe(0);
    unmount();
  });

  test('自己办的马上见效，指针在哪里都一样', async () => {
    const { list, store, ids, unmount } = await open([row('a', 1), row('b', 2)]);
    list.hold(true);
    store.delete('a');
    await list.refresh('a');
    expect(ids()).toBe('b');
    expect(list.waiting.value).toBe(0);
    unmount();
  });

  test('没人指着时直接排好；别人收走的行自己消失', async () => {
    const { ids, change, unmount } = await open([row('b', 2), row('c', 3)]);
    await change(row('a', 1), 'c');
    expect(ids()).toBe('ab');
    unmount();
  });

  test('缺口太旧就整个重读一次', async () => {
    const { load, reload, unmount } = await open([row('a', 1)]);
    reload();
    await settled();
    expect(load).toHaveBeenCalledTimes(2);
    unmount();
  });

  test('取不到时写明原因，可以重试', async () => {
    const { list, load, unmount } = await open([]);
    load.mockRejectedValueOnce(new ApiProblem({ status: 503, code: 'unavailable', title: '', detail: '系统暂时繁忙' }));
    await list.reload();
    expect(list.state.value).toBe('failed');
    expect(list.problem.value?.detail).toBe('系统暂时繁忙');
    await list.reload();
    expect(list.state.value).toBe('ready');
    unmount();
  });
});
