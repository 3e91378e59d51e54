import { blurred, readingsOf } from './syllables';
import { pairText } from './terms';

/** Pairs of ideographs that sound alike, for 同音字 mistakes: 就衣 → 就医. It proposes only pairs that names of guides use. */
export interface SoundAlikes {
  add(pair: number): void;
  /** Written like this in names, or by many guides: no mistake. */
  knows(pair: number): boolean;
  /** Known pairs with the sound of this one, with how likely they are meant (0–1). */
  of(pair: number): readonly { readonly pair: number; readonly likeness: number }[];
}

const sameSound = 0.9;
const blurredSound = 0.7;
/** Both characters wrong is rarer than one. */
const bothWrong = 0.55;

const keysOf = (text: string, sound: (syllable: string) => string): string[] => {
  const keys = new Set<string>();
  for (const first of readingsOf(text.charAt(0))) for (const second of readingsOf(text.charAt(1))) keys.add(`${sound(first)} ${sound(second)}`);
  return [...keys];
};

export const createSoundAlikes = (isCommon: (pair: number) => boolean): SoundAlikes => {
  const known = new Set<number>();
  const bySound = new Map<string, number[]>();
  const likeness = (typed: string, meant: string): number => {
    const exact = keysOf(typed, (syllable) => syllable).some((key) => keysOf(meant, (syllable) => syllable).includes(key));
    const shared = typed.charAt(0) === meant.charAt(0) || typed.charAt(1) === meant.charAt(1);
    return (exact ? sameSound : blurredSound) * (shared ? 1 : bothWrong);
  };
  return {
    add: (pair) => {
      if (known.has(pair)) return;
      known.add(pair);
      for (const key of keysOf(pairText(pair), blurred)) {
        const pairs = bySound.get(key);
        if (pairs === undefined) bySound.set(key, [pair]);
        else pairs.push(pair);
      }
    },
    knows: (pair) => known.has(pair) || isCommon(pair),
    of: (pair) => {
      const typed = pairText(pair);
      const alike = new Set(keysOf(typed, blurred).flatMap((key) => bySound.get(key) ?? []));
      alike.delete(pair);
      return [...alike].map((meant) => ({ pair: meant, likeness: likeness(typed, pairText(meant)) }));
    },
  };
};
