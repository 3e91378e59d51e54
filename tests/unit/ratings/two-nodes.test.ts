import { QueryTypes } from 'sequelize';
import { systemActor } from '#kernel';
import { createRatings, type Ratings } from '#ratings';
import { createPolicy } from '#identity';
import { createIds } from '#kernel';
import { createDatabase } from '#platform';
import { aBadRating, aRating, parsed } from '../../support/ratings';
import { openWorld, type World } from '../../support/rectification-world';

/** Two intakes that know nothing of each other, as on two machines; on a server database over connections of their own. */
let world: World;
let nodes: readonly Ratings[];
let closeSecond = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  world = await openWorld();
  const { database, crypto, clock } = world.temporary;
  const url = process.env['TEST_DATABASE_URL'];
  const ids = createIds(clock);
  const second = url === undefined ? database : createDatabase({ url, file: '', clock, ids, crypto });
  if (url !== undefined) closeSecond = () => second.close();
  const directory = {
    organizations: { byDeptCodes: () => Promise.resolve(new Map()), pathOf: () => Promise.resolve(null) },
    staff: { findClerk: () => Promise.resolve(null) },
  };
  const node = (own: typeof database): Ratings =>
    createRatings({ database: own, ids, crypto, policy: createPolicy(), ...directory, openCases: world.rectification.openCases });
  nodes = [node(database), node(second)];
});
afterAll(async () => {
  await closeSecond();
  await world.close();
});

const countOf = async (table: string): Promise<number> => {
  const [row] = await world.temporary.database.sequelize.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`, { type: QueryTypes.SELECT });
  return row?.n ?? 0;
};

test('the same ratings at two nodes at once: each stored once, each bad one with one case, one receipt for all', async () => {
  const raws = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? aBadRating() : aRating()));
  const answers = await Promise.all(
    raws.flatMap((raw) =>
      [0, 1, 0, 1].map((at) => (nodes[at] ?? world.ratings).receive(parsed(raw), systemActor).then((answer) => ({ key: raw.projectNo, answer }))),
    ),
  );
  for (const raw of raws) {
    const own = answers.filter((entry) => entry.key === raw.projectNo);
    expect(new Set(own.map((entry) => entry.answer.receipt.receiptCode)).size).toBe(1);
    expect(own.filter((entry) => entry.answer.kind === 'accepted')).toHaveLength(1);
  }
  expect(await countOf('rating')).toBe(60);
  expect(await countOf('rectification')).toBe(20);
  for (const finding of [...(await world.rectification.verify()), ...(await world.ratings.verify())]) expect(finding).toMatchObject({ offending: [] });
});

test('a good one and a bad one for the same key at the same time: both kept, the bad one has its case, whoever came first', async () => {
  const good = aRating();
  const bad = aBadRating({ projectNo: good.projectNo });
  const [first, second] = await Promise.all([nodes[0]?.receive(parsed(good), systemActor), nodes[1]?.receive(parsed(bad), systemActor)]);
  expect([first?.kind ?? '', second?.kind ?? ''].sort((a, b) => a.localeCompare(b))).toEqual(['accepted', 'quarantined']);
  expect(second?.receipt.rectificationId).toEqual(expect.any(String));
});

test('batches of two nodes that overlap', async () => {
  const shared = Array.from({ length: 80 }, () => aBadRating());
  const [one, two] = await Promise.all([nodes[0]?.receiveBatch(shared, systemActor), nodes[1]?.receiveBatch([...shared].reverse(), systemActor)]);
  expect((one?.accepted ?? 0) + (two?.accepted ?? 0)).toBe(80);
  expect((one?.replayed ?? 0) + (two?.replayed ?? 0)).toBe(80);
});
