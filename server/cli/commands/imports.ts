import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { codeSystems, type CodeSystem } from '#contracts/vocabulary/satisfaction';
import { migrate } from '#platform';
import type { ImportFormat } from '#ratings';
import { type Command, type CommandInput, Misuse, optionalFlag, textFlag, type Terminal } from '../command';

const formats: Readonly<Record<string, ImportFormat>> = { '.csv': 'csv', '.jsonl': 'jsonl', '.xlsx': 'xlsx' };

const fileOf = (input: CommandInput): string => {
  const [file = ''] = input.positionals;
  if (!existsSync(file)) throw new Misuse(`no such file: ${file}`);
  return file;
};

const formatOf = (file: string): ImportFormat => {
  const format = formats[extname(file).toLowerCase()];
  if (format === undefined) throw new Misuse('the file must end in .csv, .jsonl or .xlsx');
  return format;
};

const isCodeSystem = (value: string): value is CodeSystem => Object.hasOwn(codeSystems, value);

/** Each bad row on stderr with number, field and reason (design.md §2). */
const complainOf = (terminal: Terminal, errors: readonly { readonly number: number; readonly field: string; readonly reason: string }[]): void => {
  for (const error of errors) terminal.complain(`row ${error.number}\t${error.field === '' ? '-' : error.field}\t${error.reason}`);
};

const importRatings: Command = {
  name: 'import ratings',
  usage: 'import ratings FILE --code-system PLATFORM|GB39046 [--source-system S] [--dry-run]',
  summary: 'take in ratings from CSV, JSONL or XLSX; the same file twice stores nothing new',
  words: 1,
  options: { 'code-system': { type: 'string' }, 'source-system': { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
  run: async (system, input, terminal) => {
    const file = fileOf(input);
    const codeSystem = textFlag(input, 'code-system');
    if (!isCodeSystem(codeSystem)) throw new Misuse(`--code-system takes ${Object.keys(codeSystems).join(' or ')}`);
    await migrate(system.database);
    const report = await system.ratings.importRatings({
      source: file,
      format: formatOf(file),
      codeSystem,
      sourceSystem: optionalFlag(input, 'source-system'),
      dryRun: input.flags['dry-run'] === true,
      onProgress: (done) => terminal.progress(done.rows, null, 'ratings'),
    });
    complainOf(terminal, report.errors);
    const { errors, ...counts } = report;
    terminal.say(
      input.flags['json'] === true
        ? JSON.stringify(counts)
        : Object.entries(counts)
            .map(([name, count]) => `${name} ${count}`)
            .join(', '),
    );
    return report.rejected > 0 || errors.length > 0 ? 1 : 0;
  },
};

export const importCommands: readonly Command[] = [importRatings];
