import { createFacts } from '#platform';
import { hours } from '../../support/fake-clock';
import { aMoment, openWorld, people, type World } from '../../support/rectification-world';

let world: World;
beforeEach(async () => {
  // Monday; a named case is due after 1 + 5 working days, at the end of Tuesday the 20th.
  world = await openWorld('2026-10-12T01:00:00.000Z');
});
afterEach(() => world.close());

const october = { from: '2026-10-01', to: '2026-10-31' } as const;
const report = (query: object = october) => world.rectification.closureReport({ ...october, ...query }, people.supervisor);
const wait = (count: number) => world.temporary.clock.advance(hours(count));
const call = (result: 'ACCEPTED' | 'DISSATISFIED') => ({ callback: { ...aMoment(world), result } });

describe('闭环台账', () => {
  test('an empty period has no rate, not 0 and not 100', async () => {
    const empty = await report();
    expect(empty.figures.received).toBe(0);
    for (const rate of Object.values(empty.rates)) expect(rate.percent).toBeNull();
  });

  test('not yet due stands beside, becomes overdue by itself, and is late when it is closed', async () => {
    const id = await world.open();
    expect((await report()).figures).toMatchObject({ received: 1, due: 0, notYetDue: 1, shouldRectify: 0 });
    world.temporary.clock.set('2026-10-20T16:00:00.000Z');
    expect((await report()).figures).toMatchObject({ notYetDue: 1, overdueUnclosed: 0 });
    wait(0.001);
    const overdue = await report();
    expect(overdue.figures).toMatchObject({ due: 1, notYetDue: 0, overdueUnclosed: 1 });
    expect(overdue.rates.rectificationRate).toEqual({ numerator: 0, denominator: 1, percent: 0 });
    expect(overdue.ids.overdueUnclosed).toEqual([id]);
    await world.closed(id);
    const late = await report();
    expect(late.figures).toMatchObject({ closed: 1, closedLate: 1, closedInTime: 0 });
    expect(late.rates.rectificationRate.percent).toBe(100);
    expect(late.rates.onTimeRectificationRate.percent).toBe(0);
    expect(late.figures.verifiedInTime).toBe(0);
  });

  test('verifying after the deadline, redoing and reopening do not win the missed period back', async () => {
    const id = await world.open();
    world.temporary.clock.set('2026-10-27T01:00:00.000Z');
    await world.verified(id, 'TIMED_FIX');
    expect((await report()).figures).toMatchObject({ overdueUnclosed: 1, notYetDue: 0 });
    await world.submitted(id);
    await world.approved(id);
    await world.move(id, 'redo', { by: people.caller, input: { reason: '仍有问题', ...call('DISSATISFIED') } });
    expect((await report()).figures).toMatchObject({ overdueUnclosed: 1, notYetDue: 0, reopened: 1 });
    await world.submitted(id);
    await world.approved(id);
    await world.move(id, 'callbackPass', { by: people.caller, input: call('ACCEPTED') });
    await world.move(id, 'reopen', { by: people.supervisor, input: { reason: '抽查不实' } });
    expect((await report()).figures).toMatchObject({ overdueUnclosed: 1, closed: 0 });
    const detail = await world.rectification.getCase(id, people.supervisor);
    expect(detail.firstDueAt).toBe('2026-10-21T00:00:00.000+08:00');
  });

  test('what was closed in time and is reopened falls due anew', async () => {
    const id = await world.open();
    await world.closed(id);
    expect((await report()).figures).toMatchObject({ closedInTime: 1 });
    wait(24);
    await world.move(id, 'reopen', { by: people.supervisor, input: { reason: '抽查不实' } });
    const { figures } = await report();
    expect(figures).toMatchObject({ closed: 0, notYetDue: 1 });
  });

  test('excluded cases leave the denominator and stand beside it; anonymous ones are not in the call-back rate', async () => {
    const excluded = await world.open();
    await world.verified(excluded);
    await world.move(excluded, 'appeal', { by: people.approver, input: { reason: '误评', attachmentIds: [await world.attach(excluded)] } });
    expect((await report()).figures).toMatchObject({ paused: 1, notYetDue: 1 });
    await world.move(excluded, 'uphold', { by: people.judge, input: { category: 'MALICIOUS', basis: '条', opinion: '恶意' } });
    const anonymous = await world.open({ named: false });
    await world.closed(anonymous);
    const named = await world.open();
    await world.closed(named);
    const { figures, rates } = await report();
    expect(figures).toMatchObject({
      received: 3,
      due: 3,
      notAdopted: 1,
      shouldRectify: 2,
      closed: 2,
      callbackDenominator: 1,
      calledBack: 1,
      shouldReply: 1,
      replied: 1,
    });
    expect(rates.notAdoptedRate).toEqual({ numerator: 1, denominator: 3, percent: 33.33 });
    const parts = await report({ groupBy: 'channel' });
    expect(parts.groups).toMatchObject([{ key: 'HALL_TABLET', label: '大厅平板', figures: { received: 3 } }]);
    for (const groupBy of ['unit', 'region', 'item', 'month', 'level'] as const) {
      const grouped = await report({ groupBy });
      expect(grouped.groups.reduce((sum, group) => sum + group.figures.shouldRectify, 0)).toBe(2);
    }
  });

  test('an upheld appeal takes the rating out of the effective ones, once, and leaves the row as it came', async () => {
    const id = await world.open();
    await world.verified(id);
    await world.move(id, 'appeal', { by: people.approver, input: { reason: '误评', attachmentIds: [await world.attach(id)] } });
    await world.move(id, 'uphold', { by: people.judge, input: { category: 'MISTAKEN', basis: '条', opinion: '误评' } });
    const facts = createFacts(world.temporary.database);
    await facts.numberOutbox(100);
    const moved = (await facts.after(0, 100)).filter((fact) => fact.name === 'rectification.moved');
    for (const fact of [...moved, ...moved]) for (const reaction of world.ratings.reactions) await reaction.run(fact);
    const { items } = await world.ratings.listRatings({ limit: 10 }, people.supervisor);
    expect(items).toMatchObject([{ satisfaction: 'VERY_DISSATISFIED', auditStatus: 'NOT_ADOPTED', isEffective: false, rectificationId: id }]);
    await facts.numberOutbox(100);
    expect((await facts.after(0, 200)).filter((fact) => fact.name === 'rating.excluded')).toHaveLength(1);
  });

  test('every number opens exactly its cases, page by page, grouped or not', async () => {
    for (let index = 0; index < 5; index += 1) await world.open(index % 2 === 0 ? {} : { satisfaction: 2, evalDetail: '207' });
    const { figures } = await report();
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await world.rectification.closureCases({ ...october, figure: 'notYetDue', limit: 2, cursor }, people.supervisor);
      expect(page.count).toBe(figures.notYetDue);
      seen.push(...page.items.map((item) => item.id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(figures.notYetDue);
    const level = { ...october, figure: 'notYetDue', groupBy: 'level', group: 'DISSATISFIED', limit: 50 } as const;
    expect(await world.rectification.closureCases(level, people.supervisor)).toMatchObject({ count: 2, items: [{}, {}] });
  });

  test('a unit counts its own, a stranger nothing, an agent may not ask', async () => {
    await world.open();
    const approver = await world.rectification.closureReport(october, people.approver);
    expect(approver.figures.received).toBe(1);
    const stranger = await world.rectification.closureReport(october, people.stranger);
    expect(stranger.figures.received).toBe(0);
    expect((await world.rectification.closureReport(october, people.handler)).figures.received).toBe(1);
    await expect(world.rectification.closureReport(october, people.caller)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(report({ from: '2026-10-31', to: '2026-10-01' })).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('绕不过去', () => {
  test('the database itself refuses a closing without what closing needs', async () => {
    const id = await world.open();
    const { sequelize } = world.temporary.database;
    const force = (sql: string) => world.temporary.database.inTransaction((work) => sequelize.query(sql, { transaction: work.transaction }));
    await expect(force(`UPDATE rectification SET state = 'CLOSED', closedAt = 1 WHERE id = '${id}'`)).rejects.toThrow();
    await expect(force(`UPDATE rectification SET state = 'CLOSED_NOT_ADOPTED', closedAt = 1 WHERE id = '${id}'`)).rejects.toThrow();
    await expect(force(`UPDATE rectification SET closedAt = 1 WHERE id = '${id}'`)).rejects.toThrow();
  });

  test('the verifier finds a removed case, a cut trail and a person in two parts', async () => {
    const id = await world.open();
    await world.closed(id);
    const { sequelize } = world.temporary.database;
    const run = (sql: string) => world.temporary.database.inTransaction((work) => sequelize.query(sql, { transaction: work.transaction }));
    const broken = async () =>
      (await world.rectification.verify()).filter((finding) => finding.offending.length > 0).map((finding) => finding.invariant.slice(0, 4));
    expect(await broken()).toEqual([]);
    await run(`UPDATE rectification_hand SET staffId = 'handler' WHERE part = 'REVIEWER'`);
    expect(await broken()).toEqual(['I-05']);
    await run(`DELETE FROM trail WHERE subject = 'rectification' AND version = 3`);
    expect(await broken()).toEqual(['I-05', 'I-09']);
    await run(`DELETE FROM rectification_rating`);
    expect(await broken()).toEqual(['I-03', 'I-03', 'I-05', 'I-09']);
  });
});
