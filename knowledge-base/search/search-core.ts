import type { Facet, Highlight } from '../contracts';
import { crossProvinceModes } from '../contracts';
import { createDocumentStore, type StoredDocument } from './document-store';
import { findPlaces } from './find-places';
import { foldText } from './fold-text';
import { toSegments } from './highlight';
import { createLetterKeys } from './letter-keys';
import { fitOfRoles, nearestBelow } from './place-fit';
import type { PlaceRoles } from './place-roles';
import { planQuery, type QueryPlan } from './plan-query';
import { rank, type Candidate } from './rank';
import { createRegionTable, type RegionEntry } from './region-table';
import type { SearchDocument } from './search-document';
import { createWordSegmenter } from './segment-words';
import { createSoundAlikes } from './sound-alikes';
import { createSynonyms, type SynonymRule } from './synonyms';
import { isPair, isSingle, termsOf } from './terms';
import { frequencyOf } from './weigh-concepts';

export interface SearchQuery {
  readonly text: string;
  /** Codes; what the caller already knows outranks what the sentence says. */
  readonly personRegion?: string | undefined;
  readonly handlingRegion?: string | undefined;
  readonly limit: number;
  /** `YYYYMMDD`: only guides valid on that day are found. */
  readonly day: number;
}

export interface CoreHit extends StoredDocument {
  readonly score: number;
  readonly nearest: boolean;
  readonly highlight: Highlight;
}

export interface CoreResult {
  readonly hits: readonly CoreHit[];
  readonly roles: PlaceRoles;
  readonly added: readonly string[];
  /** Terms to look for in the text of a hit. */
  readonly terms: readonly number[];
  readonly facets: { readonly region: readonly Facet[]; readonly mode: readonly Facet[]; readonly category: readonly Facet[] };
}

/** The whole engine, synchronous and without input or output; it runs in a worker or, for tests, in place. */
export interface SearchCore {
  put(documents: readonly SearchDocument[]): void;
  remove(ids: readonly string[]): void;
  settle(): void;
  search(query: SearchQuery): CoreResult;
  readonly size: number;
}

export interface SearchCoreOptions {
  readonly regions: readonly RegionEntry[];
  readonly synonyms: readonly SynonymRule[];
}

const facetLimit = 12;

const countBy = (hits: readonly StoredDocument[], keyOf: (hit: StoredDocument) => readonly [string, string] | null): Facet[] => {
  const counts = new Map<string, { value: string; label: string; count: number }>();
  for (const hit of hits) {
    const key = keyOf(hit);
    if (key === null) continue;
    const facet = counts.get(key[0]);
    if (facet === undefined) counts.set(key[0], { value: key[0], label: key[1], count: 1 });
    else facet.count += 1;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).slice(0, facetLimit);
};

/** A pair that this share of all guides writes is no slip of the keyboard. */
const commonShare = 0.0005;

export const createSearchCore = ({ regions: entries, synonyms: rules }: SearchCoreOptions): SearchCore => {
  const regions = createRegionTable(entries);
  const segmenter = createWordSegmenter();
  const synonyms = createSynonyms(rules);
  const letterKeys = createLetterKeys();
  const learn = (folded: string, words: readonly string[], weight: number): void => {
    for (const term of termsOf(folded)) if (isPair(term)) soundAlikes.add(term);
    letterKeys.addWords(words, weight);
  };
  const store = createDocumentStore((name) =>
    learn(
      name,
      segmenter.cut(name).filter((word) => /^[\u4e00-\u9fff]+$/.test(word)),
      1,
    ),
  );
  const soundAlikes = createSoundAlikes((pair) => frequencyOf(store, pair) > store.size * commonShare);
  for (const phrase of synonyms.phrases) if (/^[\u4e00-\u9fff]+$/.test(phrase)) learn(phrase, [phrase], 0.5);

  const plan = (query: SearchQuery): QueryPlan => {
    const near = [query.handlingRegion, query.personRegion].filter((code) => code !== undefined);
    const read = planQuery(query.text, { segmenter, regions, synonyms, soundAlikes, letterKeys }, near);
    const handling = query.handlingRegion ?? read.roles.handling;
    return {
      ...read,
      roles: { ...read.roles, handling, person: query.personRegion ?? read.roles.person, also: query.handlingRegion === undefined ? read.roles.also : [] },
    };
  };
  const placeFits = (roles: PlaceRoles): ((place: number) => number) => {
    const known = new Map<number, number>();
    return (place) => {
      let fit = known.get(place);
      if (fit === undefined) {
        const [code = '', name = ''] = (store.pools.places.get(place) ?? '').split('|');
        fit = fitOfRoles(regions, { code: code === '' ? null : code, name }, roles);
        known.set(place, fit);
      }
      return fit;
    };
  };
  const provinceOf = (hit: StoredDocument): readonly [string, string] => {
    const province = hit.regionCode === null ? undefined : regions.get(regions.pathOf(hit.regionCode).at(-1) ?? '');
    return province === undefined ? ['', '全国及其他'] : [province.code, province.name];
  };
  const present = (found: readonly Candidate[], read: QueryPlan, limit: number): CoreResult => {
    const terms = new Set(read.concepts.flatMap((concept) => concept.variants.flatMap((variant) => variant.terms)).filter((term) => !isSingle(term)));
    const asked = read.roles.handling !== null || read.roles.person !== null;
    const documents = found.map((candidate) => candidate.segment.document(candidate.local));
    const hits = found.slice(0, limit).map((candidate): CoreHit => {
      const document = candidate.segment.document(candidate.local);
      const highlight: Highlight = { field: 'name', segments: toSegments(document.name, terms) };
      return { ...document, score: Math.round(candidate.score * 1000) / 1000, nearest: asked && candidate.fit <= nearestBelow, highlight };
    });
    const facets = {
      region: countBy(documents, provinceOf),
      mode: countBy(documents, (hit) => (hit.mode === null ? null : [hit.mode, crossProvinceModes[hit.mode]])),
      category: countBy(documents, (hit) => (hit.category === null ? null : [hit.category, hit.category])),
    };
    return { hits, roles: read.roles, added: read.added.slice(0, 12), terms: [...terms], facets };
  };
  return {
    put: (documents) => documents.forEach(store.put),
    remove: (ids) => ids.forEach(store.remove),
    settle: store.settle,
    search: (query) => {
      const read = plan(query);
      return present(rank({ store, plan: read, day: query.day, fitOfPlace: placeFits(read.roles), limit: Math.max(query.limit, 100) }), read, query.limit);
    },
    get size() {
      return store.size;
    },
  };
};

/** The narrowest place a text names; of several unrelated ones the first, as in 湖北省襄阳、十堰. */
export const readPlace = (entries: readonly RegionEntry[]): ((text: string) => string | null) => {
  const regions = createRegionTable(entries);
  const segmenter = createWordSegmenter();
  return (text) => {
    if (regions.get(text.trim()) !== undefined) return text.trim();
    const folded = foldText(text);
    const exact = regions.named(folded.trim())[0];
    if (exact !== undefined) return exact.entry.code;
    return findPlaces(regions, folded, { placeNames: segmenter.placeNames(folded) })[0]?.code ?? null;
  };
};
