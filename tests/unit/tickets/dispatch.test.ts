import { openTicketTestBed, type TicketTestBed } from '../../support/tickets';
import { aResult, driverOf, type TicketDriver } from '../../support/ticket-states';
import { days } from '../../support/fake-clock';

let bed: TicketTestBed;
let drive: TicketDriver;
beforeAll(async () => {
  bed = await openTicketTestBed();
  drive = driverOf(bed);
});
afterAll(async () => {
  expect((await bed.tickets.verifyTickets()).flatMap((finding) => finding.offending)).toEqual([]);
  await bed.close();
});

const unmet = (...guards: string[]) => ({ kind: 'conflict', unmet: guards.map((guard) => ({ guard })) });
const lead = { orgId: 'org-lz-urban', role: 'LEAD' as const };
const co = { orgId: 'org-lz-housing', role: 'CO' as const };

describe('派单', () => {
  test.each([
    ['two leads', [lead, { orgId: 'org-lz-hsa', role: 'LEAD' as const }], 'leadIsSingle'],
    ['no lead', [co], 'leadIsSingle'],
    ['one unit twice', [lead, { ...lead, role: 'CO' as const }], 'unitsAreDistinct'],
    ['a unit that is not there', [{ orgId: 'org-nobody', role: 'LEAD' as const }], 'unitsAreActive'],
    ['a handler of another unit', [{ ...lead, handlerId: 'stf-handler-hsa' }], 'handlersBelong'],
  ])('%s is refused', async (_what, units, guard) => {
    const id = await drive.accepted();
    await expect(drive.move(id, 'dispatch', { input: { units } })).rejects.toMatchObject(unmet(guard));
    expect((await bed.view(id)).subOrders).toEqual([]);
  });

  test('a report never reaches the accused unit or anything below it, nor its people', async () => {
    const report = { type: 'REPORT' as const, accusedOrgId: 'org-lz-hrss', details: { clues: '收受礼品' } };
    const id = await drive.accepted(report);
    const named = { orgId: 'org-lz-hrss-hall', role: 'CO' as const, handlerId: 'stf-clerk-hrss' };
    await expect(drive.move(id, 'dispatch', { input: { units: [{ ...lead, handlerId: 'stf-handler-urban' }, named] } })).rejects.toMatchObject(
      unmet('accusedIsAvoided'),
    );
    await expect(drive.move(id, 'dispatch', { input: { units: [lead] } })).rejects.toMatchObject(unmet('handlersAreNamed'));
    await drive.move(id, 'dispatch', { input: { units: [{ ...lead, handlerId: 'stf-handler-urban' }] } });
    await expect(bed.view(id, 'approver.hrss')).rejects.toMatchObject({ kind: 'missing' });
    await expect(bed.view(id, 'handler2.urban')).rejects.toMatchObject({ kind: 'missing' });
    expect((await bed.view(id, 'handler.urban')).isSecret).toBe(true);
    const listed = await bed.tickets.listTickets({ limit: 50, sort: 'newest' }, bed.as('handler.hrss'));
    expect(listed.items).toEqual([]);
    expect((await bed.tickets.countStages({}, bed.as('handler.hrss'))).total).toBe(0);
  });

  test('a plain complaint may be handled by the unit, not by the person', async () => {
    const more = {
      type: 'COMPLAINT' as const,
      accusedOrgId: 'org-lz-urban',
      accusedStaffId: 'stf-handler-urban',
      details: { conduct: '态度差', occurredOn: '2026-10-08', demand: '道歉' },
    };
    const id = await drive.dispatched([lead], more);
    await expect(drive.work(id, 'sign', { by: 'handler.urban' })).rejects.toMatchObject({ kind: 'missing' });
    expect((await drive.work(id, 'sign', { by: 'handler2.urban' })).subOrder.handlerId).toBe('stf-handler2-urban');
  });

  test('a period of law is longer than the promise and names its basis', async () => {
    const id = await drive.accepted();
    const input = (amount: number) => ({ units: [lead], statutoryLimit: { amount, unit: 'NATURAL_DAY' as const, basis: '条例第八条' } });
    await expect(drive.move(id, 'dispatch', { input: input(1) })).rejects.toMatchObject(unmet('limitIsFounded'));
    await drive.move(id, 'dispatch', { input: input(60) });
    const handle = (await bed.view(id)).deadlines.find((row) => row.clock === 'handle' && row.subOrderId === null);
    expect(handle).toMatchObject({ amount: 60, unit: 'NATURAL_DAY' });
  });

  test.each([
    [{ urgency: 'EMERGENCY' as const }, 'handle', 2, 'HOUR'],
    [{ urgency: 'URGENT' as const }, 'sign', 2, 'HOUR'],
    [{}, 'handle', 5, 'WORKING_DAY'],
    [{ type: 'CONSULT' as const, details: { matter: '问' } }, 'handle', 2, 'WORKING_DAY'],
    [{ type: 'CONSULT' as const, details: { matter: '问' }, isComplex: true }, 'handle', 15, 'NATURAL_DAY'],
  ])('%j: %s within %i %s', async (more, clock, amount, unit) => {
    const id = await drive.dispatched([lead], more);
    expect((await bed.view(id)).deadlines.find((row) => row.clock === clock)).toMatchObject({ amount, unit });
  });
});

