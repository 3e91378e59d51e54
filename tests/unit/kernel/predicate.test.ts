import fc from 'fast-check';
import { DataTypes } from 'sequelize';
import { matches, type Predicate } from '#kernel';
import { column, insertRows, tableOptions, toWhere } from '#platform';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

let temporary: TemporaryDatabase;

const rows = Array.from({ length: 24 }, (_, index) => ({
  id: `r${index}`,
  orgPath: index % 5 === 0 ? null : `/root/${'abc'[index % 3]}/${index % 2 === 0 ? 'x' : 'y'}/`,
  isSecret: index % 4 === 0,
  level: index % 3,
  owner: `s${index % 6}`,
}));
const sides = rows.flatMap((row, index) => [
  { id: `${row.id}-1`, caseId: row.id, orgPath: `/root/${'abc'[(index + 1) % 3]}/x/`, handlerId: `h${index % 4}` },
  ...(index % 2 === 0 ? [{ id: `${row.id}-2`, caseId: row.id, orgPath: '/root/c/y/', handlerId: null }] : []),
]);

const define = () => {
  const { sequelize } = temporary.database;
  const model = sequelize.define(
    'predicate_case',
    { id: column.id(), orgPath: { type: DataTypes.STRING(80), allowNull: true }, isSecret: column.flag(), level: column.number(), owner: column.ref() },
    tableOptions,
  );
  const side = sequelize.define(
    'predicate_side',
    { id: column.id(), caseId: column.ref(), orgPath: column.ref(), handlerId: column.refOrNull() },
    tableOptions,
  );
  return { model, side };
};
let model: ReturnType<typeof define>['model'];

beforeAll(async () => {
  temporary = await openTemporaryDatabase();
  const defined = define();
  model = defined.model;
  await defined.model.sync();
  await defined.side.sync();
  await temporary.database.inTransaction(async ({ transaction }) => {
    await insertRows(temporary.database.sequelize, 'predicate_case', { rows, transaction });
    await insertRows(temporary.database.sequelize, 'predicate_side', { rows: sides, transaction });
  });
});
afterAll(() => temporary.close());

const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  fc.constantFrom<Predicate>({ field: 'isSecret', is: true }, { field: 'isSecret', is: false }, { field: 'orgPath', is: null }, { all: [] }, { any: [] }),
  fc.constantFrom('/root/', '/root/a/', '/root/b/x/', '/root/c/y/').map((under): Predicate => ({ field: 'orgPath', under })),
  fc.subarray([0, 1, 2]).map((list): Predicate => ({ field: 'level', in: list })),
  fc.constantFrom('s0', 's3', 'nobody').map((owner): Predicate => ({ field: 'owner', is: owner })),
  fc.constantFrom('/root/a/', '/root/c/').map((under): Predicate => ({ some: 'sides', matches: { field: 'orgPath', under } })),
  fc.constantFrom('h0', 'h2').map((handler): Predicate => ({ some: 'sides', matches: { all: [{ field: 'handlerId', is: handler }] } })),
);
const tree: fc.Arbitrary<Predicate> = fc.letrec<{ node: Predicate }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }).map((all): Predicate => ({ all })),
    fc.array(tie('node'), { maxLength: 3 }).map((any): Predicate => ({ any })),
    tie('node').map((not): Predicate => ({ not })),
  ),
})).node;

describe('security I-14: one answer in memory and in the database', () => {
  test('a random condition selects the same rows by SQL and by matches', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (predicate) => {
        const found = await model.findAll({
          attributes: ['id'],
          where: toWhere(temporary.database.sequelize, predicate, { sides: { table: 'predicate_side', foreignKey: 'caseId' } }),
          raw: true,
        });
        const expected = rows.filter((row) => matches(predicate, { ...row, sides: sides.filter((side) => side.caseId === row.id) }));
        expect(found.map((row) => (row as unknown as { id: string }).id).sort()).toEqual(expected.map((row) => row.id).sort());
      }),
      { numRuns: 300 },
    );
  });
});
