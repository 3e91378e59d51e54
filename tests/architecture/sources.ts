import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(__dirname, '..', '..');

export interface Source {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));

/** The files below the named folders, without the fixtures that are meant to be wrong. */
export const sourcesIn = (folders: readonly string[], ending: RegExp): readonly Source[] =>
  folders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .filter((file) => ending.test(file) && !/architecture\/(fixtures|lint-fixtures)\//.test(file) && !file.includes('node_modules'))
    .map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }));

/** Blanks comments and keeps the lines, so that what is said about code is not taken for code. */
export const withoutComments = (text: string): string =>
  text.replaceAll(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, (comment) => comment.replaceAll(/[^\n]/g, ' '));

/** Lines that hold code; a component's styles are counted as looks, not as code. */
export const codeLines = (source: Source): number =>
  withoutComments(source.path.endsWith('.vue') ? source.text.replaceAll(/<style[\s\S]*?<\/style>/g, '') : source.text)
    .split('\n')
    .filter((line) => line.trim() !== '').length;
