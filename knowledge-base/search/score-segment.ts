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

interface Run {
  touched: number[];
  /** Once set, only these documents are followed. */
  following: readonly number[] | null;
}

/** Documents in the order met; the buffer is as long as a segment, so it never grows. */
interface Locals {
  readonly at: Uint16Array;
  count: number;
}

const found: Locals = { at: new Uint16Array(segmentCapacity), count: 0 };
const reached: Locals = { at: new Uint16Array(segmentCapacity), count: 0 };

const note = (locals: Locals, local: number): void => {
  locals.at[locals.count] = local;
  locals.count += 1;
};

interface Gain {
  readonly unit: number;
  readonly mass: number;
}

const addOne = (local: number, impact: number, unit: number, mass: number): void => {
  const known = added.mass[local] ?? 0;
  if (known === 0) note(found, local);
  added.sum[local] = (added.sum[local] ?? 0) + unit * impact;
  added.mass[local] = known + mass;
};

const readAll = ({ documents, impacts, start, end }: PostingList, { unit, mass }: Gain): void => {
  for (let at = start; at < end; at += 1) addOne(documents[at] ?? 0, impacts[at] ?? 0, unit, mass);
};

/** Looks up each followed document in a list that is sorted by document. */
const probe = ({ documents, impacts, start, end }: PostingList, { unit, mass }: Gain, following: readonly number[]): void => {
  let low = start;
  for (const local of following) {
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((documents[middle] ?? 0) < local) low = middle + 1;
      else high = middle;
    }
    if (low < end && documents[low] === local) addOne(local, impacts[low] ?? 0, unit, mass);
  }
};

/** Adds up one wording; `found` holds the documents it occurs in. */
const addVariant = (segment: Segment, variant: WeighedVariant, following: readonly number[] | null): void => {
  found.count = 0;
  for (const gain of variant.lists) {
    const list = segment.postings.find(gain.term);
    if (list === undefined) continue;
    if (following === null) readAll(list, gain);
    else probe(list, gain, following);
  }
};

/** Keeps the better of what is known and the wording just added, and clears the latter. */
const keepBest = ({ likeness, mass }: WeighedVariant): void => {
  for (let index = 0; index < found.count; index += 1) {
    const local = found.at[index] ?? 0;
    const known = best.sum[local] ?? 0;
    if (known === 0) note(reached, local);
    best.sum[local] = Math.max(known, added.sum[local] ?? 0);
    best.mass[local] = Math.max(best.mass[local] ?? 0, (likeness * (added.mass[local] ?? 0)) / mass);
    added.sum[local] = 0;
    added.mass[local] = 0;
  }
};

const credit = (local: number, gain: number, coverage: number, touched: number[]): void => {
  const known = text[local] ?? 0;
  if (known === 0) touched.push(local);
  text[local] = known + gain;
  covered[local] = (covered[local] ?? 0) + coverage;
};

/** Most concepts have one wording; it needs no comparing. */
const addSingle = (segment: Segment, { share }: WeighedConcept, variant: WeighedVariant, run: Run): void => {
  addVariant(segment, variant, run.following);
  const unit = (share * variant.likeness) / variant.mass;
  for (let index = 0; index < found.count; index += 1) {
    const local = found.at[index] ?? 0;
    credit(local, added.sum[local] ?? 0, unit * (added.mass[local] ?? 0), run.touched);
    added.sum[local] = 0;
    added.mass[local] = 0;
  }
};

const addBest = (segment: Segment, { share, variants }: WeighedConcept, run: Run): void => {
  reached.count = 0;
  for (const variant of variants) {
    addVariant(segment, variant, run.following);
    keepBest(variant);
  }
  for (let index = 0; index < reached.count; index += 1) {
    const local = reached.at[index] ?? 0;
    credit(local, best.sum[local] ?? 0, share * (best.mass[local] ?? 0), run.touched);
    best.sum[local] = 0;
    best.mass[local] = 0;
  }
};

const addConcept = (segment: Segment, concept: WeighedConcept, run: Run): void => {
  const [only, second] = concept.variants;
  if (only !== undefined && second === undefined) addSingle(segment, concept, only, run);
  else addBest(segment, concept, run);
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
  const run: Run = { touched: [], following: null };
  for (const concept of concepts) {
    addConcept(segment, concept, run);
    if (run.following !== null || run.touched.length <= broadSearch) continue;
    const { kept, dropped } = keepHighest(run.touched, (local) => (text[local] ?? 0) * placeShare(local), followed);
    forget(dropped);
    run.touched = kept.sort((a, b) => a - b);
    run.following = run.touched.slice();
  }
  use({ text, covered, touched: run.touched });
  forget(run.touched);
};