describe('退单', () => {
  const reason = { reason: '不属本单位职责', suggestedOrgId: 'org-lz-hsa' };

  test('an approved return of the lead brings the ticket back; signed co-handlers stay, the others are called off, the clock goes on', async () => {
    const id = await drive.inProgress([lead, co, { orgId: 'org-lz-hsa', role: 'CO' }]);
    await drive.work(id, 'sign', { by: 'handler.housing' });
    const { dueAt } = (await bed.view(id)).deadlines.find((row) => row.clock === 'handle' && row.subOrderId === null)!;
    await drive.work(id, 'requestReturn', { by: 'handler.urban', input: reason });
    await expect(drive.move(id, 'merge', { input: { targetId: await drive.accepted() } })).rejects.toMatchObject(unmet('returnsAreRuled'));
    await drive.work(id, 'approveReturn', { by: 'dispatcher1', org: 'org-lz-urban' });
    const back = await bed.view(id);
    expect(back).toMatchObject({ state: 'PENDING_DISPATCH', clock: 'dispatch', counts: { returned: 1 } });
    expect(back.subOrders.map((entry) => [entry.orgId, entry.state])).toEqual([
      ['org-lz-urban', 'RETURNED'],
      ['org-lz-housing', 'PROCESSING'],
      ['org-lz-hsa', 'CANCELLED'],
    ]);
    await drive.move(id, 'dispatch', { by: 'dispatcher2', input: { units: [{ orgId: 'org-lz-fund', role: 'LEAD' }] } });
    const anew = await bed.view(id);
    expect(anew.subOrders).toHaveLength(4);
    expect(anew.subOrders[3]).toMatchObject({ number: `${anew.number}-S04`, role: 'LEAD' });
    expect(anew.deadlines.filter((row) => row.clock === 'handle' && row.subOrderId === null)).toMatchObject([{ dueAt, stoppedAt: null }]);
  });

  test('after a ruling it may not be returned again', async () => {
    const id = await drive.inProgress();
    await drive.work(id, 'requestReturn', { by: 'handler.urban', input: reason });
    const { subOrder } = await drive.work(id, 'denyReturn', { by: 'dispatcher1', org: 'org-lz-urban', input: { opinion: '属你单位职责' } });
    expect(subOrder).toMatchObject({ state: 'PROCESSING', assignmentLocked: true });
    await expect(drive.work(id, 'requestReturn', { by: 'handler.urban', input: reason })).rejects.toMatchObject(unmet('notLocked'));
  });

  test('only within one working day, and only by the unit', async () => {
    const id = await drive.dispatched();
    await expect(drive.work(id, 'requestReturn', { by: 'handler.hsa', org: 'org-lz-urban', input: reason })).rejects.toMatchObject({ kind: 'missing' });
    bed.clock.advance(days(5));
    await expect(drive.work(id, 'requestReturn', { by: 'handler.urban', input: reason })).rejects.toMatchObject(unmet('inReturnWindow'));
  });
});

