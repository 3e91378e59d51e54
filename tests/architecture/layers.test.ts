import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../../package.json';
import { forbidden } from './layers.cjs';

interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

interface Report {
  readonly folder: string;
  readonly modules: number;
  readonly violations: readonly Violation[];
}

const root = join(__dirname, '..', '..');
const fixtures = join(__dirname, 'fixtures');
const names = readdirSync(fixtures).sort();
const rules = forbidden.map((rule) => rule.name);

/** A fixture becomes a small product of its own, with the doors and the packages of the real one. */
const stage = (scratch: string, name: string): string => {
  const folder = join(scratch, name);
  mkdirSync(folder);
  cpSync(join(fixtures, name), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(packageJson));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

let scratch: string;
let reports: readonly Report[];

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'huiyin-layers-'));
  const folders = [root, ...names.map((name) => stage(scratch, name))];
  reports = JSON.parse(
    execFileSync(process.execPath, [join(__dirname, 'cruise.mjs'), ...folders], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  ) as Report[];
}, 120_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const reportOf = (folder: string): Report => reports.find((report) => report.folder === folder)!;

describe('分层（style §2）', () => {
  test('the product breaks no rule', () => {
    const report = reportOf(root);
    expect(report.modules).toBeGreaterThan(100);
    expect(report.violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`)).toEqual([]);
  });

  test('every rule has a fixture that breaks it, and every fixture a rule', () => {
    expect(names).toEqual([...rules].sort());
  });

  test('every rule says why in a sentence', () => {
    for (const rule of forbidden) expect(rule.comment).toMatch(/^[A-Z].{30,}\.$/);
  });

  test.each(names)('%s is caught when broken', (name) => {
    const broken = reportOf(join(scratch, name)).violations;
    expect(broken.map((violation) => violation.rule)).toContain(name);
  });
});
