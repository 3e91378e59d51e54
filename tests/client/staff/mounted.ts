import { type App, type Component, createApp, defineComponent, h, type InjectionKey, nextTick } from 'vue';

export interface Mounted {
  readonly element: HTMLElement;
  readonly app: App;
  unmount(): void;
}

export type Provision = readonly [InjectionKey<unknown>, unknown];

export const provision = <T>(key: InjectionKey<T>, value: T): Provision => [key as InjectionKey<unknown>, value];

/** Mounts a component into the page, as a browser would. */
export const mount = (component: Component, props: Record<string, unknown> = {}, provisions: readonly Provision[] = []): Mounted => {
  const element = document.createElement('div');
  document.body.append(element);
  const app = createApp({ render: () => h(component, props) });
  for (const [key, value] of provisions) app.provide(key, value);
  app.mount(element);
  return {
    element,
    app,
    unmount: () => {
      app.unmount();
      element.remove();
    },
  };
};

/** Runs a composable inside a living component and hands out what it made. */
export const within = <T>(use: () => T, provisions: readonly Provision[] = []): { readonly made: T; unmount(): void } => {
  let made: T | undefined;
  const host = mount(
    defineComponent({
      setup: () => {
        made = use();
        return () => null;
      },
    }),
    {},
    provisions,
  );
  return { made: made as T, unmount: host.unmount };
};

/** Lets promises and the next paint happen. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
  await nextTick();
};
