import { QueryTypes } from 'sequelize';
import { createIds, systemActor } from '#kernel';
import { createPolicy } from '#identity';
import { verifyChain } from '#platform';
import { createRatings, type BadRating, type Ratings } from '#ratings';
import { aBadRating, aRating, aStaff, parsed, type RawRating } from '../../support/ratings';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

let temporary: TemporaryDatabase;
let ratings: Ratings;
let opened: BadRating[] = [];
const unit = { id: 'bureau', path: '/province/city/bureau/' };

beforeAll(async () => {
  temporary = await openTemporaryDatabase();
  const { database, crypto, clock } = temporary;
  ratings = createRatings({
    database,
    crypto,
    ids: createIds(clock),
    policy: createPolicy(),
    organizations: {
      byDeptCodes: (codes) => Promise.resolve(new Map(codes.filter((code) => code === '11990100MB0000001X').map((code) => [code, unit]))),
      pathOf: (id) => Promise.resolve(id === unit.id ? unit.path : null),
    },
    staff: { findClerk: () => Promise.resolve(null) },
    openCases: (_work, bad) => {
      opened.push(...bad);
      return Promise.resolve(bad.map((rating) => `case-of-${rating.projectNo}`));
    },
  });
});
afterAll(() => temporary.close());
beforeEach(() => {
  opened = [];
});

