import { isCommonCharacter } from './common-characters';
import { isDigit, isHan, isLatin } from './fold-text';

/*
 * A term is a number: a pair of ideographs as its two code units side by side (< 2³²), a rare ideograph as its code unit, a run of
 * letters and digits as a hash above 2³². Numbers keep a million guides in typed arrays; a collision of hashes only adds a little noise to a rank.
 */

export const pairTerm = (first: number, second: number): number => first * 0x1_0000 + second;

const wordBase = 0x1_0000_0000;

export const wordTerm = (word: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193) >>> 0;
  return wordBase + hash;
};

/** The same term, said in the name of a guide: 身份证 stands in every list of materials but in few names. */
export const inName = (term: number): number => term + 0x4_0000_0000;

export const isPair = (term: number): boolean => term >= 0x1_0000 && term < wordBase;
export const isSingle = (term: number): boolean => term < 0x1_0000;

/** Calls back for every pair of neighbouring ideographs, rare ideograph and run of letters or digits of a folded text. */
export const eachTerm = (text: string, visit: (term: number, start: number, end: number) => void): void => {
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isHan(code)) {
      const next = index + 1 < text.length ? text.charCodeAt(index + 1) : 0;
      if (isHan(next)) visit(pairTerm(code, next), index, index + 2);
      if (!isCommonCharacter(code)) visit(code, index, index + 1);
      index += 1;
    } else if (isLatin(code) || isDigit(code)) {
      let end = index + 1;
      while (end < text.length && (isLatin(text.charCodeAt(end)) || isDigit(text.charCodeAt(end)))) end += 1;
      visit(wordTerm(text.slice(index, end)), index, end);
      // 261路 and 12345热线 say more than their number.
      if (isHan(text.charCodeAt(end))) visit(wordTerm(text.slice(index, end + 1)), index, end + 1);
      index = end;
    } else index += 1;
  }
};

/** Pairs and words of a folded text; what phrases are compared by. */
export const termsOf = (text: string): number[] => {
  const terms: number[] = [];
  eachTerm(text, (term) => {
    if (!isSingle(term)) terms.push(term);
  });
  return terms;
};

export const pairText = (term: number): string => String.fromCharCode(Math.floor(term / 0x1_0000), term % 0x1_0000);
