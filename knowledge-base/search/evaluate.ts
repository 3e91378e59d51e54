import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { guideRowSchema } from '../corpus/guide-row';
import { defaultSynonyms } from './default-synonyms';
import type { RegionEntry } from './region-table';
import { createSearchCore, readPlace, type SearchCore } from './search-core';
import type { SearchDocument } from './search-document';

/*
 * Quality of the search on a folder of data: `guides/guides.jsonl` with `kb-queries-dev.jsonl`, and `citizen-messages/
 * replies-dev.jsonl`. Grade 2 is the guide to show, grade 1 is related; MRR and recall know grade 2 only, nDCG gives 3 and 1.
 */

export interface Figures {
  readonly queries: number;
  readonly mrr: number;
  readonly ndcg: number;
  /** Share of the grade-2 guides (at most five) among the first five hits. */
  readonly recallAt5: number;
}

export interface SearchReport {
  readonly guides: Readonly<Record<string, Figures>>;
  /** Title of a message → its reply, MRR@10. */
  readonly replies: { readonly queries: number; readonly mrr: number } | null;
  readonly milliseconds: { readonly p50: number; readonly p99: number };
  readonly failures: readonly string[];
}

const querySchema = z.object({ id: z.string(), query: z.string(), kind: z.string(), relevant: z.record(z.string(), z.number()) });
const replySchema = z.object({ id: z.union([z.string(), z.number()]).transform(String), title: z.string(), reply: z.string() });

const readLines = async <T>(file: string, schema: z.ZodType<T>): Promise<T[]> => {
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => schema.parse(JSON.parse(line)));
};

const day = 20_260_101;
const depth = 10;

const blank: SearchDocument = {
  id: '',
  externalId: null,
  itemId: null,
  version: 1,
  kind: 'GUIDE',
  name: '',
  keywords: [],
  category: null,
  department: '',
  regionCode: null,
  regionName: '',
  mode: null,
  validFrom: '2000-01-01',
  validUntil: null,
  demo: false,
  text: '',
};

const gain = (grade: number): number => (grade === 2 ? 3 : grade);
const discounted = (grades: readonly number[]): number => grades.reduce((sum, grade, index) => sum + gain(grade) / Math.log2(index + 2), 0);

export const judge = (ranked: readonly string[], relevant: Readonly<Record<string, number>>): Omit<Figures, 'queries'> => {
  const grades = ranked.slice(0, depth).map((id) => relevant[id] ?? 0);
  const first = grades.indexOf(2);
  const ideal = Object.values(relevant).sort((a, b) => b - a);
  const wanted = Math.min(5, ideal.filter((grade) => grade === 2).length);
  return {
    mrr: first < 0 ? 0 : 1 / (first + 1),
    ndcg: discounted(grades) / discounted(ideal.slice(0, depth)),
    recallAt5: wanted === 0 ? 1 : grades.slice(0, 5).filter((grade) => grade === 2).length / wanted,
  };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

interface Timed {
  readonly core: SearchCore;
  readonly times: number[];
}

const ask = ({ core, times }: Timed, text: string): string[] => {
  const start = performance.now();
  const { hits } = core.search({ text, limit: depth, day });
  times.push(performance.now() - start);
  return hits.map((hit) => hit.id);
};

type Judged = Omit<Figures, 'queries'> & { readonly kind: string; readonly query: string };

const summarize = (judged: readonly Judged[]): Record<string, Figures> =>
  Object.fromEntries(
    ['all', ...new Set(judged.map((one) => one.kind))].map((kind) => {
      const of = judged.filter((one) => kind === 'all' || one.kind === kind);
      return [
        kind,
        { queries: of.length, mrr: mean(of.map((one) => one.mrr)), ndcg: mean(of.map((one) => one.ndcg)), recallAt5: mean(of.map((one) => one.recallAt5)) },
      ];
    }),
  );

const judgeGuides = async (dir: string, regions: readonly RegionEntry[], timed: Timed): Promise<Judged[]> => {
  const place = readPlace(regions);
  const rows = await readLines(join(dir, 'guides', 'guides.jsonl'), guideRowSchema);
  timed.core.put(
    rows.map((row) => ({
      ...blank,
      id: row.id,
      kind: row.kind,
      name: row.name,
      category: row.category ?? null,
      department: row.department,
      regionName: row.region,
      regionCode: place(row.region),
      text: [row.eligible, row.conditions, row.materials, row.steps, row.timeLimit, row.fee, row.channels, row.notes, row.body]
        .filter((part) => typeof part === 'string')
        .join('\n'),
    })),
  );
  timed.core.settle();
  const queries = await readLines(join(dir, 'kb-queries-dev.jsonl'), querySchema);
  return queries.map(({ query, kind, relevant }) => ({ query, kind, ...judge(ask(timed, query), relevant) }));
};

const judgeReplies = async (dir: string, timed: Timed): Promise<SearchReport['replies']> => {
  const rows = await readLines(join(dir, 'citizen-messages', 'replies-dev.jsonl'), replySchema).catch(() => []);
  if (rows.length === 0) return null;
  timed.core.put(rows.map(({ id, reply }) => ({ ...blank, id, kind: 'QA', text: reply })));
  timed.core.settle();
  const ranks = rows.map(({ id, title }) => ask(timed, title).indexOf(id));
  return { queries: rows.length, mrr: mean(ranks.map((rank) => (rank < 0 ? 0 : 1 / (rank + 1)))) };
};

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

export const evaluateSearch = async (dir: string, regions: readonly RegionEntry[]): Promise<SearchReport> => {
  const times: number[] = [];
  const core = (): Timed => ({ core: createSearchCore({ regions, synonyms: defaultSynonyms }), times });
  const judged = await judgeGuides(dir, regions, core());
  const replies = await judgeReplies(dir, core());
  return {
    guides: summarize(judged),
    replies,
    milliseconds: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    failures: judged.filter((one) => one.mrr < 1).map((one) => `${one.kind}: ${one.query}`),
  };
};
