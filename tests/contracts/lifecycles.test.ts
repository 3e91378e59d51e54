import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyLifecycle, inputOf, NEW, PREVIOUS, type RowSpec } from '#contracts/lifecycles/lifecycle';
import { rectificationLifecycle } from '#contracts/lifecycles/rectification.lifecycle';

const folder = join(__dirname, '../../services/contracts/lifecycles');

const isTable = (value: unknown): value is AnyLifecycle =>
  typeof value === 'object' && value !== null && 'rows' in value && 'guards' in value && 'states' in value;

/** Every table there is, so that a new one is tested without being listed. */
const tables = readdirSync(folder)
  .filter((file) => file.endsWith('.lifecycle.ts'))
  .flatMap((file) => Object.values(jest.requireActual<Record<string, unknown>>(join(folder, file))).filter(isTable))
  .map((table) => [table.name, table] as const);

const targetsOf = (row: RowSpec): readonly string[] => (row.to === PREVIOUS ? [] : [row.to]);

const reachable = (table: AnyLifecycle, without: readonly string[] = []): ReadonlySet<string> => {
  const seen = new Set(table.starts.filter((state) => !without.includes(state)));
  for (const state of seen) {
    const next = table.rows.filter((row) => row.from.includes(state)).flatMap(targetsOf);
    for (const to of next.filter((target) => !without.includes(target))) seen.add(to);
  }
  return seen;
};

const assignments = (guards: readonly string[]): readonly Record<string, boolean>[] =>
  Array.from({ length: 2 ** guards.length }, (_, bits) => Object.fromEntries(guards.map((guard, at) => [guard, Boolean((bits >> at) & 1)])));

const isOpen = (row: RowSpec, facts: Record<string, boolean>): boolean =>
  (row.when ?? []).every((guard) => facts[guard] === true) && (row.unless ?? []).every((guard) => facts[guard] !== true);

describe.each(tables)('状态表 %s', (_name, table) => {
  test('every state can be reached from a start', () => {
    expect([...reachable(table)].sort()).toEqual(Object.keys(table.states).sort());
  });

  test('no state is a dead end unless it is final', () => {
    const stuck = Object.entries(table.states).filter(([state, spec]) => spec.final !== true && !table.rows.some((row) => row.from.includes(state)));
    expect(stuck.map(([state]) => state)).toEqual([]);
  });

  test('a start is entered by a row that creates', () => {
    const created = table.rows.filter((row) => row.from.includes(NEW)).map((row) => row.to);
    expect(table.starts.filter((state) => !created.includes(state))).toEqual([]);
  });

  test('every guard and every field is used', () => {
    const guards = new Set(table.rows.flatMap((row) => [...(row.when ?? []), ...(row.unless ?? [])]));
    const fields = new Set(table.rows.flatMap((row) => [...(row.needs ?? []), ...(row.takes ?? [])]));
    expect(Object.keys(table.guards).filter((guard) => !guards.has(guard))).toEqual([]);
    expect(Object.keys(table.fields).filter((field) => !fields.has(field))).toEqual([]);
  });

  test('for no state, action and answer of the guards are two rows with different targets open to one person', () => {
    for (const from of [NEW, ...Object.keys(table.states)]) {
      const leaving = table.rows.filter((row) => row.from.includes(from));
      for (const action of new Set(leaving.map((row) => row.on))) {
        const rows = leaving.filter((row) => row.on === action);
        if (rows.length === 1) continue;
        const guards = [...new Set(rows.flatMap((row) => [...(row.when ?? []), ...(row.unless ?? [])]))];
        expect(guards.length).toBeLessThan(14);
        for (const performer of new Set(rows.flatMap((row) => row.by))) {
          const own = rows.filter((row) => row.by.includes(performer));
          const doubles = assignments(guards).filter((facts) => own.filter((row) => isOpen(row, facts)).length > 1);
          expect({ from, action, performer, doubles }).toEqual({ from, action, performer, doubles: [] });
        }
      }
    }
  });

  test('the rows of one action ask for the same fields, and its schema is closed', () => {
    for (const action of new Set(table.rows.map((row) => row.on))) {
      const needs = table.rows.filter((row) => row.on === action).map((row) => [...(row.needs ?? [])].sort().join());
      expect(new Set(needs).size).toBe(1);
      expect(inputOf(table, action).safeParse({ nobodyAskedForThis: 1 }).success).toBe(false);
    }
  });
});

describe('整改单不可绕过的环节', () => {
  test.each(['PENDING_VERIFY', 'RECTIFYING', 'PENDING_REVIEW'])('without %s nothing can be closed', (gate) => {
    expect(reachable(rectificationLifecycle, [gate]).has('CLOSED')).toBe(false);
  });

  test('only an upheld appeal excludes', () => {
    const rows = rectificationLifecycle.rows.filter((row) => row.to === 'CLOSED_NOT_ADOPTED');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ on: 'uphold', from: ['APPEALING'], by: ['APPEAL_REVIEWER'] });
    expect(reachable(rectificationLifecycle, ['APPEALING']).has('CLOSED_NOT_ADOPTED')).toBe(false);
  });

  test('there is no forced closing, no deleting, no change of the level', () => {
    const actions = new Set<string>(rectificationLifecycle.rows.map((row) => row.on));
    for (const absent of ['forceClose', 'delete', 'changeLevel', 'closeAll']) expect(actions.has(absent)).toBe(false);
  });

  test('a named rating is closed through the call-back only', () => {
    const closing = rectificationLifecycle.rows.filter((row) => row.to === 'CLOSED' && row.from.some((state) => state !== 'PENDING_CALLBACK'));
    expect(closing.map((row) => ('unless' in row ? row.unless : []))).toEqual([['raterIsNamed']]);
  });
});
