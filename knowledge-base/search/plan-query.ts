import { findPlaces, type PlaceMention } from './find-places';
import { foldText } from './fold-text';
import type { LetterKeys } from './letter-keys';
import { rolesOfPlaces, type PlaceRoles } from './place-roles';
import { correctSounds } from './correct-sounds';
import { actionWords, intentWords, stopWords, verbs } from './query-words';
import type { RegionTable } from './region-table';
import type { WordSegmenter } from './segment-words';
import type { SoundAlikes } from './sound-alikes';
import { placeMark, type Restatement, type Synonyms } from './synonyms';
import { eachTerm, isPair, isSingle, termsOf } from './terms';

/** One way to say a part of the question. */
export interface Variant {
  readonly terms: readonly number[];
  /** How surely this wording is what was meant, 0–1. */
  readonly likeness: number;
}

/** A part of the question; any of its variants answers it. */
export interface Concept {
  readonly weight: number;
  readonly variants: readonly Variant[];
}

export interface QueryPlan {
  readonly folded: string;
  /** As it is read: letters spelled out, mistakes of sound put right, places blanked. */
  readonly corrected: string;
  /** The question without places, stop words and punctuation, for comparison with names. */
  readonly subject: string;
  readonly concepts: readonly Concept[];
  readonly roles: PlaceRoles;
  /** Official words put beside the typed ones. */
  readonly added: readonly string[];
}

export interface PlanningTools {
  readonly segmenter: WordSegmenter;
  readonly regions: RegionTable;
  readonly synonyms: Synonyms;
  readonly soundAlikes: SoundAlikes;
  readonly letterKeys: LetterKeys;
}

const weights = { intent: 0.2, action: 0.6, corrected: 0.85, place: 0.9, official: 0.7, joint: 1, verb: 0.45, single: 0.6, acrossWords: 0.5, letters: 0.5 };

const variant = (text: string, likeness: number): Variant => ({ terms: termsOf(text), likeness });

const gap = placeMark;
const blank = (text: string, spans: readonly { readonly start: number; readonly end: number }[]): string => {
  const characters = [...text];
  for (const span of spans) characters.fill(gap, span.start, span.end);
  return characters.join('');
};

interface Spelled {
  readonly text: string;
  readonly concepts: readonly Concept[];
}

