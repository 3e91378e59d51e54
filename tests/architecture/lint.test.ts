import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './sources';

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

const fixtures = join(__dirname, 'lint-fixtures');
const names = [...readdirSync(fixtures).map((file) => basename(file, '.ts')), 'max-lines'].sort();

let scratch: string;
let report: Report;

/** The fixtures stand where product code stands, under the very configuration of the product. */
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'huiyin-lint-'));
  const folder = join(scratch, 'services', 'probe');
  mkdirSync(folder, { recursive: true });
  cpSync(fixtures, folder, { recursive: true });
  writeFileSync(join(folder, 'max-lines.ts'), Array.from({ length: 301 }, (_, index) => `export const line${index} = ${index};\n`).join(''));
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) cpSync(join(root, file), join(scratch, file));
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'));
  const done = spawnSync(join(root, 'node_modules', '.bin', 'oxlint'), ['--type-aware', '--format', 'json', 'services'], { cwd: scratch, encoding: 'utf8' });
  report = JSON.parse(done.stdout) as Report;
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('静态检查', () => {
  test.each(names)('%s is caught', (name) => {
    const codes = report.diagnostics.filter((found) => basename(found.filename, '.ts') === name).map((found) => found.code);
    expect(codes.join(' ')).toContain(`(${name})`);
  });

  test('every rule that style.md relies on has a fixture', () => {
    const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as { readonly rules: Readonly<Record<string, unknown>> };
    const relied = [
      'no-floating-promises',
      'no-misused-promises',
      'no-explicit-any',
      'no-non-null-assertion',
      'no-default-export',
      'max-lines',
      'complexity',
      'max-params',
      'no-console',
    ];
    expect(names).toEqual([...relied].sort());
    const off = Object.entries(config.rules).filter(([rule, level]) => relied.includes(rule.split('/')[1] ?? '') && level === 'off');
    expect(off).toEqual([]);
  });
});
