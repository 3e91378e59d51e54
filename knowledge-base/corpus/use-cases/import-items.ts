import { catalogueRowSchema, serviceItemContentSchema, type ServiceItem, type ServiceItemContent } from '../../contracts';
import { foldText } from '../../search/fold-text';
import type { CorpusTools } from '../deps';
import { KnowledgeError } from '../knowledge-error';
import type { ImportReport, RowFault } from './import-report';

/** Names are compared without punctuation and in simplified characters. */
export const nameKeyOf = (name: string): string =>
  foldText(name)
    .replaceAll(/[\s、，,。.·（）()“”"《》/]/g, '')
    .slice(0, 120);

const contentOf = ({ id: _id, version: _version, ...content }: ServiceItem): ServiceItemContent => content;

interface Sorted {
  readonly contents: readonly ServiceItemContent[];
  readonly rejected: readonly RowFault[];
}

const readRows = (rows: readonly unknown[]): Sorted => {
  const contents: ServiceItemContent[] = [];
  const rejected: RowFault[] = [];
  rows.forEach((row, index) => {
    const read = catalogueRowSchema.safeParse(row);
    const content = read.success ? serviceItemContentSchema.safeParse(read.data) : read;
    if (content.success && read.success) contents.push(serviceItemContentSchema.parse(read.data));
    for (const issue of content.error?.issues ?? []) rejected.push({ line: index + 1, field: issue.path.join('.'), reason: issue.message });
  });
  return { contents, rejected };
};

const saveContents = async ({ database, store, ids, clock }: CorpusTools, { contents, rejected }: Sorted): Promise<ImportReport> => {
  const known = new Map((await store.items()).map((item) => [nameKeyOf(item.name), item]));
  const changed: (ServiceItem & { nameKey: string; updatedAt: number })[] = [];
  let created = 0;
  for (const content of contents) {
    const nameKey = nameKeyOf(content.name);
    const before = known.get(nameKey);
    if (before !== undefined && JSON.stringify(contentOf(before)) === JSON.stringify(content)) continue;
    const item = { ...content, id: before?.id ?? ids.next(), version: (before?.version ?? 0) + 1 };
    if (before === undefined) created += 1;
    known.set(nameKey, item);
    changed.push({ ...item, nameKey, updatedAt: clock.now().getTime() });
  }
  if (changed.length > 0) await database.inTransaction((work) => store.saveItems(changed, work));
  return { created, updated: changed.length - created, unchanged: contents.length - changed.length, rejected };
};

/** Rows of a catalogue file (rules 8.3: lists are kept by import). A second time it changes nothing. */
export const createImportItems =
  (tools: CorpusTools) =>
  (rows: unknown): Promise<ImportReport> => {
    if (!Array.isArray(rows)) throw new KnowledgeError('invalid', 'knowledge/catalogue-invalid', '事项目录应为一个 JSON 数组。');
    return saveContents(tools, readRows(rows));
  };

/** Items already in our own form, such as those of the seed. */
export const createSaveItems =
  (tools: CorpusTools) =>
  (contents: readonly ServiceItemContent[]): Promise<ImportReport> =>
    saveContents(tools, { contents, rejected: [] });
