import type { Segment } from './document-store';
import { segmentCapacity, type PostingList } from './postings';
import { keepHighest } from './keep-highest';
import type { WeighedConcept, WeighedVariant } from './weigh-concepts';

/*
 * A question in everyday words touches half of all guides. The weightiest concepts are read in full; once this many documents
 * are touched, only the best of them are followed further, so that a question over a million guides stays short.
 */
const broadSearch = 6000;
const followed = 2000;

export interface Scores {
  readonly text: Float32Array;
  /** How much of the question each document answers at all. */
  readonly covered: Float32Array;
  readonly touched: readonly number[];
}

/** A number for each document that is cleared again after use. */
interface Scratch {
  readonly sum: Float32Array;
  readonly mass: Float32Array;
}

const scratch = (): Scratch => ({ sum: new Float32Array(segmentCapacity), mass: new Float32Array(segmentCapacity) });

// A question over a million guides reads sixteen segments; the arrays are kept and cleared by hand, all zero between questions.
const best = scratch();
const added = scratch();
const text = new Float32Array(segmentCapacity);
const covered = new Float32Array(segmentCapacity);

interface Gain {
  readonly unit: number;
  readonly mass: number;
}

const addOne = (local: number, impact: number, { unit, mass }: Gain, found: number[]): void => {
  const known = added.mass[local] ?? 0;
  if (known === 0) found.push(local);
  added.sum[local] = (added.sum[local] ?? 0) + unit * impact;
  added.mass[local] = known + mass;
};

const readAll = ({ documents, impacts, start, end }: PostingList, gain: Gain, found: number[]): void => {
  for (let at = start; at < end; at += 1) addOne(documents[at] ?? 0, impacts[at] ?? 0, gain, found);
};

/** Looks up each followed document in a list that is sorted by document. */
const probe = ({ documents, impacts, start, end }: PostingList, gain: Gain, following: readonly number[], found: number[]): void => {
  let low = start;
  for (const local of following) {
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((documents[middle] ?? 0) < local) low = middle + 1;
      else high = middle;
    }
    if (low < end && documents[low] === local) addOne(local, impacts[low] ?? 0, gain, found);
  }
};

/** Adds up one wording; answers the documents it occurs in. */
const addVariant = (segment: Segment, variant: WeighedVariant, following: readonly number[] | null): number[] => {
  const found: number[] = [];
  for (const gain of variant.lists) {
    const list = segment.postings.find(gain.term);
    if (list === undefined) continue;
    if (following === null) readAll(list, gain, found);
    else probe(list, gain, following, found);
  }
  return found;
};

/** Keeps the better of what is known and the wording just added, and clears the latter. */
const keepBest = (found: readonly number[], variant: WeighedVariant, reached: number[]): void => {
  for (const local of found) {
    const known = best.sum[local] ?? 0;
    if (known === 0) reached.push(local);
    best.sum[local] = Math.max(known, added.sum[local] ?? 0);
    best.mass[local] = Math.max(best.mass[local] ?? 0, (variant.likeness * (added.mass[local] ?? 0)) / variant.mass);
    added.sum[local] = 0;
    added.mass[local] = 0;
  }
};

const addConcept = (segment: Segment, concept: WeighedConcept, following: readonly number[] | null, touched: number[]): void => {
  const reached: number[] = [];
  for (const variant of concept.variants) keepBest(addVariant(segment, variant, following), variant, reached);
  for (const local of reached) {
    const known = text[local] ?? 0;
    if (known === 0) touched.push(local);
    text[local] = known + (best.sum[local] ?? 0);
    covered[local] = (covered[local] ?? 0) + concept.share * (best.mass[local] ?? 0);
    best.sum[local] = 0;
    best.mass[local] = 0;
  }
};

const forget = (locals: readonly number[]): void => {
  for (const local of locals) {
    text[local] = 0;
    covered[local] = 0;
  }
};

/**
 * A concept counts once, by the wording that fits the document best; otherwise documents that repeat synonyms would win. The
 * scores are only lent to `use`.
 */
export const scoreSegment = (
  segment: Segment,
  concepts: readonly WeighedConcept[],
  placeShare: (local: number) => number,
  use: (scores: Scores) => void,
): void => {
  let touched: number[] = [];
  let following: readonly number[] | null = null;
  for (const concept of concepts) {
    addConcept(segment, concept, following, touched);
    if (following !== null || touched.length <= broadSearch) continue;
    const { kept, dropped } = keepHighest(touched, (local) => (text[local] ?? 0) * placeShare(local), followed);
    forget(dropped);
    touched = kept.sort((a, b) => a - b);
    following = touched.slice();
  }
  use({ text, covered, touched });
  forget(touched);
};
