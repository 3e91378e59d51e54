import { QueryTypes } from 'sequelize';
import { systemActor } from '#kernel';
import { createFacts, platformChains, verifyChain } from '#platform';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

let temporary: TemporaryDatabase;

beforeAll(async () => {
  temporary = await openTemporaryDatabase();
});
afterAll(() => temporary.close());

const step = (version: number, subjectId = 'case-1') => ({
  subject: 'test',
  subjectId,
  version,
  action: 'go',
  from: version === 1 ? null : 'A',
  to: 'A',
  actor: systemActor,
  content: { opinion: '同意，𠮷祥' },
});

const chainReport = async (chain: string) => {
  const spec = platformChains(temporary.crypto).find((entry) => entry.chain === chain);
  if (spec === undefined) throw new Error(chain);
  return verifyChain(temporary.database, temporary.crypto, spec);
};

describe('工作单元', () => {
  test('trail, audit and outbox are written in the transaction of their cause, or not at all', async () => {
    const facts = createFacts(temporary.database);
    await expect(
      temporary.database.inTransaction(async (work) => {
        work.trail(step(1, 'lost'));
        work.announce({ name: 'test.lost', payload: {}, rooms: ['a'] });
        throw new Error('roll back');
      }),
    ).rejects.toThrow('roll back');
    await temporary.database.inTransaction(async (work) => {
      work.trail(step(1));
      work.audit({ actor: systemActor, action: 'test', objectType: 'case', objectId: 'case-1', result: 'done' });
      work.announce({ name: 'test.kept', payload: { id: 'case-1' }, rooms: ['a', 'b', 'a'] });
    });
    expect(await facts.numberOutbox(100)).toBe(1);
    const [fact] = await facts.after(0, 10);
    expect(fact).toMatchObject({
      seq: 1,
      name: 'test.kept',
      rooms: [
        { room: 'a', seq: 1 },
        { room: 'b', seq: 1 },
      ],
    });
  });

  test('forty parallel writers leave chains without a gap and rooms numbered without a hole', async () => {
    const facts = createFacts(temporary.database);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        temporary.database.inTransaction(async (work) => {
          work.trail(step(1, `parallel-${index}`));
          work.announce({ name: 'test.parallel', payload: { index }, rooms: ['a', index % 2 === 0 ? 'even' : 'odd'] });
        }),
      ),
    );
    expect(await facts.numberOutbox(15)).toBe(15);
    expect(await facts.numberOutbox(100)).toBe(25);
    const room = await facts.replay('a', 1, 200);
    expect(room?.map((fact) => fact.seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 2));
    expect((await facts.replay('even', 0, 200))?.length).toBe(20);
    expect(await facts.heads(['a', 'odd', 'quiet'])).toEqual({ a: 41, odd: 20, quiet: 0 });
    expect(await chainReport('trail')).toEqual({ chain: 'trail', rows: 41, fault: null });
    expect(await chainReport('audit')).toEqual({ chain: 'audit', rows: 1, fault: null });
  });

  test('a thousand facts of one transaction are all there, on the prepared way too', async () => {
    const facts = createFacts(temporary.database);
    const before = await facts.lastSeq();
    await temporary.database.inTransaction(async (work) => {
      for (let index = 0; index < 1_000; index += 1) work.announce({ name: 'test.many', payload: { index }, rooms: ['many'] });
      return Promise.resolve();
    });
    expect(await facts.numberOutbox(2_000)).toBe(1_000);
    expect(await facts.lastSeq()).toBe(before + 1_000);
    expect((await facts.heads(['many']))['many']).toBe(1_000);
  });

  test('the verifier names the first altered, the first removed row and a cut-off tail', async () => {
    const { sequelize } = temporary.database;
    const write = (sql: string, bind: unknown[]) =>
      temporary.database.inTransaction((work) => sequelize.query(sql, { bind, transaction: work.transaction, type: QueryTypes.RAW }));
    await write('UPDATE trail SET toState = $1 WHERE chainNo = $2', ['B', 7]);
    expect((await chainReport('trail')).fault).toMatchObject({ chainNo: 7, fault: 'altered' });
    await write('UPDATE trail SET toState = $1 WHERE chainNo = $2', ['A', 7]);
    await write('DELETE FROM trail WHERE chainNo = $1', [5]);
    expect((await chainReport('trail')).fault).toMatchObject({ chainNo: 5, fault: 'missing' });
    await write('DELETE FROM audit WHERE chainNo = $1', [1]);
    expect((await chainReport('audit')).fault).toMatchObject({ chainNo: 1, fault: 'head' });
  });
});