const receive = (raw: RawRating) => ratings.receive(parsed(raw), systemActor);
const countOf = async (table: string): Promise<number> => {
  const [row] = await temporary.database.sequelize.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`, { type: QueryTypes.SELECT });
  return row?.n ?? 0;
};

describe('评价入库', () => {
  test('the same delivery again is answered with the first receipt and stores nothing', async () => {
    const raw = aBadRating();
    const first = await receive(raw);
    const before = await countOf('rating');
    expect(first.kind).toBe('accepted');
    expect(await receive(raw)).toEqual({ kind: 'replayed', receipt: first.receipt });
    expect(await receive({ ...raw, codeSystem: 'GB39046', satisfaction: 5, caseType: 2 })).toEqual({ kind: 'replayed', receipt: first.receipt });
    expect(await countOf('rating')).toBe(before);
    expect(opened).toHaveLength(1);
  });

  test('forty deliveries of one rating at the same time leave one row and one receipt', async () => {
    const raw = aBadRating();
    const answers = await Promise.all(Array.from({ length: 40 }, () => receive(raw)));
    expect(new Set(answers.map((answer) => answer.receipt.receiptCode)).size).toBe(1);
    expect(answers.filter((answer) => answer.kind === 'accepted')).toHaveLength(1);
  });

  test('other content under the same key is set aside with a receipt of its own; a bad one opens a case (I-16)', async () => {
    const good = aRating();
    const first = await receive(good);
    const bad = aBadRating({ projectNo: good.projectNo });
    const second = await receive(bad);
    expect(second).toMatchObject({ kind: 'quarantined', isReplay: false, receipt: { reason: 'CONFLICT', rectificationId: `case-of-${good.projectNo}` } });
    expect(second.receipt.receiptCode).not.toBe(first.receipt.receiptCode);
    expect(await receive(bad)).toEqual({ ...second, isReplay: true });
    expect(opened.map((rating) => rating.origin.kind)).toEqual(['quarantine']);
    const supervisor = aStaff({ roles: ['RATING_SUPERVISOR'] });
    const page = await ratings.listQuarantined({ limit: 10 }, supervisor);
    expect(page.items[0]).toMatchObject({ reason: 'CONFLICT', isBad: true, ratingId: (first.receipt as { id: string }).id });
  });

  test('a tag of another level sets the whole row aside and opens nothing', async () => {
    const answer = await receive(aRating({ codeSystem: 'GB39046', satisfaction: 5, evalDetail: '510' }));
    expect(answer).toMatchObject({ kind: 'quarantined', receipt: { reason: 'CODE_SYSTEM_MISMATCH', rectificationId: null } });
    expect(opened).toEqual([]);
  });

  test('a follow-up needs its first rating, whatever order a batch has', async () => {
    const first = aRating();
    const followUp = aBadRating({ projectNo: first.projectNo, assessNumber: 2 });
    await expect(receive(followUp)).rejects.toMatchObject({ kind: 'invalid', code: 'rating/first-missing' });
    const answer = await ratings.receiveBatch([followUp, first], systemActor);
    expect(answer).toMatchObject({ accepted: 2, rejected: 0 });
    expect(opened.map((rating) => rating.projectNo)).toEqual([first.projectNo]);
  });

  test('one bad row never spoils the others; every row has its answer at its place', async () => {
    const twin = aRating();
    const answer = await ratings.receiveBatch(
      [aRating(), { nonsense: true }, twin, twin, aRating({ satisfaction: 9 }), aRating({ projectNo: twin.projectNo, satisfaction: 4 }), 7],
      systemActor,
    );
    expect(answer.results.map((result) => result.status)).toEqual(['accepted', 'rejected', 'accepted', 'replayed', 'rejected', 'quarantined', 'rejected']);
    expect(answer.results.map((result) => result.index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(answer.results[3]?.receiptCode).toBe(answer.results[2]?.receiptCode);
    expect(answer.results[1]?.problem?.errors[0]?.path).toMatch(/^\//);
    expect(answer).toMatchObject({ accepted: 2, replayed: 1, quarantined: 1, rejected: 3 });
  });

  test('real name, default, bad and effective are derived', async () => {
    const supervisor = aStaff({ roles: ['RATING_SUPERVISOR'] });
    const view = async (raw: RawRating) => ratings.getRating(((await receive(raw)).receipt as { id: string }).id, supervisor);
    expect(await view(aBadRating())).toMatchObject({ isRealName: true, isBad: true, isEffective: true, rater: { name: '张*', phone: '138****5678' } });
    expect(await view(aBadRating({ named: false }))).toMatchObject({ isRealName: false, isBad: true });
    expect(await view(aBadRating({ isAnonymous: true }))).toMatchObject({ isRealName: false });
    expect(await view(aRating({ channel: 7 }))).toMatchObject({ isDefault: true, isEffective: false });
    expect(await view(aRating({ certNo: '990101199001010011', userName: '李四' }))).toMatchObject({ isRealName: true });
    expect(await view(aRating({ certNo: '990101199001010011', identityVerified: false }))).toMatchObject({ isRealName: false });
  });

  test('a phone rating waits as 待报送', async () => {
    await receive(aRating({ channel: 'PHONE' }));
    expect(await countOf('rating_report')).toBe(1);
  });

  test('no personal data lies in the clear, and the chain names an altered row', async () => {
    const { database, crypto } = temporary;
    const rows = await database.sequelize.query('SELECT * FROM rating', { type: QueryTypes.SELECT });
    expect(JSON.stringify(rows)).not.toMatch(/13812345678|张三丰|户口本/);
    const [spec] = ratings.chains;
    if (spec === undefined) throw new Error('no chain');
    expect((await verifyChain(database, crypto, spec)).fault).toBeNull();
    const run = (sql: string) => database.inTransaction((work) => database.sequelize.query(sql, { transaction: work.transaction }));
    await run("UPDATE rating SET nameSealed = '', phoneSealed = '', certSealed = '', wordsSealed = '' WHERE chainNo = 1");
    expect((await verifyChain(database, crypto, spec)).fault).toBeNull();
    await run("UPDATE rating SET level = 'SATISFIED' WHERE chainNo = 2");
    expect((await verifyChain(database, crypto, spec)).fault).toMatchObject({ chainNo: 2, fault: 'altered' });
  });

  test('only who may import takes in', async () => {
    await expect(ratings.receive(parsed(aRating()), aStaff({ roles: ['AGENT'] }))).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
