import { QueryTypes } from 'sequelize';
import { hours } from '../../support/fake-clock';
import { aMoment, openWorld, people, type World } from '../../support/rectification-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const refusedFor = (attempt: Promise<unknown>, guard: string) =>
  expect(attempt).rejects.toMatchObject({ kind: 'conflict', unmet: expect.arrayContaining([expect.objectContaining({ guard })]) });

describe('人员分离', () => {
  test('one person with every role does one part of a case and no other', async () => {
    const { jack } = people;
    const id = await world.open();
    await world.move(id, 'verify', {
      by: jack,
      input: { isTrue: true, isReasonable: true, outcome: 'IMMEDIATE_FIX', opinion: '属实', contact: { ...aMoment(world), result: 'REACHED' } },
    });
    await world.submitted(id);
    await refusedFor(world.move(id, 'approve', { by: jack }), 'notOwnWork');
    await refusedFor(world.move(id, 'sendBack', { by: jack, input: { reason: '再改' } }), 'notOwnWork');
    await world.approved(id);
    await expect(world.rectification.recordCallback(id, { ...aMoment(world), result: 'ACCEPTED' }, jack)).rejects.toMatchObject({ kind: 'forbidden' });
    await refusedFor(world.move(id, 'callbackPass', { by: jack, input: { callback: { ...aMoment(world), result: 'ACCEPTED' } } }), 'notOwnWork');
  });

  test('who reviewed does not call back, and handles no later round; who called does not review', async () => {
    const both = { ...people.supervisor, id: 'both', roles: ['RATING_SUPERVISOR', 'CALLBACK_AGENT'] as const };
    const id = await world.open();
    await world.verified(id);
    await world.submitted(id);
    await world.move(id, 'approve', { by: both });
    await refusedFor(world.move(id, 'callbackPass', { by: both, input: { callback: { ...aMoment(world), result: 'ACCEPTED' } } }), 'notReviewer');
    await world.move(id, 'redo', { by: people.caller, input: { reason: '仍有问题', callback: { ...aMoment(world), result: 'DISSATISFIED' } } });
    const formerReviewer = { ...people.handler, id: 'both' };
    await refusedFor(world.move(id, 'submit', { by: formerReviewer, input: { measures: '措施', finishedAt: world.now(), reply: '回复' } }), 'actorMayHandle');
    await world.submitted(id);
    const formerCaller = { ...people.supervisor, id: people.caller.id };
    await refusedFor(world.move(id, 'approve', { by: formerCaller }), 'notCaller');
  });

  test('the rated clerk neither sees nor handles the case', async () => {
    const id = await world.open({ proManager: '被评人' });
    await expect(world.rectification.getCase(id, people.clerk)).rejects.toMatchObject({ kind: 'missing' });
    const attempt = world.move(id, 'verify', {
      by: people.clerk,
      input: { isTrue: true, isReasonable: true, outcome: 'TIMED_FIX', opinion: '属实' },
      ifMatch: 1,
    });
    await expect(attempt).rejects.toMatchObject({ kind: 'missing' });
  });

  test('appeals are decided outside the rated unit by somebody who never handled the case', async () => {
    const id = await world.open();
    await world.verified(id);
    const attachment = await world.attach(id);
    await expect(world.move(id, 'appeal', { by: people.approver, input: { reason: '误评', attachmentIds: ['someone-elses'] } })).rejects.toMatchObject({
      kind: 'missing',
    });
    await world.move(id, 'appeal', { by: people.approver, input: { reason: '误评', attachmentIds: [attachment] } });
    const ruling = { category: 'MISTAKEN', basis: '办法第三条', opinion: '误评' } as const;
    await refusedFor(world.move(id, 'uphold', { by: people.insideJudge, input: ruling }), 'reviewerIsOutside');
    await refusedFor(world.move(id, 'uphold', { by: { ...people.judge, id: people.handler.id }, input: ruling }), 'reviewerIsOutside');
    await world.move(id, 'dismiss', { by: people.judge, input: { opinion: '不成立' } });
    await refusedFor(world.move(id, 'appeal', { by: people.approver, input: { reason: '再申诉', attachmentIds: [attachment] } }), 'notYetAppealed');
  });

  test('reassigning does not open the appeal to the unit that was rated', async () => {
    const id = await world.open({ deptCode: '11990100MB0000002X' });
    await world.move(id, 'reassign', { by: people.supervisor, input: { reason: '应由另一单位办理' } });
    await world.move(id, 'assign', { by: people.supervisor, input: { orgId: 'bureau' } });
    await world.verified(id);
    await world.move(id, 'appeal', { by: people.approver, input: { reason: '误评', attachmentIds: [await world.attach(id)] } });
    const ofRatedUnit = { ...people.judge, id: 'rated-judge', orgId: 'other', orgPath: '/province/city/other/' };
    await refusedFor(world.move(id, 'uphold', { by: ofRatedUnit, input: { category: 'MISTAKEN', basis: '条', opinion: '误评' } }), 'reviewerIsOutside');
  });
});

