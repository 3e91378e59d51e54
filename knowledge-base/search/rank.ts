import type { DocumentStore, Segment } from './document-store';
import { foldText } from './fold-text';
import { keepHighest } from './keep-highest';
import type { QueryPlan } from './plan-query';
import { narrowingWords } from './query-words';
import { scoreSegment } from './score-segment';
import { termsOf } from './terms';
import { rarities, subjectRarity, weighConcepts, type Rarity, type WeighedConcept } from './weigh-concepts';

/** A document that answers some of the question. */
export interface Candidate {
  readonly segment: Segment;
  readonly local: number;
  readonly score: number;
  /** 0–1: how well its place answers. */
  readonly fit: number;
}

export interface RankInput {
  readonly store: DocumentStore;
  readonly plan: QueryPlan;
  readonly day: number;
  readonly fitOfPlace: (place: number) => number;
  readonly limit: number;
}

const considered = 400;
interface Rough {
  readonly segment: Segment;
  readonly local: number;
  readonly text: number;
  readonly fit: number;
}

/** What is left of the score of a document that answers nothing of the question but one word. */
const uncovered = 0.25;

const byPlace = (fit: number): number => 0.25 + fit ** 1.3;

/** The place of a guide is asked for thousands of guides in one question. */
const rememberPlaces = (fitOfPlace: (place: number) => number, places: number): ((place: number) => number) => {
  const fits = new Float32Array(places).fill(-1);
  return (place) => {
    let fit = fits[place] ?? -1;
    if (fit < 0) {
      fit = fitOfPlace(place);
      fits[place] = fit;
    }
    return fit;
  };
};

const valueOf = (rough: Rough): number => rough.text * byPlace(rough.fit);

const roughly = ({ store, day, fitOfPlace }: RankInput, concepts: readonly WeighedConcept[]): Rough[] => {
  const asked = concepts.reduce((sum, concept) => sum + concept.share, 0);
  const fitOf = rememberPlaces(fitOfPlace, store.pools.places.size);
  const shareOf = rememberPlaces((place) => byPlace(fitOf(place)), store.pools.places.size);
  let rough: Rough[] = [];
  for (const segment of store.segments) {
    const placeShare = (local: number): number => shareOf(segment.placeOf(local));
    scoreSegment(segment, concepts, placeShare, ({ text, covered, touched }) => {
      const answered = (local: number): number => (text[local] ?? 0) * (uncovered + (covered[local] ?? 0) / asked);
      const live = touched.filter((local) => segment.isLive(local, day));
      const { kept } = keepHighest(live, (local) => answered(local) * placeShare(local), considered);
      for (const local of kept) rough.push({ segment, local, text: answered(local), fit: fitOf(segment.placeOf(local)) });
    });
    rough = keepHighest(rough, valueOf, considered).kept;
  }
  return rough;
};

interface NameFit {
  /** Share of the question the name answers. */
  readonly answered: number;
  /** Share of the name the question names. */
  readonly named: number;
}

const fitName = (name: string, concepts: readonly WeighedConcept[], rarity: Rarity): NameFit => {
  const said = new Set(termsOf(foldText(name)));
  const hit = new Set<number>();
  let answered = 0;
  let asked = 0;
  for (const concept of concepts) {
    let most = 0;
    for (const { terms, likeness, mass } of concept.variants) {
      const found = terms.filter((term) => said.has(term));
      for (const term of found) hit.add(term);
      most = Math.max(most, (likeness * found.reduce((sum, term) => sum + subjectRarity(term, rarity), 0)) / mass);
    }
    answered += concept.share * most;
    asked += concept.share;
  }
  return { answered: asked === 0 ? 0 : answered / asked, named: said.size === 0 ? 0 : hit.size / said.size };
};

/** The question itself, or what its words are said for, asks for the narrower guide. */
const narrows = (plan: QueryPlan, word: string): boolean => plan.corrected.includes(word) || plan.added.some((official) => official.includes(word));

const kindShare = { GUIDE: 1, QA: 0.97, REGULATION: 0.92 } as const;
const nameShare = { answered: 1.6, named: 0.7, exact: 1.5 };
/** A guide for some cases only, when the question did not name them. */
const unasked = 0.7;

export const rank = (input: RankInput): Candidate[] => {
  const { store, plan } = input;
  const rarity = rarities(store);
  const concepts = weighConcepts(plan.concepts, rarity);
  const names = new Map<number, number>();
  const ofName = (number: number): number => {
    const known = names.get(number);
    if (known !== undefined) return known;
    const name = store.pools.names.get(number) ?? '';
    const { answered, named } = fitName(name, concepts, rarity);
    const folded = foldText(name);
    const exact = folded === plan.folded.trim() || folded === plan.subject ? nameShare.exact : 0;
    const narrowed = narrowingWords.some((word) => folded.includes(word) && !narrows(plan, word)) ? unasked : 1;
    const share = 1 + nameShare.answered * answered + nameShare.named * named * answered + exact;
    names.set(number, share * narrowed);
    return share * narrowed;
  };
  return roughly(input, concepts)
    .map(({ segment, local, text, fit }) => ({
      segment,
      local,
      fit,
      score: text * byPlace(fit) * ofName(segment.nameOf(local)) * kindShare[segment.kindOf(local)],
    }))
    .sort((a, b) => b.score - a.score)
    .slice(0, input.limit);
};
