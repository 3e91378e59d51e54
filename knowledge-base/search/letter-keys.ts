import { syllablesOf } from './syllables';

/** Phrases of the corpus by the letters people type for them: `gjj` and `gongjijin` → 公积金. */
export interface LetterKeys {
  /** Words of one name in order; runs of up to four neighbours become phrases. */
  addWords(words: readonly string[], weight?: number): void;
  /** Readings of a run of letters, each a row of alternatives, best reading of the whole run only. */
  read(letters: string): readonly (readonly LetterReading[])[];
}

export interface LetterReading {
  readonly phrase: string;
  readonly weight: number;
}

const phraseWords = 4;
const phraseLength = 10;
const alternatives = 5;
/** Names repeat from place to place, so the phrases of a country's guides stay far below this; it only guards the memory. */
const phraseLimit = 300_000;

type Key = Map<string, number>;

const record = (keys: Map<string, Key>, letters: string, phrase: string, weight: number): void => {
  const known = keys.get(letters);
  if (known === undefined) keys.set(letters, new Map([[phrase, weight]]));
  else known.set(phrase, (known.get(phrase) ?? 0) + weight);
};

const bestOf = (key: Key): LetterReading[] => {
  const most = Math.max(...key.values());
  return [...key]
    .map(([phrase, count]) => ({ phrase, weight: Math.sqrt(count / most) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, alternatives);
};

interface Parse {
  readonly score: number;
  readonly parts: readonly string[];
}

export const createLetterKeys = (): LetterKeys => {
  const spelt = new Map<string, readonly string[]>();
  const keys = new Map<string, Key>();
  let phrases = 0;
  let sorted: string[] | null = null;

  const spell = (word: string): readonly string[] => {
    const known = spelt.get(word);
    if (known !== undefined) return known;
    const syllables = syllablesOf(word);
    spelt.set(word, syllables);
    return syllables;
  };
  const addPhrase = (words: readonly string[], weight: number): void => {
    const phrase = words.join('');
    if (phrase.length < 2 || phrase.length > phraseLength || phrases > phraseLimit) return;
    const syllables = words.flatMap(spell);
    record(keys, syllables.map((syllable) => syllable.charAt(0)).join(''), phrase, weight);
    record(keys, syllables.join(''), phrase, weight);
    phrases += 1;
    sorted = null;
  };
  /** The last word may be half typed: `gongjij`. */
  const completed = (letters: string): string | undefined => {
    if (letters.length < 4) return undefined;
    sorted ??= [...keys.keys()].sort();
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') < letters) low = middle + 1;
      else high = middle;
    }
    const next = sorted[low];
    return next?.startsWith(letters) === true ? next : undefined;
  };
  /** Few long parts beat many short ones. */
  const parse = (letters: string): Parse | undefined => {
    const best: (Parse | undefined)[] = [{ score: 0, parts: [] }];
    for (let end = 1; end <= letters.length; end += 1) {
      for (let start = Math.max(0, end - 40); start < end; start += 1) {
        const head = best[start];
        const part = letters.slice(start, end);
        const key = keys.has(part) ? part : end === letters.length ? completed(part) : undefined;
        if (head === undefined || key === undefined) continue;
        const score = head.score + (part.length - 1) ** 1.5;
        if (score > (best[end]?.score ?? -1)) best[end] = { score, parts: [...head.parts, key] };
      }
    }
    return best[letters.length];
  };
  return {
    addWords: (words, weight = 1) => {
      for (let start = 0; start < words.length; start += 1) {
        for (let count = 1; count <= phraseWords && start + count <= words.length; count += 1) addPhrase(words.slice(start, start + count), weight / count);
      }
    },
    read: (letters) => (parse(letters)?.parts ?? []).map((part) => bestOf(keys.get(part) ?? new Map())),
  };
};
