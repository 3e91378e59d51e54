import { Refusal } from '../../../client/src/shared/citizen/http';
import { createOutbox } from '../../../client/src/features/portal/chat/outbox';

const passing = (): Refusal => new Refusal(0, { detail: '连不上' });

const flush = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

beforeEach(() => {
  jest.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => jest.useRealTimers());

describe('没发出去的话', () => {
  test('断线时一直重试，同一条始终用同一个编号，顺序不变', async () => {
    const sent: { clientMsgId: string; body: string }[] = [];
    let online = false;
    const outbox = createOutbox({
      send: async (line) => {
        sent.push({ clientMsgId: line.clientMsgId, body: line.body });
        if (!online) throw passing();
      },
      onAcknowledged: () => undefined,
    });
    outbox.add('第一句');
    outbox.add('第二句');
    for (let tries = 0; tries < 8; tries += 1) await jest.advanceTimersByTimeAsync(20_000);
    expect(new Set(sent.map((line) => line.body))).toEqual(new Set(['第一句']));
    expect(new Set(sent.map((line) => line.clientMsgId)).size).toBe(1);
    expect(sent.length).toBeGreaterThan(5);
    online = true;
    outbox.wake();
    await flush();
    expect(sent.slice(-2).map((line) => line.body)).toEqual(['第一句', '第二句']);
    expect(outbox.lines).toEqual([]);
    expect(sessionStorage.length).toBe(0);
  });

  test('被拒绝的留在屏幕上并说明原因，不挡后面的；收回后文字还在', async () => {
    const outbox = createOutbox({
      send: async (line) => {
        if (line.body === '坏') throw new Refusal(422, { detail: '含有不能保存的字符' });
      },
      onAcknowledged: () => undefined,
    });
    outbox.add('坏');
    outbox.add('好');
    await flush();
    outbox.wake();
    await flush();
    expect(outbox.lines).toMatchObject([{ body: '坏', refusal: '含有不能保存的字符' }]);
    expect(outbox.withdraw(outbox.lines[0]!.clientMsgId)).toBe('坏');
    expect(outbox.lines).toEqual([]);
  });

  test('刷新以后接着发', async () => {
    createOutbox({ send: () => Promise.reject(passing()), onAcknowledged: () => undefined }).add('还没送到');
    const bodies: string[] = [];
    const afterReload = createOutbox({ send: async (line) => void bodies.push(line.body), onAcknowledged: () => undefined });
    afterReload.wake();
    await flush();
    expect(bodies).toEqual(['还没送到']);
  });
});
