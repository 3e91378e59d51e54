import { foldText } from './fold-text';

/**
 * One line of the synonym table. `same` words stand for each other; each of `say` stands for all of `mean`. Words joined by `+`
 * must all occur, in any order (户口+媳妇); `@word` is any word of the class of that name; 〈地名〉 is any place.
 */
export type SynonymRule =
  | { readonly class: string; readonly words: readonly string[] }
  | { readonly topic?: string | undefined; readonly same: readonly string[] }
  | { readonly topic?: string | undefined; readonly say: readonly string[]; readonly mean: readonly string[] };

/** A place in the text where people say one thing and guides another. */
export interface Restatement {
  /** The words found, folded. */
  readonly said: string;
  /** Minus one for rules of several words. */
  readonly start: number;
  readonly end: number;
  readonly official: readonly string[];
}

export interface Synonyms {
  /** Phrases found in the folded text: the longest at each place, and every rule of several words. */
  restate(text: string): readonly Restatement[];
  /** All phrases of the table, for keys by pinyin. */
  readonly phrases: readonly string[];
}

/** Stands in a text for each character of a place name, which is read elsewhere. */
export const placeMark = '\u0000';
const placeWord = '〈地名〉';

const folded = (phrase: string): string => foldText(phrase).replaceAll(placeWord, placeMark);

type Phrases = ReadonlyMap<string, ReadonlySet<string>>;

interface JointRule {
  /** One of each row must occur. */
  readonly rows: readonly (readonly string[])[];
  readonly mean: readonly string[];
}

const addTo = (phrases: Map<string, Set<string>>, said: string, mean: readonly string[]): void => {
  const known = phrases.get(said) ?? new Set<string>();
  for (const word of mean) if (word !== said) known.add(word);
  phrases.set(said, known);
};

const compileEquals = (rules: readonly SynonymRule[]): Phrases => {
  const phrases = new Map<string, Set<string>>();
  for (const rule of rules) {
    if (!('same' in rule)) continue;
    const same = rule.same.map(folded);
    for (const phrase of same) addTo(phrases, phrase, same);
  }
  return phrases;
};

const compile = (rules: readonly SynonymRule[]): { readonly phrases: Phrases; readonly joint: readonly JointRule[] } => {
  const classes = new Map(rules.flatMap((rule) => ('class' in rule ? [[rule.class, rule.words.map(folded)] as const] : [])));
  const phrases = new Map<string, Set<string>>();
  const joint: JointRule[] = [];
  for (const rule of rules) {
    if ('class' in rule) continue;
    const mean = ('same' in rule ? rule.same : rule.mean).map(folded);
    for (const said of 'same' in rule ? rule.same : rule.say) {
      const words = said.split('+');
      if (words.length === 1 && !said.startsWith('@')) addTo(phrases, folded(said), mean);
      else joint.push({ rows: words.map((word) => classes.get(word.slice(1)) ?? [folded(word)]), mean });
    }
  }
  return { phrases, joint };
};

export const createSynonyms = (rules: readonly SynonymRule[]): Synonyms => {
  const { phrases, joint } = compile(rules);
  const equals = compileEquals(rules);
  const longest = Math.max(0, ...[...phrases.keys()].map((phrase) => phrase.length));
  /** What is meant may have equals of its own: 下岗金 → 失业保险金 → 失业保险待遇. One step further is enough. */
  const widened = (mean: Iterable<string>): string[] => [...new Set([...mean].flatMap((word) => [word, ...(equals.get(word) ?? [])]))];
  const phraseAt = (text: string, index: number): string | undefined => {
    for (let length = Math.min(longest, text.length - index); length >= 2; length -= 1) {
      const phrase = text.slice(index, index + length);
      if (phrases.has(phrase)) return phrase;
    }
    return undefined;
  };
  const single = (text: string): Restatement[] => {
    const found: Restatement[] = [];
    let index = 0;
    while (index < text.length) {
      const said = phraseAt(text, index);
      if (said !== undefined) found.push({ said, start: index, end: index + said.length, official: widened(phrases.get(said) ?? []) });
      index += said?.length ?? 1;
    }
    return found;
  };
  const together = (text: string): Restatement[] => {
    const found = new Map<readonly string[], string | undefined>();
    const wordOf = (row: readonly string[]): string | undefined => {
      if (!found.has(row))
        found.set(
          row,
          row.find((word) => text.includes(word)),
        );
      return found.get(row);
    };
    return joint.flatMap((rule) => {
      const words = rule.rows.map(wordOf);
      return words.includes(undefined) ? [] : [{ said: words.join('+'), start: -1, end: -1, official: widened(rule.mean) }];
    });
  };
  return {
    restate: (text) => [...single(text), ...together(text)],
    phrases: [...new Set([...phrases.keys(), ...[...phrases.values()].flatMap((mean) => [...mean]), ...joint.flatMap((rule) => rule.mean)])],
  };
};
