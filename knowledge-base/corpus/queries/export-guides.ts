import type { GuideContent, GuideKind } from '../../contracts';
import type { KnowledgeStore, PublishedGuide } from '../../store/knowledge-store';
import type { GuideRow } from '../guide-row';

const kinds: Readonly<Record<GuideKind, string>> = { GUIDE: 'guide', QA: 'qa', REGULATION: 'regulation' };

const present = (entries: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null && value !== undefined));

const isProse = (content: GuideContent): boolean => content.narrative !== null && content.materials.length === 0 && content.crossProvince === null;

type ExportedRow = Partial<Omit<GuideRow, 'kind'>> & { readonly kind: string };

/** The line that an import reads back to the same guide. */
const rowOf = ({ guide, version }: PublishedGuide, itemName: string | undefined): ExportedRow => {
  const { head, content } = version;
  const plain = {
    id: head.externalId ?? guide.id,
    name: content.name,
    region: head.regionName,
    department: head.department,
    category: content.category,
    kind: kinds[content.kind],
    item: itemName,
  };
  const rest = isProse(content) ? { ...content.narrative, partial: content.partial || null, source: content.source } : { content };
  // The item travels by its name; an id means nothing elsewhere.
  return { ...present({ ...plain, ...rest, head: present({ ...head, itemId: null }) }), kind: kinds[content.kind] };
};

const pageSize = 200;

export const createExportGuides = (store: KnowledgeStore) =>
  async function* exportGuides(): AsyncGenerator<string> {
    const names = new Map((await store.items()).map((item) => [item.id, item.name]));
    let after = '';
    for (;;) {
      const page = await store.publishedAfter(after, pageSize);
      for (const one of page) yield JSON.stringify(rowOf(one, names.get(one.guide.itemId ?? '')));
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.guide.id;
    }
  };
