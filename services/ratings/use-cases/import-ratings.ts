import type { BatchAnswer } from '#contracts/api/ratings';
import { codeSystems, type CodeSystem } from '#contracts/vocabulary/satisfaction';
import { type Actor, invalid, systemActor } from '#kernel';
import { type FileRow, type ImportFormat, type ImportSource, readRows } from '../adapters/read-file';
import { readRating } from '../adapters/read-rating';

export interface ImportRequest {
  readonly source: ImportSource;
  readonly format: ImportFormat;
  /** Declared by whoever imports; a row that names another one is refused. */
  readonly codeSystem: CodeSystem;
  /** For files without a column of it. */
  readonly sourceSystem?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly onProgress?: ((report: Omit<ImportReport, 'errors'>) => void) | undefined;
  readonly actor?: Actor | undefined;
}

export interface ImportError {
  readonly number: number;
  readonly field: string;
  readonly reason: string;
}

export interface ImportReport {
  readonly rows: number;
  readonly accepted: number;
  readonly replayed: number;
  readonly quarantined: number;
  readonly rejected: number;
  readonly errors: readonly ImportError[];
}

export type ImportRatings = (request: ImportRequest) => Promise<ImportReport>;

type Counts = { -readonly [K in keyof Omit<ImportReport, 'errors'>]: number };

const rowsPerRequest = 1_000;

const fieldOf = (path: string): string => path.split('/').find((part) => part !== '') ?? '';

const refuse = (row: FileRow, field: string, reason: string): ImportError => ({ number: row.number, field, reason });

/** What is declared for the file goes into each row; a row may not say otherwise. */
const completed = (row: FileRow, request: ImportRequest): { readonly given: unknown; readonly error: ImportError | null } => {
  if (row.fields === null) return { given: null, error: refuse(row, '', row.fault ?? '无法读取') };
  const said = row.fields['codeSystem'];
  if (said !== undefined && said !== request.codeSystem) {
    return { given: null, error: refuse(row, 'codeSystem', `与导入时声明的码系 ${request.codeSystem} 不同`) };
  }
  return { given: { sourceSystem: request.sourceSystem, ...row.fields, codeSystem: request.codeSystem }, error: null };
};

interface Ready {
  readonly row: FileRow;
  readonly given: unknown;
}

/** Judged as in earnest, but nothing is stored. */
const judge = (ready: readonly Ready[], counts: Counts): readonly ImportError[] =>
  ready.flatMap(({ row, given }) => {
    const read = readRating(given);
    counts[read.ok ? 'accepted' : 'rejected'] += 1;
    return read.ok ? [] : read.errors.map((error) => refuse(row, fieldOf(error.path), error.message));
  });

const store = async (ready: readonly Ready[], counts: Counts, receive: (rows: readonly unknown[]) => Promise<BatchAnswer>): Promise<readonly ImportError[]> => {
  const answer = await receive(ready.map((entry) => entry.given));
  for (const name of ['accepted', 'replayed', 'quarantined', 'rejected'] as const) counts[name] += answer[name];
  return answer.results.flatMap((result) => {
    const row = ready[result.index]?.row;
    if (row === undefined) return [];
    if (result.status === 'quarantined') return [refuse(row, '', '已隔离待查')];
    if (result.problem === undefined) return [];
    if (result.problem.errors.length === 0) return [refuse(row, '', result.problem.title)];
    return result.problem.errors.map((error) => refuse(row, fieldOf(error.path), error.message));
  });
};

/** A whole file through the same intake as the API: the same file twice stores nothing new (security B-6). */
export const createImportRatings =
  (deps: { readonly receiveBatch: (rows: readonly unknown[], actor: Actor) => Promise<BatchAnswer> }): ImportRatings =>
  async (request) => {
    if (!Object.hasOwn(codeSystems, request.codeSystem)) throw invalid('导入须声明码系 GB39046 或 PLATFORM。', [], 'import/code-system-missing');
    const counts: Counts = { rows: 0, accepted: 0, replayed: 0, quarantined: 0, rejected: 0 };
    const errors: ImportError[] = [];
    let ready: Ready[] = [];
    const flush = async (): Promise<void> => {
      const taken = ready;
      ready = [];
      if (taken.length === 0) return;
      const receive = (rows: readonly unknown[]) => deps.receiveBatch(rows, request.actor ?? systemActor);
      errors.push(...(request.dryRun === true ? judge(taken, counts) : await store(taken, counts, receive)));
      request.onProgress?.({ ...counts });
    };
    for await (const row of readRows(request.source, request.format)) {
      counts.rows += 1;
      const { given, error } = completed(row, request);
      if (error === null) ready.push({ row, given });
      else {
        counts.rejected += 1;
        errors.push(error);
      }
      if (ready.length >= rowsPerRequest) await flush();
    }
    await flush();
    return { ...counts, errors: errors.sort((a, b) => a.number - b.number) };
  };
