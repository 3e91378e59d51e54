import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes, problems } from '#contracts/api/problems';
import { DomainError, type ErrorKind, forbidden, invalid, missing, stale } from '#kernel';
import { toProblem } from '../../server/http/problem';

const root = join(__dirname, '..', '..');

const sourcesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

interface Used {
  readonly code: string;
  readonly kind: string;
}

const statusOf = (kind: string, code: string): number => {
  if (/^\d+$/.test(kind)) return Number(kind);
  return toProblem(new DomainError({ kind: kind as ErrorKind, code, message: '。' }), { requestId: '', path: '' }).status;
};

/** Everything between the brackets of a call that begins at `from`. */
const callAt = (source: string, from: number): string => {
  let depth = 0;
  for (let index = source.indexOf('(', from); index < source.length; index += 1) {
    if (source[index] === '(') depth += 1;
    if (source[index] === ')') depth -= 1;
    if (depth === 0) return source.slice(from, index + 1);
  }
  return '';
};

const callsOf = (source: string, name: RegExp): readonly string[] => [...source.matchAll(name)].map((match) => callAt(source, match.index));

const lastText = /'([A-Za-z][\w-]*(?:\/[\w-]+)?)'\s*,?\s*\)$/;

const codesIn = (source: string): readonly Used[] => {
  const made = callsOf(source, /new DomainError\(/g).flatMap((call) => {
    const kind = /kind: '(\w+)'/.exec(call)?.[1];
    const code = /\bcode: (?:'([^']+)'|`([^`]+)`)/.exec(call);
    return kind === undefined || code === null ? [] : [{ kind, code: code[1] ?? code[2] ?? '' }];
  });
  const helped = (['forbidden', 'invalid'] as const).flatMap((kind) =>
    callsOf(source, new RegExp(`\\b${kind}\\(`, 'g')).flatMap((call) => {
      const code = lastText.exec(call)?.[1];
      return code === undefined ? [] : [{ kind, code }];
    }),
  );
  const busy = callsOf(source, /\bunavailable\('/g).flatMap((call) => [{ kind: 'unavailable', code: /'([^']+)'/.exec(call)?.[1] ?? '' }]);
  const direct = [...source.matchAll(/status: (\d{3}), code: '([^']+)'/g)].map((match) => ({ kind: match[1] ?? '', code: match[2] ?? '' }));
  return [...made, ...helped, ...busy, ...direct];
};

const defaults: readonly Used[] = [
  { kind: 'forbidden', code: forbidden().code },
  { kind: 'invalid', code: invalid('。').code },
  { kind: 'missing', code: missing('ticket').code },
  { kind: 'stale', code: stale({ currentVersion: 1 }).code },
];

const used = [...['services', 'server', 'knowledge-base'].flatMap(sourcesBelow).flatMap((file) => codesIn(readFileSync(file, 'utf8'))), ...defaults];

/** `${table.name}/wrong-state` stands for every name that may be put there. */
const patternOf = (code: string): RegExp => new RegExp(`^${code.replaceAll(/\$\{[^}]+\}/g, '[a-z-]+').replaceAll('/', '\\/')}$`);

describe('security B-1: every problem code is listed, and every listed one exists', () => {
  test('the search finds what is there', () => {
    expect(used.length).toBeGreaterThan(60);
    expect(codesIn("throw new DomainError({ kind: 'gone', code: 'x/planted', message: '。' })")).toEqual([{ kind: 'gone', code: 'x/planted' }]);
    expect(codesIn("forbidden('不行。', 'x/also')")).toEqual([{ kind: 'forbidden', code: 'x/also' }]);
  });

  test('no code is missing from the list', () => {
    const unlisted = used.filter(({ code }) => !problemCodes.some((listed) => patternOf(code).test(listed)));
    expect(unlisted).toEqual([]);
  });

  test('no listed code is dead', () => {
    expect(problemCodes.filter((listed) => !used.some(({ code }) => patternOf(code).test(listed)))).toEqual([]);
  });

  test('each comes with the listed status', () => {
    for (const { code, kind } of used) {
      for (const listed of problemCodes.filter((entry) => patternOf(code).test(entry))) {
        if (!code.includes('${')) expect([listed, statusOf(kind, code)]).toEqual([listed, problems[listed].status]);
      }
    }
  });

  test('each says in one Chinese sentence what it means', () => {
    for (const code of problemCodes) expect([code, problems[code].means]).toEqual([code, expect.stringMatching(/[\u4e00-\u9fff].*。$/)]);
  });
});
