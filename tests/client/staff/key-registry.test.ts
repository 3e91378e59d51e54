import { createKeyRegistry, type KeyBinding } from '../../../client/src/shared/keys/key-registry';

const press = (registry: ReturnType<typeof createKeyRegistry>, init: KeyboardEventInit & { target?: HTMLElement; keyCode?: number }): KeyboardEvent => {
  const { target = document.body, ...rest } = init;
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...rest });
  const handle = (given: Event): void => registry.handle(given as KeyboardEvent);
  target.addEventListener('keydown', handle, { once: true });
  target.dispatchEvent(event);
  return event;
};

const element = <K extends keyof HTMLElementTagNameMap>(name: K, parent: HTMLElement = document.body): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  parent.append(made);
  return made;
};

const bind = (binding: Partial<KeyBinding> & Pick<KeyBinding, 'keys'>) => {
  const registry = createKeyRegistry();
  const run = jest.fn();
  registry.add([{ label: '', run, ...binding }]);
  return { registry, run };
};

afterEach(() => document.body.replaceChildren());

describe('快捷键', () => {
  test('输入法选字时一个键都不动', () => {
    const { registry, run } = bind({ keys: ['F2', 'Ctrl+Enter'] });
    press(registry, { key: 'F2', isComposing: true });
    press(registry, { key: 'Process', keyCode: 229 });
    expect(run).not.toHaveBeenCalled();
    press(registry, { key: 'F2' });
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('在输入框里，功能键和组合键有效，单个字符是打字', () => {
    const { registry, run } = bind({ keys: ['/', 'F3', 'Alt+J'] });
    const field = element('input');
    expect(press(registry, { key: '/', target: field }).defaultPrevented).toBe(false);
    press(registry, { key: 'F3', target: field });
    press(registry, { key: '∆', code: 'KeyJ', altKey: true, target: field });
    expect(run.mock.calls).toEqual([['F3'], ['Alt+J']]);
  });

  test('回车和数字只在所属的卡片里有效，按钮自己的回车留给按钮', () => {
    const card = element('div');
    const inside = element('div', card);
    const { registry, run } = bind({ keys: ['Enter', '2'], within: () => card });
    press(registry, { key: 'Enter' });
    press(registry, { key: 'Enter', target: element('button', card) });
    expect(run).not.toHaveBeenCalled();
    press(registry, { key: 'Enter', target: inside });
    press(registry, { key: '2', target: inside });
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('后来的先得，走了就还回去', () => {
    const { registry, run } = bind({ keys: ['Escape'] });
    const inner = jest.fn();
    const leave = registry.add([{ keys: ['Escape'], label: '', run: inner }]);
    press(registry, { key: 'Escape' });
    leave();
    press(registry, { key: 'Escape' });
    expect([inner.mock.calls.length, run.mock.calls.length]).toEqual([1, 1]);
  });
});
