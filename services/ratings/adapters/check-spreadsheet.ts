import { inflateRawSync } from 'node:zlib';
import { invalid } from '#kernel';

/** security X-6. */
const limits = { entries: 2_000, inflated: 200 * 1024 * 1024, ratio: 100 } as const;

const refused = (why: string) => invalid(`这个表格文件不能读取：${why}`, [], 'import/spreadsheet-refused');

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endSize = 22;

interface Entry {
  readonly method: number;
  readonly compressed: number;
  readonly inflated: number;
  readonly offset: number;
}

const findEnd = (file: Buffer): number => {
  const lowest = Math.max(0, file.length - endSize - 65_535);
  for (let at = file.length - endSize; at >= lowest; at -= 1) if (file.readUInt32LE(at) === endSignature) return at;
  throw refused('不是有效的 XLSX 文件');
};

const readDirectory = (file: Buffer): readonly Entry[] => {
  const end = findEnd(file);
  const count = file.readUInt16LE(end + 10);
  if (count > limits.entries) throw refused('内含文件过多');
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entrySignature) throw refused('目录已损坏');
    entries.push({
      method: file.readUInt16LE(at + 10),
      compressed: file.readUInt32LE(at + 20),
      inflated: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
};

/** The directory may lie about the size, so each part is inflated once with the named size as its bound. */
const checkEntry = (file: Buffer, entry: Entry): void => {
  if (entry.method === 0) return;
  if (entry.method !== 8 || entry.offset + 30 > file.length) throw refused('压缩方式不受支持');
  const start = entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28);
  try {
    inflateRawSync(file.subarray(start, start + entry.compressed), { maxOutputLength: Math.max(1, entry.inflated) });
  } catch {
    throw refused('内容与目录所载大小不符');
  }
};

/** Reads the zip directory before anything is unpacked: a file of half a megabyte may inflate to gigabytes. */
export const checkSpreadsheet = (file: Buffer): void => {
  if (file.length < endSize) throw refused('不是有效的 XLSX 文件');
  const entries = readDirectory(file);
  const inflated = entries.reduce((sum, entry) => sum + entry.inflated, 0);
  const compressed = entries.reduce((sum, entry) => sum + entry.compressed, 0);
  if (inflated > limits.inflated || inflated > Math.max(1, compressed) * limits.ratio) throw refused('解压后过大');
  for (const entry of entries) checkEntry(file, entry);
};
