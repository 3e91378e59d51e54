import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoUnits } from '#identity';
import { silentLogger } from '#platform';
import { compose } from '../../server/composition';
import { readConfig } from '../../server/config';
import { parseCommand, Misuse } from '../../server/cli/command';
import { commands } from '../../server/cli/commands';
import { prepare } from '../../server/prepare';
import { makeRating } from '../support/many-ratings';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly said: readonly string[];
  readonly complained: readonly string[];
}

/** One command line as a process would run it, on a data folder. */
const run = async (dataDir: string, ...args: string[]): Promise<Outcome> => {
  const said: string[] = [];
  const complained: string[] = [];
  const { command, input } = parseCommand(commands, args);
  const system = compose(readConfig({ DATA_DIR: join(folder, dataDir), LOG_LEVEL: 'silent', DEMO: '1' }), { logger: silentLogger });
  try {
    const code = await command.run(system, input, {
      say: (line) => void said.push(line),
      complain: (line) => void complained.push(line),
      progress: () => undefined,
    });
    return { code, said, complained };
  } finally {
    await system.close();
  }
};

const target = { deptCode: demoUnits.find((unit) => unit.id === 'org-lz-hrss')?.deptCode ?? '', areaCode: '930100' };

const seedPeople = async (dataDir: string): Promise<void> => {
  const system = compose(readConfig({ DATA_DIR: join(folder, dataDir), LOG_LEVEL: 'silent', DEMO: '1' }), { logger: silentLogger });
  await prepare(system, { people: true });
  await system.close();
};

describe('design.md §2: the command line', () => {
  test.each([[['nonsense']], [[]], [['import', 'ratings']], [['verify', '--nope']], [['restore']]])('misuse %j is refused with usage', (args) => {
    expect(() => parseCommand(commands, args)).toThrow(Misuse);
  });

  test('ratings from a file: bad rows by number, the same file twice stores nothing new, dry run stores nothing', async () => {
    await seedPeople('import');
    const rows = Array.from({ length: 30 }, (_, index) => makeRating('file', index, target).body);
    const file = join(folder, 'ratings.jsonl');
    writeFileSync(file, [...rows.map((row) => JSON.stringify(row)), '{"codeSystem":"PLATFORM"}', 'not json'].join('\n'));
    const dry = await run('import', 'import', 'ratings', file, '--code-system', 'PLATFORM', '--dry-run', '--json');
    expect(JSON.parse(dry.said[0] ?? '{}')).toMatchObject({ accepted: 30, rejected: 2 });
    const first = await run('import', 'import', 'ratings', file, '--code-system', 'PLATFORM', '--json');
    expect([first.code, JSON.parse(first.said[0] ?? '{}')]).toMatchObject([1, { accepted: 30, replayed: 0, rejected: 2 }]);
    expect(first.complained.some((line) => line.startsWith('row 31\t'))).toBe(true);
    expect(first.complained.some((line) => line.startsWith('row 32\t'))).toBe(true);
    const second = await run('import', 'import', 'ratings', file, '--code-system', 'PLATFORM', '--json');
    expect(JSON.parse(second.said[0] ?? '{}')).toMatchObject({ accepted: 0, replayed: 30 });
    await expect(run('import', 'import', 'ratings', file, '--code-system', 'GUESS')).rejects.toThrow(Misuse);
  });

  test('a backup restored elsewhere verifies clean and holds what was there', async () => {
    const backup = join(folder, 'backup');
    expect((await run('import', 'backup', backup)).code).toBe(0);
    expect((await run('restored', 'restore', backup)).code).toBe(0);
    const report = await run('restored', 'verify', '--json');
    const { clean, chains } = JSON.parse(report.said[0] ?? '{}') as { clean: boolean; chains: { chain: string; rows: number }[] };
    expect([report.code, clean]).toEqual([0, true]);
    expect(chains.find((chain) => chain.chain === 'rating')?.rows).toBe(30);
  });

  test('a key and a person are made once and shown once', async () => {
    const client = await run('import', 'api-client', 'create', '--name', '平台', '--scope', 'ratings:write', '--json');
    expect(JSON.parse(client.said[0] ?? '{}')).toMatchObject({ key: expect.stringMatching(/^hy_/), scopes: ['ratings:write'] });
    const person = await run('import', 'user', 'create', '--login', 'new.person', '--name', '新同事', '--org', 'org-lz-12345', '--roles', 'AGENT', '--json');
    expect(JSON.parse(person.said[0] ?? '{}')).toMatchObject({ id: expect.any(String), password: expect.any(String) });
  });

  test('a few simulated days leave every invariant standing', async () => {
    expect((await run('simulated', 'simulate', '--days', '3', '--seed', '7')).code).toBe(0);
    const report = await run('simulated', 'verify');
    expect([report.code, report.said.filter((line) => line.startsWith('FAIL'))]).toEqual([0, []]);
  }, 120_000);

  test('print-lifecycles prints each table', async () => {
    const { said } = await run('import', 'print-lifecycles', 'rectification');
    expect(said.join('\n')).toContain('PENDING_VERIFY');
  });
});
