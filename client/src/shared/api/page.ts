import type { Move } from '#contracts/lifecycles/lifecycle';

/** A page of a list; `nextCursor` is null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Whatever carries the moves that its state and this person's roles leave open. */
export interface Movable {
  readonly version: number;
  readonly moves: readonly Move[];
}

export type { Move };