/** `gjj转移` → 公积金转移: the likeliest words take the place of the letters, other readings stay as variants. */
const spellOut = (text: string, letterKeys: LetterKeys): Spelled => {
  const concepts: Concept[] = [];
  const spelled = text.replaceAll(/[a-z]{2,}(?:[' ]+[a-z]{2,})*/g, (run) => {
    const rows = run.split(/[' ]+/).map((letters) => ({ letters, readings: letterKeys.read(letters) }));
    return rows
      .map(({ letters, readings }) => {
        if (readings.length === 0) return letters;
        for (const row of readings)
          if (row.length > 1) concepts.push({ weight: weights.letters, variants: row.map((reading) => variant(reading.phrase, reading.weight)) });
        return readings.map((row) => row[0]?.phrase ?? '').join('');
      })
      .join('');
  });
  return { text: spelled, concepts };
};

interface Marks {
  /** Weight of each character: 0 for what does not name the subject. */
  readonly weight: number[];
  /** Number of the word each character belongs to. */
  readonly word: number[];
  /** Whether each character may be a mistake: it stands alone, or in a word no guide uses. */
  readonly doubtful: boolean[];
  readonly subject: string;
  readonly lonely: readonly string[];
}

/** 怎么弄、咋续、什么样, and 两年、三个月、一段: they ask or count, whatever follows. */
const askingWord = /^(怎么|怎样|咋|如何|什么|啥|多少|哪)/;
const countWord = /^[一二三四五六七八九十两几半多第]+(年|月|天|个|次|段|岁|块|元|口|套|张|份)?$/;

const weightOf = (word: string): number => {
  if (stopWords.has(word) || askingWord.test(word) || countWord.test(word) || !/[\p{L}\p{N}]/u.test(word)) return 0;
  if (intentWords.has(word)) return weights.intent;
  return actionWords.has(word) ? weights.action : 1;
};

const mark = (text: string, { segmenter, soundAlikes }: PlanningTools): Marks => {
  const words = text.split(/(\u0000+)/).flatMap((part) => (part.startsWith(gap) || part === '' ? [part] : segmenter.cut(part)));
  const marks: Marks & { subject: string; lonely: string[] } = { weight: [], word: [], doubtful: [], subject: '', lonely: [] };
  words.forEach((word, number) => {
    const weight = weightOf(word);
    const doubtful = word.length === 1 || termsOf(word).some((term) => isPair(term) && !soundAlikes.knows(term));
    for (let index = 0; index < word.length; index += 1) {
      marks.weight.push(weight);
      marks.word.push(number);
      marks.doubtful.push(doubtful && (word.length === 1 || weight === 1));
    }
    if (weight > 0) marks.subject += word;
    if (verbs.has(word)) marks.lonely.push(word);
  });
  return marks;
};

const strongest = (marks: Marks, start: number, end: number): number => Math.max(0, ...marks.weight.slice(start, end));

/** The typed phrase and its official wordings are one concept: either answers. */
const restated = (restatement: Restatement, marks: Marks): Concept => {
  const official = restatement.official.map((phrase) => variant(phrase, weights.official));
  if (restatement.start < 0) return { weight: weights.joint, variants: official };
  return { weight: Math.max(weights.intent, strongest(marks, restatement.start, restatement.end)), variants: [variant(restatement.said, 1), ...official] };
};

/** The same length, character by character. */
interface Reading {
  readonly typed: string;
  readonly corrected: string;
}

/** Pairs of characters outside restated phrases, as typed and as corrected; an unknown pair also stands for known pairs of its sound. */
const remaining = ({ typed, corrected }: Reading, marks: Marks, taken: readonly Restatement[], soundAlikes: SoundAlikes): Concept[] => {
  const concepts: Concept[] = [];
  eachTerm(corrected, (term, start, end) => {
    const weight = Math.min(...marks.weight.slice(start, end));
    if (isSingle(term)) {
      if (weight > 0) concepts.push({ weight: weight * weights.single, variants: [{ terms: [term], likeness: 1 }] });
      return;
    }
    if (weight === 0 || taken.some((restatement) => restatement.start <= start && end <= restatement.end)) return;
    const written = typed.slice(start, end);
    const alike = isPair(term) && (marks.doubtful[start] === true || marks.doubtful[end - 1] === true) && !soundAlikes.knows(term) ? soundAlikes.of(term) : [];
    // Single characters side by side are mostly a name the dictionary lacks (桐梓坡), and that is the best clue there is.
    const acrossWords =
      marks.word[start] !== marks.word[end - 1] && alike.length === 0 && !(marks.doubtful[start] === true && marks.doubtful[end - 1] === true);
    const own =
      written === corrected.slice(start, end) ? [{ terms: [term], likeness: 1 }] : [variant(written, 1), { terms: [term], likeness: weights.corrected }];
    concepts.push({
      weight: acrossWords ? weight * weights.acrossWords : weight,
      variants: [...own, ...alike.map((other) => ({ terms: [other.pair], likeness: other.likeness }))],
    });
  });
  return concepts;
};

/** Rules of several words often say the same: 公积金+转 and 公积金+换工作. What is meant counts once. */
const distinct = (restatements: readonly Restatement[]): Restatement[] => {
  const meant = new Set<string>();
  return restatements.flatMap((restatement) => {
    if (restatement.start >= 0) return [restatement];
    const official = restatement.official.filter((phrase) => !meant.has(phrase));
    for (const phrase of official) meant.add(phrase);
    return official.length === 0 ? [] : [{ ...restatement, official }];
  });
};

const placeConcepts = (text: string, places: readonly PlaceMention[]): Concept[] =>
  places.map((place) => ({ weight: weights.place, variants: [variant(text.slice(place.start, place.end), 1)] }));

const verbConcepts = (marks: Marks, restatements: readonly Restatement[]): Concept[] =>
  marks.lonely
    .filter((verb) => restatements.every((restatement) => !restatement.said.includes(verb)))
    .map((verb) => ({ weight: weights.verb, variants: (verbs.get(verb) ?? []).map((phrase) => variant(phrase, weights.official)) }));

/** Reads a question the way an agent would: where, about what, in whose words. */
export const planQuery = (question: string, tools: PlanningTools, near: readonly string[] = []): QueryPlan => {
  const folded = foldText(question);
  const places = findPlaces(tools.regions, folded, { placeNames: tools.segmenter.placeNames(folded), near });
  const spelled = spellOut(blank(folded, places), tools.letterKeys);
  const corrected = correctSounds(spelled.text, mark(spelled.text, tools).doubtful, tools.soundAlikes);
  const marks = mark(corrected, tools);
  const restatements = distinct(tools.synonyms.restate(corrected));
  const taken = restatements.filter((restatement) => restatement.start >= 0);
  const concepts = [
    ...spelled.concepts,
    ...restatements.map((restatement) => restated(restatement, marks)),
    ...remaining({ typed: spelled.text, corrected }, marks, taken, tools.soundAlikes),
    ...verbConcepts(marks, restatements),
    ...placeConcepts(folded, places),
  ].filter((concept) => concept.variants.some((option) => option.terms.length > 0));
  return {
    folded,
    corrected,
    subject: marks.subject,
    concepts,
    roles: rolesOfPlaces(folded, places),
    added: [...new Set(restatements.flatMap((restatement) => restatement.official))],
  };
};
