import { pinyin } from 'pinyin-pro';
import { isHan } from './fold-text';

/** Toneless syllables of one ideograph, the usual one first; 重 is zhong and chong. */
const readings = new Map<string, readonly string[]>();

const plain = (syllable: string): string => syllable.replaceAll('ü', 'v');

export const readingsOf = (character: string): readonly string[] => {
  const known = readings.get(character);
  if (known !== undefined) return known;
  const found = isHan(character.charCodeAt(0))
    ? [...new Set(pinyin(character, { toneType: 'none', type: 'array', multiple: true }).map(plain))]
        .filter((syllable) => /^[a-z]+$/.test(syllable))
        .slice(0, 3)
    : [];
  readings.set(character, found);
  return found;
};

/** Syllables of a word, read as a word: 银行 is yin hang. */
export const syllablesOf = (word: string): readonly string[] => pinyin(word, { toneType: 'none', type: 'array' }).map(plain);

/** Sounds that many speakers and input methods do not tell apart become one. */
export const blurred = (syllable: string): string =>
  syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouv])/, 'l')
    .replace(/ng$/, 'n');
