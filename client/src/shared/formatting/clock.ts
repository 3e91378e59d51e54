import { inject, type InjectionKey, onScopeDispose, readonly, type Ref, ref } from 'vue';

/** The server's clock as this screen knows it; an office computer may be minutes off, deadlines may not. */
export interface Clock {
  now(): number;
  /** The Date header of an answer, whole seconds. */
  learn(serverTime: number): void;
}

/** Below this the difference is the network, not the clock. */
const TOLERANCE_MS = 3_000;

export const createClock = (local: () => number = Date.now): Clock => {
  let offset = 0;
  return {
    now: () => local() + offset,
    learn: (serverTime) => {
      const seen = serverTime + 500 - local();
      if (Math.abs(seen - offset) > TOLERANCE_MS) offset = Math.abs(seen) > TOLERANCE_MS ? seen : 0;
    },
  };
};

export const clockKey: InjectionKey<Clock> = Symbol('clock');

export const useClock = (): Clock => inject(clockKey, () => createClock(), true);

/** A number that moves on by itself; one second for timers, half a minute for deadlines. */
export const useNow = (everyMs = 30_000): Readonly<Ref<number>> => {
  const clock = useClock();
  const now = ref(clock.now());
  const timer = setInterval(() => {
    now.value = clock.now();
  }, everyMs);
  onScopeDispose(() => clearInterval(timer));
  return readonly(now);
};
