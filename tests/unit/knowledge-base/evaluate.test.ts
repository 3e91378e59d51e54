import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateSearch } from '#knowledge-base';
import { judge } from '../../../knowledge-base/search/evaluate';
import { keepHighest } from '../../../knowledge-base/search/keep-highest';
import fc from 'fast-check';
import { regions } from './open-knowledge-base';

test('等级 2 才算命中；等级 1 只进 nDCG；召回按前五条和应有条数中小的算', () => {
  const relevant = { a: 2, b: 2, c: 1 };
  expect(judge(['a', 'b', 'c'], relevant)).toEqual({ mrr: 1, ndcg: 1, recallAt5: 1 });
  expect(judge(['c', 'x', 'a'], relevant)).toMatchObject({ mrr: 1 / 3, recallAt5: 0.5 });
  expect(judge(['x', 'y'], relevant)).toEqual({ mrr: 0, ndcg: 0, recallAt5: 0 });
});

test('评测读一个文件夹，按类给出数字，没有留言数据也行', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'huiyin-eval-'));
  mkdirSync(join(dir, 'guides'));
  const rows = [
    { id: 'g1', name: '养犬登记', region: '全国', kind: 'guide', body: '带免疫证明' },
    { id: 'g2', name: '林木采伐许可', region: '全国', kind: 'guide', body: '申请书' },
  ];
  writeFileSync(join(dir, 'guides', 'guides.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  writeFileSync(join(dir, 'kb-queries-dev.jsonl'), JSON.stringify({ id: 'q', query: '狗证怎么办', kind: 'paraphrase', relevant: { g1: 2 } }));
  const report = await evaluateSearch(dir, regions);
  expect(report).toMatchObject({ guides: { all: { queries: 1, mrr: 1 }, paraphrase: { queries: 1 } }, replies: null, failures: [] });
  rmSync(dir, { recursive: true });
});

test('不排序也留得住最高的：留下的没有一个比丢掉的低', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (values, count) => {
      const { kept, dropped } = keepHighest(values, (value) => value, count);
      expect(kept).toHaveLength(Math.min(count, values.length));
      expect(Math.min(...kept, Infinity)).toBeGreaterThanOrEqual(Math.max(...dropped, -Infinity));
    }),
  );
});
