import type { DocumentStore } from './document-store';
import type { Concept, Variant } from './plan-query';
import { inName } from './terms';

export const frequencyOf = (store: DocumentStore, term: number): number =>
  store.segments.reduce((sum, segment) => {
    const list = segment.postings.find(term);
    return sum + (list === undefined ? 0 : list.end - list.start);
  }, 0);

/** Inverse document frequency, a little steeper than BM25's: one rare word says more than two usual ones. Replaced documents still stand in the postings, so the frequency may exceed the total. */
export const rarityOf = (total: number, frequency: number): number => Math.log(1 + (Math.max(total, frequency) - frequency + 0.5) / (frequency + 0.5)) ** 1.25;

/** Long official names have more pairs than short ones and must not win by that. */
const perTerm = (count: number): number => (count <= 2 ? 1 : (2 / count) ** 0.65);

/** A list of postings to read, and what a document on it gains. */
export interface WeighedList {
  readonly term: number;
  readonly unit: number;
  /** Part of the variant's mass that this list vouches for. */
  readonly mass: number;
}

export interface WeighedVariant {
  readonly terms: readonly number[];
  readonly lists: readonly WeighedList[];
  readonly likeness: number;
  /** Sum of the rarities of its terms. */
  readonly mass: number;
}

export interface WeighedConcept {
  readonly variants: readonly WeighedVariant[];
  /** How much of the question hangs on it. */
  readonly share: number;
}

export type Rarity = (term: number) => number;

export const rarities = (store: DocumentStore): Rarity => {
  const known = new Map<number, number>();
  return (term) => {
    let rarity = known.get(term);
    if (rarity === undefined) {
      const frequency = frequencyOf(store, term);
      rarity = frequency === 0 ? 0 : rarityOf(store.size, frequency);
      known.set(term, rarity);
    }
    return rarity;
  };
};

/** What a word is worth as a subject: its rarity among names if any name says it. */
export const subjectRarity = (term: number, rarity: Rarity): number => rarity(inName(term)) || rarity(term);

/** What a name adds to the text, and how much of a word's weight hangs on the name saying it. */
const nameGain = 0.6;
const nameMass = 0.5;

const weighVariant = (variant: Variant, weight: number, rarity: Rarity): WeighedVariant => {
  const terms = variant.terms.filter((term) => rarity(term) > 0);
  const unit = (weight * variant.likeness * perTerm(variant.terms.length)) / 255;
  const lists = terms.flatMap((term) => {
    const subject = subjectRarity(term, rarity);
    const named = rarity(inName(term));
    const share = named > 0 ? nameMass : 0;
    const text = { term, unit: unit * rarity(term), mass: subject * (1 - share) };
    return named > 0 ? [text, { term: inName(term), unit: unit * named * nameGain, mass: subject * share }] : [text];
  });
  return { terms, lists, likeness: variant.likeness, mass: variant.terms.reduce((sum, term) => sum + subjectRarity(term, rarity), 0) };
};

export const weighConcepts = (concepts: readonly Concept[], rarity: Rarity): WeighedConcept[] =>
  concepts
    .map((concept) => {
      const variants = concept.variants.map((variant) => weighVariant(variant, concept.weight, rarity)).filter(({ mass }) => mass > 0);
      const mass = Math.max(0, ...variants.map((variant) => variant.mass / Math.sqrt(variant.terms.length)));
      return { variants, share: concept.weight * mass };
    })
    .filter((concept) => concept.variants.length > 0)
    .sort((a, b) => b.share - a.share);
