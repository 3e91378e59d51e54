import type { System } from '../composition/system';
import type { Agenda, Dice, MovableClock } from './agenda';
import type { Cast } from './cast';

export interface Person {
  readonly name: string;
  readonly phone: string;
}

/** What every teller of the fortnight holds. */
export interface Story {
  readonly system: System;
  readonly agenda: Agenda;
  readonly clock: MovableClock;
  readonly dice: Dice;
  readonly cast: Cast;
  /** Who has rung before: some of them ring again, with the next matter. */
  readonly callers: Person[];
  /** Moves an instant to when somebody is at the desk. */
  readonly desk: (at: Date, lateness?: number) => Date;
  /** The real present, at which the story ends. */
  readonly end: Date;
  /** The published guide that answers these words best, with its version; null when there is none. */
  readonly citable: (words: string) => Promise<{ readonly id: string; readonly version: number } | null>;
}
