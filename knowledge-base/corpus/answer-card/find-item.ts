import type { ServiceItem } from '../../contracts';
import type { CoreResult } from '../../search/search-core';
import type { KnowledgeStore } from '../../store/knowledge-store';
import type { GuideIndex } from '../guide-index';
import { nameKeyOf } from '../use-cases/import-items';

export interface FoundItem {
  readonly item: ServiceItem | null;
  /** Guides the words lead to, best first; the only ones where the matter is in no catalogue. */
  readonly hits: CoreResult['hits'];
  readonly person: string | null;
  readonly handling: string | null;
}

/** An id of an item or a guide, a name, or words as people say them, which may name both places. */
export const createFindItem =
  ({ store, index }: { readonly store: KnowledgeStore; readonly index: GuideIndex }) =>
  async (words: string, places: { readonly person?: string | undefined; readonly handling?: string | undefined }): Promise<FoundItem> => {
    const items = await store.items();
    // The name says nothing of places; the hits are only offered as neighbours.
    const byName = async (item: ServiceItem): Promise<FoundItem> => ({
      item,
      hits: (await index.find(item.name, 12, places)).hits,
      person: null,
      handling: null,
    });
    const byId = new Map(items.map((item) => [item.id, item]));
    const key = nameKeyOf(words);
    const exact =
      byId.get(words) ?? items.find((item) => nameKeyOf(item.name) === key) ?? items.find((item) => item.aliases.some((alias) => nameKeyOf(alias) === key));
    if (exact !== undefined) return byName(exact);
    const guide = /^[0-9A-Za-z-]{6,40}$/.test(words) ? await store.find(words) : null;
    const ofGuide = byId.get(guide?.itemId ?? '');
    if (ofGuide !== undefined) return byName(ofGuide);
    const found = await index.find(words, 12, places);
    const [first] = found.hits;
    const item = first?.itemId == null ? null : (byId.get(first.itemId) ?? null);
    return { item, hits: found.hits, person: found.roles.person, handling: found.roles.handling };
  };
