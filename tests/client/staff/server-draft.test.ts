import { ApiProblem } from '../../../client/src/shared/api/problem';
import { type Stored, useServerDraft } from '../../../client/src/shared/drafts/use-server-draft';
import { settled, within } from './mounted';

interface Form {
  title: string;
  content: string;
}

const problem = (status: number): ApiProblem => new ApiProblem({ status, code: 'x', title: '', detail: '' });

/** A server with versions: refuses what was typed over an older one. */
const createStore = (content: Form) => {
  const state = { version: 1, content, down: false, saves: [] as Partial<Form>[] };
  return {
    state,
    byOthers: (changes: Partial<Form>) => {
      state.version += 1;
      state.content = { ...state.content, ...changes };
    },
    load: (): Promise<Stored<Form>> => Promise.resolve({ version: state.version, content: { ...state.content } }),
    save: (changes: Partial<Form>, version: number): Promise<Stored<Form>> => {
      if (state.down) return Promise.reject(problem(0));
      if (version !== state.version) return Promise.reject(problem(412));
      state.saves.push(changes);
      state.version += 1;
      state.content = { ...state.content, ...changes };
      return Promise.resolve({ version: state.version, content: { ...state.content } });
    },
  };
};

const open = async (content: Form = { title: '', content: '' }) => {
  const store = createStore(content);
  const { made: draft, unmount } = within(() => useServerDraft<Form>({ load: store.load, save: store.save }));
  await settled();
  const type = async (changes: Partial<Form>): Promise<void> => {
    draft.value.value = { ...draft.value.value!, ...changes };
    await settled();
  };
  return { store, draft, type, unmount };
};

const pause = async (ms = 700): Promise<void> => {
  await jest.advanceTimersByTimeAsync(ms);
  await settled();
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('服务器草稿', () => {
  test('停笔就存，只存改过的，说多久以前', async () => {
    const { store, draft, type, unmount } = await open({ title: '原', content: '文' });
    await type({ title: '供热' });
    await type({ title: '供热不足' });
    expect(draft.words.value).toBe('正在存到服务器');
    await pause();
    expect(store.state.saves).toEqual([{ title: '供热不足' }]);
    expect(draft.words.value).toMatch(/^草稿已存服务器 · \d+ 秒前$/);
    unmount();
  });

  test('别人改了另一处：合在一起，谁的都不丢', async () => {
    const { store, draft, type, unmount } = await open({ title: '原', content: '文' });
    store.byOthers({ content: '同事补的内容' });
    await type({ title: '我改的' });
    await pause();
    await pause();
    expect(draft.state.value).toBe('saved');
    expect(store.state.content).toEqual({ title: '我改的', content: '同事补的内容' });
    expect(draft.value.value).toEqual({ title: '我改的', content: '同事补的内容' });
    unmount();
  });

  test('别人改了同一处：两份都在，选了才存', async () => {
    const { store, draft, type, unmount } = await open({ title: '原', content: '' });
    store.byOthers({ title: '他改的' });
    await type({ title: '我改的' });
    await pause();
    expect(draft.state.value).toBe('conflict');
    expect(draft.contested.value).toEqual([{ field: 'title', mine: '我改的', theirs: '他改的' }]);
    expect(draft.value.value?.title).toBe('我改的');
    await pause(5_000);
    expect(store.state.content.title).toBe('他改的');
    await draft.keepMine();
    expect(store.state.content.title).toBe('我改的');
    expect(draft.state.value).toBe('saved');
    unmount();
  });

  test('没在打字时，别人改的马上看得见；正在打字时等到存的时候再比', async () => {
    const { store, draft, type, unmount } = await open({ title: '原', content: '' });
    store.byOthers({ title: '他改的' });
    draft.adopt(await store.load());
    expect(draft.value.value?.title).toBe('他改的');
    store.byOthers({ title: '他又改了' });
    await type({ title: '我改的' });
    draft.adopt(await store.load());
    expect(draft.value.value?.title).toBe('我改的');
    await pause();
    expect(draft.state.value).toBe('conflict');
    unmount();
  });

  test('选对方的，就用对方的', async () => {
    const { store, draft, type, unmount } = await open({ title: '原', content: '' });
    store.byOthers({ title: '他改的' });
    await type({ title: '我改的' });
    await pause();
    draft.takeTheirs();
    await pause();
    expect(draft.value.value?.title).toBe('他改的');
    expect(store.state.content.title).toBe('他改的');
    expect(draft.state.value).toBe('saved');
    unmount();
  });

  test('存不上时文字还在，一直重试到存上', async () => {
    const { store, draft, type, unmount } = await open();
    store.state.down = true;
    await type({ content: '断线时写的' });
    await pause();
    expect(draft.state.value).toBe('failed');
    expect(draft.value.value?.content).toBe('断线时写的');
    store.state.down = false;
    await pause(5_000);
    expect(store.state.content.content).toBe('断线时写的');
    expect(draft.state.value).toBe('saved');
    unmount();
  });

  test('办结以前等到都存上', async () => {
    const { store, draft, type, unmount } = await open();
    await type({ content: '刚写的' });
    await expect(draft.flush()).resolves.toBe(true);
    expect(store.state.content.content).toBe('刚写的');
    unmount();
  });

  test('关掉页面前最后几个字也送出', async () => {
    const { store, type, unmount } = await open();
    await type({ content: '最后几个字' });
    unmount();
    await settled();
    expect(store.state.content.content).toBe('最后几个字');
  });
});
