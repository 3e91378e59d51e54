import { deflateRawSync } from 'node:zlib';
import { QueryTypes } from 'sequelize';
import { createIds } from '#kernel';
import { createPolicy } from '#identity';
import { createRatings, type ImportFormat, type Ratings } from '#ratings';
import writeXlsxFile from 'write-excel-file/node';
import { aBadRating, aRating, type RawRating } from '../../support/ratings';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

let temporary: TemporaryDatabase;
let ratings: Ratings;

beforeAll(async () => {
  temporary = await openTemporaryDatabase();
  const { database, crypto, clock } = temporary;
  ratings = createRatings({
    database,
    crypto,
    ids: createIds(clock),
    policy: createPolicy(),
    organizations: { byDeptCodes: () => Promise.resolve(new Map()), pathOf: () => Promise.resolve(null) },
    staff: { findClerk: () => Promise.resolve(null) },
    openCases: (_work, bad) => Promise.resolve(bad.map((rating) => `case-of-${rating.projectNo}`)),
  });
});
afterAll(() => temporary.close());

const countOf = async (): Promise<number> => {
  const [row] = await temporary.database.sequelize.query<{ n: number }>('SELECT COUNT(*) AS n FROM rating', { type: QueryTypes.SELECT });
  return row?.n ?? 0;
};

const withoutSystem = (raw: RawRating): Record<string, unknown> => {
  const { codeSystem: _declared, ...rest } = raw;
  return rest;
};

const quoted = (value: unknown): string => `"${String(value ?? '').replaceAll('"', '""')}"`;
const toCsv = (rows: readonly Record<string, unknown>[], heads: readonly string[] = Object.keys(rows[0] ?? {})): Buffer =>
  Buffer.from(
    `\ufeff${[
      heads.join(','),
      ...rows.map((row) =>
        Object.keys(rows[0] ?? {})
          .map((name) => quoted(row[name]))
          .join(','),
      ),
    ].join('\r\n')}\r\n`,
  );

const run = (source: Buffer, format: ImportFormat, more: Partial<Parameters<Ratings['importRatings']>[0]> = {}) =>
  ratings.importRatings({ source, format, codeSystem: 'PLATFORM', ...more });

describe('文件导入', () => {
  test('CSV with Chinese heads: each bad row with number, field and reason; the good ones are in; the same file again changes nothing', async () => {
    const good = withoutSystem(aRating({ writingEvaluation: '很好，"一次"办结\n谢谢' }));
    const rows = [
      good,
      { ...withoutSystem(aRating({ writingEvaluation: 'x' })), satisfaction: 7 },
      { ...withoutSystem(aRating({ writingEvaluation: 'x' })), deptCode: 'short' },
    ];
    const names: Record<string, string> = { projectNo: '办件编号', satisfaction: '满意度', deptCode: '部门编码', writingEvaluation: '文字评价' };
    const file = toCsv(
      rows,
      Object.keys(good).map((name) => names[name] ?? name),
    );
    const report = await run(file, 'csv');
    expect(report).toMatchObject({ rows: 3, accepted: 1, rejected: 2 });
    expect(report.errors.map(({ number, field }) => ({ number, field }))).toEqual([
      { number: 4, field: 'satisfaction' },
      { number: 5, field: 'deptCode' },
    ]);
    const stored = await countOf();
    expect(await run(file, 'csv')).toMatchObject({ accepted: 0, replayed: 1, rejected: 2 });
    expect(await countOf()).toBe(stored);
  });

  test('JSONL: a broken line and a line of another code system are named, the rest goes in', async () => {
    const lines = [
      JSON.stringify(withoutSystem(aBadRating())),
      '{broken',
      '[1,2]',
      JSON.stringify({ ...aRating(), codeSystem: 'GB39046' }),
      '',
      JSON.stringify(aRating()),
    ];
    const report = await run(Buffer.from(lines.join('\n')), 'jsonl');
    expect(report).toMatchObject({ rows: 5, accepted: 2, rejected: 3 });
    expect(report.errors.map(({ number, field }) => `${number} ${field}`)).toEqual(['2 ', '3 ', '4 codeSystem']);
  });

  test('XLSX as offices write it: numbers, dates and text', async () => {
    const raw = withoutSystem(aRating());
    const names = Object.keys(raw);
    const cells = names.map((name) => {
      if (name === 'assessTime') return { value: new Date('2026-10-09T08:30:00Z'), type: Date, format: 'yyyy-mm-dd hh:mm:ss' };
      const value = (raw as Record<string, unknown>)[name];
      return typeof value === 'number' ? { value, type: Number } : { value: String(value), type: String };
    });
    const file = await writeXlsxFile([names.map((value) => ({ value, type: String })), cells] as never).toBuffer();
    const report = await run(file, 'xlsx');
    expect(report).toMatchObject({ rows: 1, accepted: 1, errors: [] });
    const [row] = await temporary.database.sequelize.query<{ assessAt: number }>('SELECT assessAt FROM rating ORDER BY chainNo DESC LIMIT 1', {
      type: QueryTypes.SELECT,
    });
    expect(new Date(Number(row?.assessAt)).toISOString()).toBe('2026-10-09T00:30:00.000Z');
  });

  test('a dry run judges and stores nothing; follow-ups above their first rating are taken all the same', async () => {
    const first = withoutSystem(aRating());
    const followUp = { ...withoutSystem(aBadRating({ assessNumber: 2 })), projectNo: first['projectNo'] };
    const file = Buffer.from([followUp, first].map((row) => JSON.stringify(row)).join('\n'));
    const before = await countOf();
    expect(await run(file, 'jsonl', { dryRun: true })).toMatchObject({ rows: 2, accepted: 2 });
    expect(await countOf()).toBe(before);
    expect(await run(file, 'jsonl')).toMatchObject({ accepted: 2, rejected: 0 });
  });

  test('without a declared code system nothing is read', async () => {
    await expect(run(Buffer.from('{}'), 'jsonl', { codeSystem: 'GUESS' as never })).rejects.toMatchObject({ code: 'import/code-system-missing' });
  });
});

/** A zip with one entry whose directory names a size of its own choosing. */
const zipOf = (content: Buffer, namedSize: number): Buffer => {
  const body = deflateRawSync(content);
  const name = Buffer.from('xl/a.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(body.length, 18);
  local.writeUInt32LE(namedSize, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(body.length, 20);
  entry.writeUInt32LE(namedSize, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + body.length, 16);
  return Buffer.concat([local, name, body, entry, name, end]);
};

describe('表格炸弹（X-6）', () => {
  test.each([
    ['no zip at all', Buffer.from('hello')],
    ['a directory cut off', Buffer.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a ratio beyond reason', zipOf(Buffer.alloc(3_000_000), 3_000_000)],
    ['a directory that lies about the size', zipOf(Buffer.alloc(3_000_000), 1_000)],
    [
      'too many entries',
      (() => {
        const end = Buffer.alloc(22);
        end.writeUInt32LE(0x06054b50, 0);
        end.writeUInt16LE(60_000, 10);
        return end;
      })(),
    ],
  ])('%s is refused before anything is unpacked', async (_name, file) => {
    await expect(run(file, 'xlsx')).rejects.toMatchObject({ kind: 'invalid', code: 'import/spreadsheet-refused' });
  });
});
