import { hours } from '../../support/fake-clock';
import { openWorld, people, type World } from '../../support/rectification-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const supervisor = people.supervisor;
const clean = async () => {
  for (const finding of [...(await world.rectification.verify()), ...(await world.ratings.verify())]) expect(finding).toMatchObject({ offending: [] });
};

describe('差评整改：从入库到办结', () => {
  test('a named bad rating is verified, fixed, reviewed, called back and closed; the ledger shows 100%', async () => {
    const id = await world.open();
    const opened = await world.rectification.getCase(id, supervisor);
    expect(opened).toMatchObject({
      state: 'PENDING_VERIFY',
      version: 1,
      caseNo: expect.stringMatching(/^R20261012\d{6}$/),
      organization: { id: 'bureau' },
      rater: { name: '张*', phone: '138****5678' },
    });
    expect(opened.missingForClosure.filter((check) => !check.done).map((check) => check.key)).toEqual([
      'contact',
      'verified',
      'outcome',
      'measures',
      'evidence',
      'reply',
      'callback',
      'review',
    ]);
    world.temporary.clock.advance(hours(1));
    await world.closed(id);
    const closed = await world.rectification.getCase(id, supervisor);
    expect(closed).toMatchObject({ state: 'CLOSED', version: 5, closedDissatisfied: false, isOverdue: false });
    expect(closed.missingForClosure.every((check) => check.done)).toBe(true);
    expect(closed.timeline.filter((entry) => entry.kind === 'MOVE').map((entry) => entry.label)).toEqual([
      '差评入库待核实',
      '提交核实',
      '提交审核',
      '审核通过',
      '回访办结',
    ]);
    const report = await world.rectification.closureReport({ from: '2026-10-01', to: '2026-10-31' }, supervisor);
    expect(report.figures).toMatchObject({
      received: 1,
      due: 1,
      shouldRectify: 1,
      closed: 1,
      closedInTime: 1,
      overdueUnclosed: 0,
      calledBack: 1,
      effectiveReached: 1,
      replied: 1,
    });
    expect(report.rates.rectificationRate).toEqual({ numerator: 1, denominator: 1, percent: 100 });
    expect(report.ids.closed).toEqual([id]);
    await clean();
  });

  test('an anonymous one is closed by the review', async () => {
    const id = await world.open({ named: false });
    await world.closed(id);
    expect(await world.state(id)).toBe('CLOSED');
    await clean();
  });

  test('an unknown unit waits to be assigned; reassigning does not reset its clocks', async () => {
    const id = await world.open({ deptCode: '11990100MB0000009X' });
    const before = await world.rectification.getCase(id, supervisor);
    expect(before).toMatchObject({ state: 'PENDING_ASSIGN', organization: null });
    await expect(world.move(id, 'assign', { by: supervisor, input: { orgId: 'gone' } })).rejects.toMatchObject({
      kind: 'conflict',
      unmet: [{ guard: 'unitIsActive' }],
    });
    await world.move(id, 'assign', { by: supervisor, input: { orgId: 'other' } });
    world.temporary.clock.advance(hours(2));
    await world.move(id, 'reassign', { by: supervisor, input: { reason: '应由另一单位办理' } });
    await world.move(id, 'assign', { by: supervisor, input: { orgId: 'bureau' } });
    const after = await world.rectification.getCase(id, supervisor);
    expect(after.dueAt).toBe(before.dueAt);
    expect(after.rectifyDueAt).toBe(before.rectifyDueAt);
    await world.closed(id);
    await clean();
  });
});

test('a page of the list costs a fixed number of queries, and open cases stand before closed ones', async () => {
  const closed = await world.open();
  await world.closed(closed);
  const countOf = async (limit: number): Promise<number> => {
    const query = jest.spyOn(world.temporary.database.sequelize, 'query');
    await world.rectification.listCases({ limit, sort: 'timeLost' }, supervisor);
    const calls = query.mock.calls.length;
    query.mockRestore();
    return calls;
  };
  for (let index = 0; index < 8; index += 1) await world.open();
  expect(await countOf(6)).toBe(await countOf(2));
  expect(await countOf(6)).toBeLessThanOrEqual(12);
  const all = await world.rectification.listCases({ limit: 50, sort: 'timeLost' }, supervisor);
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await world.rectification.listCases({ limit: 3, sort: 'timeLost', cursor }, supervisor);
    seen.push(...page.items.map((item) => item.id));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(all.items.map((item) => item.id));
  expect(all.items.findIndex((item) => item.state === 'CLOSED')).toBe(all.items.filter((item) => item.state !== 'CLOSED').length);
});
