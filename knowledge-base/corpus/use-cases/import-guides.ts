import { guideContentSchema, guideHeadSchema, type ServiceItem } from '../../contracts';
import type { GuideRecord, GuideVersion, KnowledgeWork } from '../../store/knowledge-store';
import type { CorpusTools, KnowledgeActor } from '../deps';
import { type GuideRow, guideRowSchema } from '../guide-row';
import { faultsOf } from '../guide-rules';
import { dayOf } from '../validity';
import { nameKeyOf } from './import-items';
import type { ImportReport, RowFault } from './import-report';
import { hashOf, newDraft, published, publishedFact, type GuideText } from './write-guide';

interface Reading {
  readonly today: string;
  readonly placeOf: (text: string) => Promise<string | null>;
  readonly items: ReadonlyMap<string, ServiceItem>;
}

const narrativeOf = (row: GuideRow) => {
  const { eligible, conditions, materials, steps, timeLimit, fee, channels, notes, phone, body } = row;
  return {
    eligible: eligible ?? null,
    conditions: conditions ?? null,
    materials: materials ?? null,
    steps: steps ?? null,
    timeLimit: timeLimit ?? null,
    fee: fee ?? null,
    channels: channels ?? null,
    notes: notes ?? null,
    phone: phone ?? null,
    body: body ?? null,
  };
};

/** A plain row becomes prose; what the file does not say is not made up. */
const textOf = async (row: GuideRow, { today, placeOf, items }: Reading): Promise<GuideText> => {
  const named =
    row.item == null ? items.get(nameKeyOf(row.name)) : (items.get(nameKeyOf(row.item)) ?? [...items.values()].find((item) => item.id === row.item));
  const head = guideHeadSchema.parse({
    regionName: row.region,
    regionCode: await placeOf(row.region),
    department: row.department,
    ownerOrg: row.department,
    validFrom: today,
    ...row.head,
    // An item id of another installation means nothing here; the name does.
    itemId: named?.id ?? null,
    externalId: row.id,
  });
  if (row.content !== undefined) return { head, content: row.content };
  const source =
    row.source == null ? null : { url: row.source.url ?? null, date: row.source.date ?? null, status: row.source.status ?? null, via: row.source.via ?? null };
  const content = guideContentSchema.parse({
    kind: row.kind,
    name: row.name,
    category: row.category ?? null,
    narrative: narrativeOf(row),
    source,
    partial: row.partial ?? false,
  });
  return { head, content };
};

interface ReadRow {
  readonly text: GuideText;
  /** The row says from when it holds; otherwise it holds from the import that first brought it. */
  readonly isDated: boolean;
}

const dated = ({ text, isDated }: ReadRow, before: GuideVersion | undefined): GuideText =>
  isDated || before === undefined ? text : { ...text, head: { ...text.head, validFrom: before.head.validFrom } };

const batchSize = 200;

interface Outcome {
  readonly created: GuideRecord[];
  readonly updated: GuideRecord[];
  readonly versions: GuideVersion[];
  unchanged: number;
}

const sortRows = async (rows: readonly ReadRow[], tools: CorpusTools, actor: KnowledgeActor, work: KnowledgeWork): Promise<Outcome> => {
  const guides = await tools.store.findByExternalIds(
    rows.flatMap(({ text }) => text.head.externalId ?? []),
    work,
  );
  const known = new Map(guides.map((guide) => [guide.externalId, guide]));
  const current = new Map(
    (
      await tools.store.published(
        guides.map((guide) => guide.id),
        work,
      )
    ).map(({ guide, version }) => [guide.id, version]),
  );
  const outcome: Outcome = { created: [], updated: [], versions: [], unchanged: 0 };
  const at = tools.clock.now().getTime();
  for (const row of rows) {
    const { text } = row;
    const before = known.get(text.head.externalId);
    if (before?.contentHash === hashOf(dated(row, current.get(before?.id ?? ''))) && before.status === 'PUBLISHED') {
      outcome.unchanged += 1;
      continue;
    }
    const guide = before ?? newDraft(tools.ids.next(), text, actor.id, at);
    const next = published(guide, { text, draftedBy: 'IMPORT', publishedBy: actor.id, versionId: tools.ids.next(), at });
    (before === undefined ? outcome.created : outcome.updated).push(next.guide);
    outcome.versions.push(next.version);
  }
  return outcome;
};

