import { type GuideHit, type GuideSearchRequest, type GuideSearchResult, type Highlight, guideSearchRequestSchema, type ServiceItem } from '../contracts';
import { performance } from 'node:perf_hooks';
import { defaultSynonyms } from '../search/default-synonyms';
import { dayNumber } from '../search/document-store';
import { toSnippet } from '../search/highlight';
import { createRegionTable, type RegionEntry, type RegionTable } from '../search/region-table';
import { type CoreResult, readPlace } from '../search/search-core';
import { createSearchEngine } from '../search/search-engine';
import type { SearchEngine } from '../search/search-port';
import type { KnowledgeStore, PublishedGuide } from '../store/knowledge-store';
import { documentOf } from './guide-document';
import { fullText } from './guide-text';
import { dayOf } from './validity';

/** The published guides, findable: built from the table when the process starts and kept up from the facts. */
export interface GuideIndex {
  rebuild(): Promise<void>;
  refresh(guideIds: readonly string[]): Promise<void>;
  search(request: GuideSearchRequest): Promise<GuideSearchResult>;
  /** Engine hits without texts, for callers that read the guides anyway. */
  find(text: string, limit: number, places?: { readonly person?: string | undefined; readonly handling?: string | undefined }): Promise<CoreResult>;
  placeOf(text: string): Promise<string | null>;
  regions(): Promise<RegionTable>;
  size(): Promise<number>;
  close(): Promise<void>;
}

export interface GuideIndexDeps {
  readonly store: KnowledgeStore;
  readonly clock: { now(): Date };
  readonly regions: readonly RegionEntry[] | (() => Promise<readonly RegionEntry[]>);
  readonly useWorker: boolean;
}

interface Ready {
  readonly engine: SearchEngine;
  readonly table: RegionTable;
  readonly place: (text: string) => string | null;
}

const pageSize = 200;

export const createGuideIndex = ({ store, clock, regions, useWorker }: GuideIndexDeps): GuideIndex => {
  let started: Promise<Ready> | null = null;
  const ready = (): Promise<Ready> =>
    (started ??= (async () => {
      const entries = typeof regions === 'function' ? await regions() : regions;
      const place = readPlace(entries);
      // Loads the dictionary now, a quarter of a second, and not under somebody's first question.
      place('各地');
      return {
        engine: createSearchEngine({ regions: entries, synonyms: defaultSynonyms, useWorker }),
        table: createRegionTable(entries),
        place,
      };
    })());
  const itemsById = async (): Promise<ReadonlyMap<string, ServiceItem>> => new Map((await store.items()).map((item) => [item.id, item]));
  const documents = (published: readonly PublishedGuide[], items: ReadonlyMap<string, ServiceItem>) =>
    published.map((one) => documentOf(one, items.get(one.guide.itemId ?? '')));

  const find: GuideIndex['find'] = async (text, limit, places = {}) =>
    (await ready()).engine.search({ text, limit, day: dayNumber(dayOf(clock.now())), personRegion: places.person, handlingRegion: places.handling });

  const withTexts = async (found: CoreResult): Promise<GuideHit[]> => {
    const terms = new Set(found.terms);
    const texts = new Map((await store.published(found.hits.map((hit) => hit.id))).map(({ guide, version }) => [guide.id, fullText(version.content)]));
    return found.hits.map(({ highlight, regionName, ...hit }): GuideHit => {
      const snippet = toSnippet(texts.get(hit.id) ?? '', terms);
      const highlights: Highlight[] = snippet.length === 0 ? [highlight] : [highlight, { field: 'text', segments: snippet }];
      return { ...hit, region: regionName, highlights };
    });
  };
  const named = (table: RegionTable, code: string | null) => (code === null ? null : { code, name: table.fullName(code) });

  return {
    rebuild: async () => {
      const { engine } = await ready();
      const items = await itemsById();
      let after = '';
      for (;;) {
        const page = await store.publishedAfter(after, pageSize);
        await engine.put(documents(page, items));
        const last = page.at(-1);
        if (last === undefined) break;
        after = last.guide.id;
      }
      await engine.settle();
    },
    refresh: async (guideIds) => {
      const { engine } = await ready();
      const items = await itemsById();
      for (let start = 0; start < guideIds.length; start += pageSize) {
        const ids = guideIds.slice(start, start + pageSize);
        const published = await store.published(ids);
        const live = new Set(published.map(({ guide }) => guide.id));
        await engine.put(documents(published, items));
        await engine.remove(ids.filter((id) => !live.has(id)));
      }
    },
    find,
    search: async (input) => {
      const since = performance.now();
      const { q, region, handlingRegion, limit } = guideSearchRequestSchema.parse(input);
      const { place, table } = await ready();
      const codeOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : (place(text) ?? undefined));
      const found = await find(q, limit, { person: codeOf(region), handling: codeOf(handlingRegion) });
      const items = await withTexts(found);
      return {
        tookMs: Math.round((performance.now() - since) * 100) / 100,
        items,
        understood: { personRegion: named(table, found.roles.person), handlingRegion: named(table, found.roles.handling), added: [...found.added] },
        facets: { region: [...found.facets.region], mode: [...found.facets.mode], category: [...found.facets.category] },
      };
    },
    placeOf: async (text) => (await ready()).place(text),
    regions: async () => (await ready()).table,
    size: async () => (await ready()).engine.size(),
    close: async () => {
      if (started !== null) await (await started).engine.close();
    },
  };
};