describe('评价人的身份', () => {
  test('is masked everywhere; who has to ring sees the number for a reason, on record; nobody else does', async () => {
    const id = await world.open();
    const request = { field: 'phone', reason: '联系核实' } as const;
    expect(await world.rectification.revealRater(id, request, people.handler)).toBe('+8613812345678');
    await expect(world.rectification.revealRater(id, request, people.caller)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(world.rectification.revealRater(id, request, people.stranger)).rejects.toMatchObject({ kind: 'missing' });
    await expect(world.rectification.revealRater(id, request, people.manager)).rejects.toMatchObject({ kind: 'forbidden' });
    const anonymous = await world.open({ named: false });
    await expect(world.rectification.revealRater(anonymous, request, people.handler)).rejects.toMatchObject({ kind: 'forbidden' });
    const [entry] = await world.temporary.database.sequelize.query<{ purpose: string }>(
      "SELECT purpose FROM audit WHERE action = 'rectification.revealRater'",
      { type: QueryTypes.SELECT },
    );
    expect(entry?.purpose).toBe('联系核实');
    const { rater } = await world.rectification.getCase(id, people.handler);
    expect(rater).toEqual({ name: '张*', phone: '138****5678' });
  });
});

describe('材料与期限的条件', () => {
  test('true and reasonable is not explained away, neither at the verification nor at the submission', async () => {
    const id = await world.open();
    const contact = { ...aMoment(world), result: 'REACHED' } as const;
    const verdict = { isTrue: true, isReasonable: true, opinion: '属实', contact };
    await refusedFor(world.move(id, 'verify', { by: people.handler, input: { ...verdict, outcome: 'EXPLANATION' } }), 'outcomeFitsFindings');
    await world.move(id, 'verify', { by: people.handler, input: { ...verdict, outcome: 'IMMEDIATE_FIX' } });
    await world.attach(id);
    const explained = { outcome: 'EXPLANATION', basis: '条', explanation: '说明', reply: '回复' } as const;
    await refusedFor(world.move(id, 'submit', { by: people.handler, input: explained }), 'outcomeFitsFindings');
  });

  test('what is still being done cannot be submitted as done', async () => {
    const id = await world.open();
    await world.verified(id, 'TIMED_FIX');
    await world.attach(id);
    const materials = { measures: '措施', reason: '理由', ledger: '台账', finishBy: '2026-10-20', reply: '回复' };
    const later = new Date(world.now().getTime() + hours(24));
    await refusedFor(world.move(id, 'submit', { by: people.handler, input: { ...materials, finishedAt: later } }), 'fixIsFinished');
    await world.move(id, 'submit', { by: people.handler, input: { ...materials, finishedAt: world.now() } });
  });

  test('three calls on one day, or always in the forenoon, do not count as having tried', async () => {
    const id = await world.open();
    await world.verified(id);
    await world.submitted(id);
    await world.approved(id);
    const call = () => world.rectification.recordCallback(id, { ...aMoment(world), result: 'NO_ANSWER' }, people.caller);
    const ahead = { ...aMoment(world), at: new Date(world.now().getTime() + hours(1)), result: 'NO_ANSWER' } as const;
    await expect(world.rectification.recordCallback(id, ahead, people.caller)).rejects.toMatchObject({ kind: 'invalid' });
    for (let index = 0; index < 3; index += 1) await call();
    await refusedFor(world.move(id, 'callbackPass', { by: people.caller }), 'callbackIsRecorded');
    world.temporary.clock.advance(hours(24));
    await call();
    await refusedFor(world.move(id, 'callbackPass', { by: people.caller }), 'callbackIsRecorded');
    world.temporary.clock.advance(hours(6));
    await call();
    await world.move(id, 'callbackPass', { by: people.caller });
    const report = await world.rectification.closureReport({}, people.supervisor);
    expect(report.figures.calledBack - report.figures.effectiveReached).toBe(1);
  });

  test('an extension comes once, before the due, within the limit, and keeps the first due', async () => {
    const id = await world.open();
    await world.verified(id, 'TIMED_FIX');
    const before = await world.rectification.getCase(id, people.supervisor);
    const input = { days: 10, reason: '涉及多部门', noticeMethod: 'PHONE' } as const;
    await world.move(id, 'extend', { by: people.supervisor, input });
    const after = await world.rectification.getCase(id, people.supervisor);
    expect(after.rectifyDueAt > before.rectifyDueAt).toBe(true);
    expect(after.firstDueAt).toBe(before.firstDueAt);
    await refusedFor(world.move(id, 'extend', { by: people.supervisor, input: { ...input, days: 1 } }), 'notYetExtended');
    const late = await world.open();
    await world.verified(late);
    world.temporary.clock.advance(hours(24 * 9));
    await refusedFor(world.move(late, 'extend', { by: people.supervisor, input }), 'beforeRectifyDue');
  });

  test('an appeal stops the clock and gives back exactly what was left', async () => {
    const id = await world.open();
    await world.verified(id, 'TIMED_FIX');
    const before = await world.rectification.getCase(id, people.supervisor);
    await world.move(id, 'appeal', { by: people.approver, input: { reason: '误评', attachmentIds: [await world.attach(id)] } });
    expect(await world.rectification.getCase(id, people.supervisor)).toMatchObject({ isPaused: true });
    const pausedFor = world.temporary.clock.now().getTime();
    world.temporary.clock.advance(hours(24));
    await world.move(id, 'dismiss', { by: people.judge, input: { opinion: '不成立' } });
    const after = await world.rectification.getCase(id, people.supervisor);
    const gained = Date.parse(after.rectifyDueAt) - Date.parse(before.rectifyDueAt);
    expect(gained).toBeGreaterThanOrEqual(0);
    expect(gained).toBeLessThanOrEqual(world.temporary.clock.now().getTime() - pausedFor + hours(72));
    expect(after.isPaused).toBe(false);
  });
});

describe('并发与旧版本', () => {
  test('twelve writers with the same version: one wins, the others learn the current version', async () => {
    const id = await world.open({ deptCode: '11990100MB0000009X' });
    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, () => world.move(id, 'assign', { by: people.supervisor, input: { orgId: 'bureau' }, ifMatch: 1 })),
    );
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
    for (const attempt of attempts) if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject({ kind: 'stale', facts: { currentVersion: 2 } });
    expect(await world.version(id)).toBe(2);
  });
});