const saveBatch = async (rows: readonly ReadRow[], tools: CorpusTools, actor: KnowledgeActor): Promise<Outcome> => {
  const outcome = await tools.database.inTransaction(async (work) => {
    const sorted = await sortRows(rows, tools, actor, work);
    await tools.store.insert(sorted.created, work);
    for (const guide of sorted.updated) await tools.store.replaceIfUnchanged(guide, work);
    await tools.store.addVersions(sorted.versions, work);
    for (const guide of [...sorted.created, ...sorted.updated]) work.announce(publishedFact(guide));
    return sorted;
  });
  await tools.refresh([...outcome.created, ...outcome.updated].map((guide) => guide.id));
  return outcome;
};

const parseLine = (line: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(line) as unknown };
  } catch {
    return null;
  }
};

const readLine = async (line: string, number: number, reading: Reading): Promise<{ readonly row?: ReadRow; readonly faults: readonly RowFault[] }> => {
  const parsed = parseLine(line);
  if (parsed === null) return { faults: [{ line: number, field: '', reason: '不是一行完整的 JSON' }] };
  const read = guideRowSchema.safeParse(parsed.value);
  if (!read.success) return { faults: read.error.issues.map((issue) => ({ line: number, field: issue.path.join('.'), reason: issue.message })) };
  const text = await textOf(read.data, reading);
  const faults = faultsOf(text.head, text.content).map((fault) => ({ line: number, field: fault.path.slice(1).replaceAll('/', '.'), reason: fault.message }));
  return faults.length > 0 ? { faults } : { row: { text, isDated: read.data.head?.validFrom !== undefined }, faults: [] };
};

const itemsByName = (items: readonly ServiceItem[]): ReadonlyMap<string, ServiceItem> => {
  const named = new Map<string, ServiceItem>();
  for (const item of items) for (const alias of item.aliases) named.set(nameKeyOf(alias), item);
  for (const item of items) named.set(nameKeyOf(item.name), item);
  return named;
};

/** A file of guides, one JSON object a line. A faulty line is reported and spoils no other. */
export const createImportGuides =
  (tools: CorpusTools, placeOf: (text: string) => Promise<string | null>) =>
  async (lines: Iterable<string> | AsyncIterable<string>, actor: KnowledgeActor): Promise<ImportReport> => {
    const reading: Reading = { today: dayOf(tools.clock.now()), placeOf, items: itemsByName(await tools.store.items()) };
    const rejected: RowFault[] = [];
    const report = { created: 0, updated: 0, unchanged: 0 };
    let batch = new Map<string, ReadRow>();
    let number = 0;
    const flush = async (): Promise<void> => {
      const outcome = await saveBatch([...batch.values()], tools, actor);
      report.created += outcome.created.length;
      report.updated += outcome.updated.length;
      report.unchanged += outcome.unchanged;
      batch = new Map();
    };
    for await (const line of lines) {
      number += 1;
      if (line.trim() === '') continue;
      const { row, faults } = await readLine(line, number, reading);
      rejected.push(...faults);
      const id = row?.text.head.externalId ?? '';
      if (row !== undefined && batch.has(id)) rejected.push({ line: number, field: 'id', reason: `编号 ${id} 在文件中出现两次` });
      else if (row !== undefined) batch.set(id, row);
      if (batch.size >= batchSize) await flush();
    }
    if (batch.size > 0) await flush();
    return { ...report, rejected };
  };
