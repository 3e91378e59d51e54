import { catalogueRowSchema, serviceItemContentSchema, type ServiceItemContent } from '../contracts';
import type { KnowledgeActor } from '../corpus/deps';
import type { ImportReport } from '../corpus/use-cases/import-report';
import { demoGuides, type DemoGuide } from './demo-guides';
import aliases from './item-aliases.json';
import rows from './items.json';

export interface SeedReport {
  readonly items: ImportReport;
  readonly guides: ImportReport;
}

interface SeedTools {
  readonly saveItems: (contents: readonly ServiceItemContent[]) => Promise<ImportReport>;
  readonly importGuides: (lines: Iterable<string>, actor: KnowledgeActor) => Promise<ImportReport>;
}

const aliasesOf: Readonly<Record<string, readonly string[]>> = aliases;

/** rules 8.3: since that day any registry of the country registers, without the household register. */
const marriage = { supersededBy: '修订后的《婚姻登记条例》：全国任一婚姻登记机关都可以办理，不再需要户口簿', supersededAt: '2025-05-10' };
const superseded: Readonly<Record<string, typeof marriage>> = { 结婚登记: marriage, 离婚登记: marriage };

/** The items that ship: facts of the public lists, with the names people know them by. */
export const catalogueItems = (): readonly ServiceItemContent[] =>
  rows.map((row) => {
    const read = catalogueRowSchema.parse(row);
    return serviceItemContentSchema.parse({ ...read, ...superseded[read.name], aliases: [...(aliasesOf[read.name] ?? read.aliases)] });
  });

const lineOf = ({ head, content }: DemoGuide): string =>
  JSON.stringify({
    id: head.externalId,
    name: content.name,
    region: head.regionName,
    department: head.department,
    kind: 'guide',
    item: content.name,
    head,
    content,
  });

const seedActor: KnowledgeActor = { id: 'SEED' };

export const createSeedDemo = ({ saveItems, importGuides }: SeedTools) => ({
  catalogue: (): Promise<ImportReport> => saveItems(catalogueItems()),
  demo: async (): Promise<SeedReport> => ({ items: await saveItems(catalogueItems()), guides: await importGuides(demoGuides().map(lineOf), seedActor) }),
});
