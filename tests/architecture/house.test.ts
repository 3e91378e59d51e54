import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allLifecycles } from '#contracts/lifecycles/index';
import { toMermaid } from '#contracts/lifecycles/mermaid';
import { environmentSchema } from '../../server/config/schema';
import { codeLines, root, sourcesIn, withoutComments } from './sources';
import { ownerOf, tablesByOwner, tablesNamedIn } from './tables';

const product = ['server', 'services', 'knowledge-base', 'migrations'];
const typescript = /(?<!\.d)\.ts$/;

describe('尺寸（style §4）', () => {
  test('no file of the product is longer than 300 lines of code', () => {
    const long = sourcesIn([...product, 'client'], /\.(ts|mts|vue|cjs|mjs)$/).filter((source) => codeLines(source) > 300);
    expect(long.map((source) => `${source.path}: ${codeLines(source)}`)).toEqual([]);
  });

  test('no test is longer than 400', () => {
    const long = sourcesIn(['tests'], /\.(ts|cjs|mjs)$/).filter((source) => codeLines(source) > 400);
    expect(long.map((source) => `${source.path}: ${codeLines(source)}`)).toEqual([]);
  });

  test('comments, blank lines and styles are not counted', () => {
    expect(codeLines({ path: 'a.ts', text: "/** one\n * two */\nconst a = 1; // three\n\n// four\nconst b = 'http://x';\n" })).toBe(2);
    expect(codeLines({ path: 'a.vue', text: '<template>\n<p/>\n</template>\n<style>\np {}\n</style>\n' })).toBe(3);
  });
});

describe('表归其主（style §2）', () => {
  test('nobody names a table of another module', async () => {
    const owners = await tablesByOwner();
    // Verification reads across: trails against versions, dead letters, holes in the numbering. It is read-only (security T-1).
    const mayName = (path: string, owner: string): boolean => owner === ownerOf(path) || (/\/verify[^/]*\.ts$/.test(path) && owner === 'platform');
    const foreign = sourcesIn(['server', 'services', 'knowledge-base'], typescript).flatMap((source) =>
      [...owners]
        .filter(([owner]) => !mayName(source.path, owner))
        .flatMap(([owner, tables]) => tablesNamedIn(withoutComments(source.text), tables).map((table) => `${source.path} names ${table} of ${owner}`)),
    );
    expect(foreign).toEqual([]);
  });

  test('every migration belongs to a module, and no table to two', async () => {
    const owners = await tablesByOwner();
    const all = [...owners.values()].flat();
    expect(all.length).toBeGreaterThan(15);
    expect(new Set(all).size).toBe(all.length);
    const modules = new Set(sourcesIn(['services', 'knowledge-base'], typescript).map((source) => ownerOf(source.path)));
    expect([...owners.keys()].filter((owner) => !modules.has(owner))).toEqual([]);
  });

  test.each([
    "sequelize.query('SELECT id FROM audit WHERE id = 1')",
    'sequelize.query(`UPDATE "audit" SET result = 1`)',
    "sequelize.define(\n  'audit', {})",
    "insertRows(sequelize, 'audit', { rows })",
    "const side = { table: 'audit', foreignKey: 'id' }",
  ])('is caught in %p', (text) => expect(tablesNamedIn(text, ['audit', 'trail'])).toEqual(['audit']));

  test('a word that is also a table is not', () => expect(tablesNamedIn("work.trail({ subject: 'audit' }); say('audit')", ['audit'])).toEqual([]));
});

describe('一处一事', () => {
  const server = sourcesIn(['server', 'services', 'knowledge-base'], typescript).map((source) => ({ ...source, text: withoutComments(source.text) }));

  test('only server/config reads the environment', () => {
    const readers = [...server, ...sourcesIn(['migrations', 'client/src'], /\.(ts|vue)$/)].filter((source) =>
      /\bprocess\.env\b|\bimport\.meta\.env\.(?!DEV|PROD|MODE)/.test(source.text),
    );
    expect(readers.map((source) => source.path).filter((path) => !path.startsWith('server/config/'))).toEqual([]);
  });

  test('routes come from the endpoint table: nobody else makes a router or adds a path', () => {
    const routers = server.filter((source) => /\bRouter\(|\b(?:app|router|routes)\.(?:get|post|put|patch|delete|all)\(/.test(source.text));
    expect(routers.map((source) => source.path).filter((path) => !['server/http/app.ts', 'server/http/mount.ts'].includes(path))).toEqual([]);
  });

  test('the pages and health paths that app.ts adds by hand answer nothing below the API', () => {
    const app = server.find((source) => source.path === 'server/http/app.ts')?.text ?? '';
    const paths = [...app.matchAll(/\bapp\.(?:get|post|put|patch|delete|all)\(\s*'([^']+)'/g)].map((match) => match[1]);
    expect(paths.filter((path) => path?.startsWith('/api/') === true && !['/api/v1/openapi.json', '/api/docs'].includes(path))).toEqual([]);
  });

  test('no module waits for time or takes its own: clocks are handed in (security T-6)', () => {
    // The clock itself, and the driver's patience with a locked file, which no simulated clock may stretch.
    const machineTime = new Set(['services/kernel/clock.ts', 'services/platform/sqlite-dialect.ts']);
    const takers = server.filter((source) => source.path.startsWith('services/') && /\bnew Date\(\)|\bDate\.now\(\)/.test(source.text));
    expect(takers.map((source) => source.path).filter((path) => !machineTime.has(path))).toEqual([]);
  });
});

describe('环境变量', () => {
  test('.env.example names every variable that is read, and no other', () => {
    const [own = ''] = readFileSync(join(root, '.env.example'), 'utf8').split('--- docker compose only ---');
    const named = [...own.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');
    expect([...named].sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });

  test('docker-compose.yml passes on only what is read', () => {
    const app = /\n {2}app:\n([\s\S]*?)\n {2}\w+:\n/.exec(readFileSync(join(root, 'docker-compose.yml'), 'utf8'))?.[1] ?? '';
    const passed = [...app.matchAll(/^ {6}([A-Z_]+): /gm)].map((match) => match[1] ?? '');
    expect(passed.length).toBeGreaterThan(5);
    expect(passed.filter((name) => !Object.hasOwn(environmentSchema.shape, name))).toEqual([]);
  });
});

describe('图与表一致（style §3）', () => {
  const diagrams = sourcesIn(['services', 'knowledge-base', 'server'], /README\.md$/).flatMap(({ path, text }) =>
    [...text.matchAll(/```mermaid\n([\s\S]*?)```/g)]
      .map((match) => ({ path, diagram: (match[1] ?? '').trim() }))
      .filter(({ diagram }) => diagram.includes('stateDiagram')),
  );

  test('every state diagram in a README is printed from its table', () => {
    const printed = new Set(allLifecycles.map((table) => toMermaid(table)));
    const drifted = diagrams.filter(({ diagram }) => !printed.has(diagram.replace(/^%%.*\n/, '')));
    expect(drifted.map(({ path, diagram }) => `${path}: ${diagram.split('\n')[0]} … print it with: npm run -s cli -- print-lifecycles`)).toEqual([]);
  });
});