describe('延期', () => {
  test('the approver grants it once, tells the citizen, and both deadlines move by working days', async () => {
    const id = await drive.inProgress();
    const due = async () => (await bed.view(id)).deadlines.filter((row) => row.clock === 'handle').map((row) => [row.dueAt, row.firstDueAt]);
    const before = await due();
    await expect(drive.work(id, 'requestExtension', { by: 'handler.urban', input: { days: 9, reason: '等配件' } })).rejects.toMatchObject(
      unmet('extensionWithinLimit'),
    );
    await drive.work(id, 'requestExtension', { by: 'handler.urban', input: { days: 3, reason: '等配件' } });
    await expect(drive.work(id, 'requestExtension', { by: 'handler.urban', input: { days: 1, reason: '再等' } })).rejects.toMatchObject(
      unmet('extensionIsRequested'),
    );
    expect(await due()).toEqual(before);
    await drive.work(id, 'approveExtension', { by: 'approver.urban', input: { noticeMethod: 'PHONE', noticeNote: '已电话告知' } });
    const after = await due();
    for (const [index, [dueAt, firstDueAt]] of after.entries()) {
      expect(firstDueAt).toBe(before[index]![0]);
      expect(Date.parse(dueAt!)).toBeGreaterThan(Date.parse(before[index]![0]!));
    }
    await expect(drive.work(id, 'requestExtension', { by: 'handler.urban', input: { days: 1, reason: '再等' } })).rejects.toMatchObject(
      unmet('notYetExtended'),
    );
    expect(await bed.view(id)).toMatchObject({ counts: { extension: 1 } });
    const explained = await bed.tickets.explainDeadline(id, { clock: 'handle' }, bed.as('dispatcher1'));
    expect(explained.days.filter((day) => day.counted)).toHaveLength(8);
  });
});

describe('并案', () => {
  test('the citizens go with it, and each is called back', async () => {
    const target = await drive.dispatched();
    const merged = await drive.accepted({ name: '李四', phone: '13900000002' });
    await drive.move(merged, 'merge', { input: { targetId: target, reason: '同一事项' } });
    expect(await bed.view(merged)).toMatchObject({ state: 'MERGED', mergedIntoId: target, clock: null });
    expect((await bed.view(target)).complainants).toMatchObject([{ name: '张*' }, { name: '李*', fromTicketId: merged }]);
    await drive.work(target, 'sign', { by: 'handler.urban' });
    await drive.work(target, 'submit', { by: 'handler.urban', input: aResult });
    await drive.move(target, 'approve', { by: 'reviewer1' });
    const reached = { at: bed.clock.now(), method: 'PHONE' as const, result: 'REACHED' as const, isResolved: true };
    await expect(drive.move(target, 'callbackPass', { by: 'callback1', input: { callback: reached } })).rejects.toMatchObject(unmet('callbackIsRecorded'));
    const [, second] = (await bed.view(target)).complainants;
    await bed.tickets.recordCallback(target, { ...reached, complainantId: second!.id }, bed.as('callback1'));
    expect((await drive.move(target, 'callbackPass', { by: 'callback1', input: { callback: reached } })).ticket.state).toBe('CLOSED');
  });

  test('not into itself, not in a circle, not into what is finished, not from secret to open', async () => {
    const [a, b] = [await drive.accepted(), await drive.accepted()];
    await expect(drive.move(a, 'merge', { input: { targetId: a } })).rejects.toMatchObject(unmet('targetIsOther'));
    await drive.move(a, 'merge', { input: { targetId: b } });
    await expect(drive.move(b, 'merge', { input: { targetId: a } })).rejects.toMatchObject(unmet('targetIsOpen'));
    const secret = await drive.accepted({ isSecret: true });
    await expect(drive.move(secret, 'merge', { input: { targetId: b } })).rejects.toMatchObject(unmet('secrecyIsKept'));
    await expect(drive.move(b, 'merge', { input: { targetId: 'nothing' } })).rejects.toMatchObject({ kind: 'missing' });
  });

  test('two merges against each other at one moment leave one of them open', async () => {
    const [a, b] = [await drive.accepted(), await drive.accepted()];
    const outcomes = await Promise.allSettled([
      drive.move(a, 'merge', { input: { targetId: b }, ifMatch: 2 }),
      drive.move(b, 'merge', { input: { targetId: a }, ifMatch: 2 }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([(await bed.view(a)).state, (await bed.view(b)).state].sort()).toEqual(['MERGED', 'PENDING_DISPATCH']);
  });
});
