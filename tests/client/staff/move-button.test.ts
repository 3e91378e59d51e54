import MoveButton from '../../../client/src/shared/components/MoveButton.vue';
import { mount, type Mounted } from './mounted';

const move = (ok: boolean, messages: readonly string[] = []) => ({
  action: 'accept',
  label: '受理',
  ok,
  unmet: messages.map((message, index) => ({ guard: `g${index}`, message })),
});

let mounted: Mounted | null = null;
const show = (props: Record<string, unknown>): HTMLElement => {
  mounted = mount(MoveButton, props);
  return mounted.element;
};
const buttonOf = (element: HTMLElement): HTMLButtonElement => element.querySelector('button')!;

afterEach(() => mounted?.unmount());

describe('动作按钮', () => {
  test('能办的下一步是实心的，按下就办', () => {
    const onRun = jest.fn();
    const element = show({ move: move(true), next: true, onRun });
    expect(buttonOf(element).className).toContain('button-next');
    expect(element.querySelector('.move-reason')).toBeNull();
    buttonOf(element).click();
    expect(onRun).toHaveBeenCalledWith('accept');
  });

  test('不能办的写明每一条原因，仍可聚焦，按下无效', () => {
    const onRun = jest.fn();
    const element = show({ move: move(false, ['必填项须齐全', '须由主办单位确认']), next: true, onRun });
    const button = buttonOf(element);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.disabled).toBe(false);
    expect(button.className).not.toContain('button-next');
    const reason = element.querySelector(`[id="${button.getAttribute('aria-describedby')}"]`);
    expect(reason?.textContent).toContain('必填项须齐全；须由主办单位确认');
    button.click();
    expect(onRun).not.toHaveBeenCalled();
  });

  test('屏幕自己的原因也算：表允许，表单没填完', () => {
    const element = show({ move: move(true), why: '还没写答复' });
    expect(element.textContent).toContain('还没写答复');
    expect(buttonOf(element).getAttribute('aria-disabled')).toBe('true');
  });

  test('正在办的时候再按无效', () => {
    const onRun = jest.fn();
    const element = show({ move: move(true), busy: true, onRun });
    buttonOf(element).click();
    expect(onRun).not.toHaveBeenCalled();
  });

  test('原因已写在别处时只留给读屏', () => {
    const element = show({ move: move(false, ['还缺佐证']), reasons: false });
    expect(element.querySelector('.move-reason')?.classList.contains('hidden-text')).toBe(true);
  });
});
