import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type Info, parse } from 'csv-parse';
import { type CellValue, readSheet } from 'read-excel-file/node';
import { invalid } from '#kernel';
import { checkSpreadsheet } from './check-spreadsheet';
import { fieldOfColumn } from './file-columns';

export type ImportFormat = 'csv' | 'jsonl' | 'xlsx';

/** A path or the bytes themselves. */
export type ImportSource = string | Buffer;

/** One row with its number as people find it in the file: the line, or the row of the sheet. */
export interface FileRow {
  readonly number: number;
  readonly fields: Readonly<Record<string, unknown>> | null;
  /** Why the row could not be read at all. */
  readonly fault?: string;
}

const longestLine = 64 * 1024;
export const mostRows = 100_000;

const openStream = (source: ImportSource): Readable => (typeof source === 'string' ? createReadStream(source) : Readable.from([source]));

const yes = new Set(['true', '1', '是', 'y', 'Y']);
const booleanFields = new Set(['isAnonymous', 'identityVerified']);

const fromText = (field: string, value: string): unknown => (booleanFields.has(field) ? yes.has(value.trim()) : value.trim());

/** A column that no field is called by stays, so that the closed schema names it as unknown. */
const toFields = (names: readonly string[], values: readonly (string | null)[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    names.flatMap((name, at) => {
      const value = values[at] ?? '';
      return value.trim() === '' ? [] : [[name, fromText(name, value)] as const];
    }),
  );

const headOf = (cells: readonly string[]): readonly string[] => cells.map(fieldOfColumn);

const wrongWidth = (given: number, wanted: number): string | undefined => (given > wanted ? `列数为 ${given}，表头为 ${wanted} 列` : undefined);

async function* readCsv(source: ImportSource): AsyncGenerator<FileRow> {
  const parser = openStream(source).pipe(parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: longestLine }));
  let names: readonly string[] | null = null;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
    if (names === null) {
      names = headOf(record);
      continue;
    }
    const fault = wrongWidth(record.length, names.length);
    yield fault === undefined ? { number: info.lines, fields: toFields(names, record) } : { number: info.lines, fields: null, fault };
  }
}

const parseLine = (line: string): Omit<FileRow, 'number'> => {
  if (line.length > longestLine) return { fields: null, fault: '这一行过长' };
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { fields: value as Record<string, unknown> };
  } catch {
    // Said below in words for people.
  }
  return { fields: null, fault: '不是有效的 JSON 对象' };
};

async function* readJsonLines(source: ImportSource): AsyncGenerator<FileRow> {
  let number = 0;
  for await (const line of createInterface({ input: openStream(source), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const bare = number === 1 ? line.replace(/^\ufeff/, '') : line;
    if (bare.trim() !== '') yield { number, ...parseLine(bare) };
  }
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A sheet knows no zone: what it shows is Shanghai time, which the reader hands over as if it were UTC. */
const cellText = (cell: CellValue | null | undefined): string | null => {
  if (cell === null || cell === undefined) return null;
  if (!(cell instanceof Date)) return typeof cell === 'object' ? null : String(cell);
  const day = cell.toISOString().slice(0, 10);
  return `${day} ${twoDigits(cell.getUTCHours())}:${twoDigits(cell.getUTCMinutes())}:${twoDigits(cell.getUTCSeconds())}`;
};

async function* readXlsx(source: ImportSource): AsyncGenerator<FileRow> {
  const file = typeof source === 'string' ? await readFile(source) : source;
  checkSpreadsheet(file);
  const rows = await readSheet(file);
  const names = headOf((rows[0] ?? []).map((cell) => cellText(cell) ?? ''));
  for (const [at, row] of rows.slice(1).entries()) {
    const values = row.map(cellText);
    if (values.some((value) => value !== null && value.trim() !== '')) yield { number: at + 2, fields: toFields(names, values) };
  }
}

const readers = { csv: readCsv, jsonl: readJsonLines, xlsx: readXlsx } as const;

/** The rows of a file one after another, never more than the limit (security X-6). */
export async function* readRows(source: ImportSource, format: ImportFormat): AsyncGenerator<FileRow> {
  let count = 0;
  for await (const row of readers[format](source)) {
    count += 1;
    if (count > mostRows) throw invalid(`一个文件最多 ${mostRows} 行，请分开导入。`, [], 'import/too-many-rows');
    yield row;
  }
}
