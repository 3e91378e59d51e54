import { parseArgs } from 'node:util';
import { evaluateSearch } from '#knowledge-base';
import type { RegionEntry } from '#knowledge-base';
import regions from '../../services/identity/data/regions.json';

const round = (figure: number): string => figure.toFixed(3);

const search = async (dir: string): Promise<void> => {
  const report = await evaluateSearch(dir, regions as readonly RegionEntry[]);
  process.stdout.write('kind          queries   MRR@10  nDCG@10  recall@5\n');
  for (const [kind, figures] of Object.entries(report.guides)) {
    process.stdout.write(
      `${kind.padEnd(14)}${String(figures.queries).padStart(7)}${round(figures.mrr).padStart(9)}${round(figures.ndcg).padStart(9)}${round(figures.recallAt5).padStart(10)}\n`,
    );
  }
  if (report.replies !== null) process.stdout.write(`title → reply ${String(report.replies.queries).padStart(7)}${round(report.replies.mrr).padStart(9)}\n`);
  process.stdout.write(`a question takes p50 ${report.milliseconds.p50.toFixed(1)} ms, p99 ${report.milliseconds.p99.toFixed(1)} ms\n`);
};

const kinds: Readonly<Record<string, (dir: string) => Promise<void>>> = { search };

/** `npm run eval -- search --data DIR`: quality on judged data, which is for measuring only and never part of the repository. */
const main = async (): Promise<void> => {
  const { positionals, values } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
  const run = kinds[positionals[0] ?? ''];
  if (run === undefined || values.data === undefined) throw new Error('usage: npm run eval -- search --data DIR');
  await run(values.data);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
});
