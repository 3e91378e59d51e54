import type { Clock } from '#kernel';

export interface FakeClock extends Clock {
  set(iso: string): void;
  advance(milliseconds: number): void;
}

/** Time stands still until a test moves it. */
export const createFakeClock = (iso: string): FakeClock => {
  let now = Date.parse(iso);
  return {
    now: () => new Date(now),
    set: (next) => {
      now = Date.parse(next);
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
};

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => count * 86_400_000;
