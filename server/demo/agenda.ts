import type { Clock } from '#kernel';

/** A clock that the agenda sets to the time of each step, so that the fortnight is written as it would have happened. */
export interface MovableClock extends Clock {
  set(at: Date): void;
}

export const createMovableClock = (start: Date): MovableClock => {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    set: (at) => {
      now = Math.max(now, at.getTime());
    },
  };
};

type Step = () => Promise<void>;

export interface Agenda {
  add(at: Date, step: Step): void;
  /** Runs every step up to the end, in the order of time; what lies beyond has not happened yet. */
  runUntil(end: Date, onStep: (done: number) => void): Promise<number>;
}

export const createAgenda = (clock: MovableClock): Agenda => {
  const steps: { readonly at: number; readonly no: number; readonly run: Step }[] = [];
  let no = 0;
  return {
    add: (at, run) => {
      no += 1;
      const step = { at: at.getTime(), no, run };
      let index = steps.length;
      while (index > 0 && (steps[index - 1]?.at ?? 0) > step.at) index -= 1;
      steps.splice(index, 0, step);
    },
    runUntil: async (end, onStep) => {
      let done = 0;
      for (let next = steps.shift(); next !== undefined && next.at <= end.getTime(); next = steps.shift()) {
        clock.set(new Date(next.at));
        await next.run();
        done += 1;
        onStep(done);
      }
      return done;
    },
  };
};

/** The same seed throws the same numbers, so that every demonstration looks alike and a fault can be repeated. */
export interface Dice {
  /** 0 ≤ n < 1 */
  next(): number;
  whole(min: number, max: number): number;
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
}

export const createDice = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    whole,
    chance: (share) => next() < share,
    pick: (list) => {
      const chosen = list[whole(0, list.length - 1)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
  };
};
