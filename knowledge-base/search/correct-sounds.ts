import { isHan } from './fold-text';
import type { SoundAlikes } from './sound-alikes';
import { pairTerm } from './terms';

/** A replacement must be this likely before it changes what is read. */
const sureEnough = 0.7;

const pairAt = (codes: readonly number[], index: number): number | undefined => {
  const first = codes[index] ?? 0;
  const second = codes[index + 1] ?? 0;
  return isHan(first) && isHan(second) ? pairTerm(first, second) : undefined;
};

interface Repair {
  readonly code: number;
  readonly gain: number;
}

/** Which character, put at `index`, makes the pairs on both sides known. */
const repairAt = (codes: readonly number[], index: number, soundAlikes: SoundAlikes): Repair | undefined => {
  const left = pairAt(codes, index - 1);
  const right = pairAt(codes, index);
  const votes = new Map<number, number>();
  const vote = (pair: number | undefined, side: 'first' | 'second', kept: number): void => {
    if (pair === undefined) return;
    for (const alike of soundAlikes.of(pair)) {
      const first = Math.floor(alike.pair / 0x1_0000);
      const second = alike.pair % 0x1_0000;
      const [replaced, stays] = side === 'first' ? [first, second] : [second, first];
      if (stays === kept && alike.likeness >= sureEnough) votes.set(replaced, (votes.get(replaced) ?? 0) + alike.likeness);
    }
  };
  vote(left, 'second', codes[index - 1] ?? 0);
  vote(right, 'first', codes[index + 1] ?? 0);
  return [...votes].map(([code, gain]) => ({ code, gain })).sort((a, b) => b.gain - a.gain)[0];
};

/**
 * 结昏登记 → 结婚登记: a character whose pairs no guide knows gives way to one of the same sound whose pairs are known. The length
 * stays, so positions in the corrected text are positions in the typed one.
 */
export const correctSounds = (text: string, doubtful: readonly boolean[], soundAlikes: SoundAlikes): string => {
  const codes = [...text].map((character) => character.charCodeAt(0));
  const isUnknown = (index: number): boolean => {
    const pair = pairAt(codes, index);
    return pair !== undefined && !soundAlikes.knows(pair);
  };
  for (let index = 0; index < codes.length; index += 1) {
    const left = pairAt(codes, index - 1);
    const right = pairAt(codes, index);
    const suspicious =
      doubtful[index] === true &&
      (left === undefined || isUnknown(index - 1)) &&
      (right === undefined || isUnknown(index)) &&
      (left !== undefined || right !== undefined);
    const repair = suspicious ? repairAt(codes, index, soundAlikes) : undefined;
    if (repair !== undefined) codes[index] = repair.code;
  }
  return String.fromCharCode(...codes);
};
