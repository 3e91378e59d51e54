import { ticketsEvents } from '#contracts/events/tickets.events';
import { systemActor } from '#kernel';
import { openTicketTestBed, type TicketTestBed } from '../../support/tickets';
import { aResult, driverOf, type TicketDriver } from '../../support/ticket-states';

let bed: TicketTestBed;
let drive: TicketDriver;
beforeAll(async () => {
  bed = await openTicketTestBed();
  drive = driverOf(bed);
});
afterAll(() => bed.close());

const news = async (run: () => Promise<unknown>) => {
  await bed.facts.numberOutbox(500);
  const before = await bed.facts.lastSeq();
  await run();
  await bed.facts.numberOutbox(500);
  return (await bed.facts.after(before, 200)).map((fact) => ({ name: fact.name, payload: fact.payload, rooms: fact.rooms.map(({ room }) => room) }));
};

const lead = { orgId: 'org-lz-urban', role: 'LEAD' as const };

test('every fact has the shape that the contract declares, and holds no personal data', async () => {
  const all = await news(async () => {
    const id = await drive.inCallback({ name: '欧阳测试', phone: '13855556666' });
    await bed.tickets.urgeTicket(id, { note: '请快些' }, bed.as('agent1'));
    await bed.tickets.recordCallback(id, { at: bed.clock.now(), method: 'PHONE', result: 'NO_ANSWER' }, bed.as('callback1'));
    await bed.tickets.linkTicket({ ticketId: id, kind: 'CALL', refId: 'call-1' }, bed.as('agent1'));
    await bed.tickets.unlinkTicket({ ticketId: id, kind: 'CALL', refId: 'call-1' }, bed.as('agent1'));
    await bed.tickets.saveDraft(await drive.draft(), { ifMatch: 1, body: { title: '改' } }, bed.as('agent1'));
  });
  expect(new Set([...all.map((fact) => fact.name), 'ticket.deadlineChanged'])).toEqual(new Set(Object.keys(ticketsEvents)));
  for (const fact of all) ticketsEvents[fact.name as keyof typeof ticketsEvents].parse(fact.payload);
  expect(JSON.stringify(all)).not.toMatch(/欧阳|13855556666|请快些|停水/);
});

test('an open ticket is told to the units on it and those above them, before and after a return', async () => {
  const id = await drive.accepted();
  const [moved] = (await news(() => drive.move(id, 'dispatch', { input: { units: [lead] } }))).slice(-1);
  expect(moved).toMatchObject({
    name: 'ticket.moved',
    payload: { id, action: 'dispatch', from: 'PENDING_DISPATCH', to: 'PENDING_SIGN', by: 'stf-dispatcher1' },
  });
  expect(moved!.rooms).toEqual(expect.arrayContaining([`ticket:${id}`, 'hotline', 'org:org-lz-urban', 'org:org-lz', 'staff:stf-agent1']));
  await drive.work(id, 'requestReturn', { by: 'handler.urban', input: { reason: '不属职责', suggestedOrgId: 'org-lz-hsa' } });
  const [returned] = await news(() => drive.work(id, 'approveReturn', { by: 'dispatcher1', org: 'org-lz-urban' }));
  expect(returned).toMatchObject({ name: 'sub-order.moved', payload: { to: 'RETURNED' } });
  expect(returned!.rooms).toContain('org:org-lz-urban');
});

test.each([
  ['a secret ticket', { isSecret: true }],
  ['a report', { type: 'REPORT' as const, accusedOrgId: 'org-lz-hrss', details: { clues: '线索' } }],
])('%s is told to the people on the chain only, and by number only', async (_what, more) => {
  const id = await drive.accepted(more);
  const all = await news(async () => {
    await drive.move(id, 'dispatch', { input: { units: [{ ...lead, handlerId: 'stf-handler-urban' }] } });
    await drive.work(id, 'sign', { by: 'handler.urban' });
  });
  expect(all.length).toBe(4);
  for (const fact of all) {
    expect([...fact.rooms].sort()).toEqual([...new Set(['hotline', 'staff:stf-handler-urban', `ticket:${id}`])].sort());
    expect(Object.keys(fact.payload).sort()).toEqual(fact.name === 'ticket.moved' ? ['id', 'version'] : ['id', 'ticketId', 'version']);
  }
});

test('a complaint about a person of the unit is told to no unit', async () => {
  const more = { type: 'COMPLAINT' as const, accusedStaffId: 'stf-handler2-urban', details: { conduct: '推诿', occurredOn: '2026-10-08', demand: '道歉' } };
  const id = await drive.accepted(more);
  const all = await news(() => drive.move(id, 'dispatch', { input: { units: [lead] } }));
  expect(all.flatMap((fact) => fact.rooms).filter((room) => room.startsWith('org:'))).toEqual([]);
});

test('who may join the room of a ticket is who may open it', async () => {
  const id = await drive.dispatched([lead]);
  const may = (loginName: string) => bed.tickets.maySee(bed.as(loginName), id);
  expect(await Promise.all(['handler.urban', 'dispatcher1', 'agent2', 'handler.hsa', 'dispatcher1.ad', 'manager1', 'auditor1'].map(may))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('files of another ticket cannot be attached', async () => {
  const id = await drive.inProgress();
  const submit = (file: string) => drive.work(id, 'submit', { by: 'handler.urban', input: { ...aResult, attachmentIds: [file] } });
  await expect(submit('file-of-another')).rejects.toMatchObject({ kind: 'invalid', errors: [{ path: '/attachmentIds' }] });
  expect((await submit(`file-${id}`)).subOrder.state).toBe('SUBMITTED');
});

test('a damaged row is found by the verifier', async () => {
  const id = await drive.dispatched([lead]);
  const { sequelize } = bed.temporary.database;
  const run = (sql: string) => bed.temporary.database.inTransaction((work) => sequelize.query(sql, { transaction: work.transaction }));
  const offending = async () => (await bed.tickets.verifyTickets()).filter((finding) => finding.offending.length > 0).map((finding) => finding.invariant);
  expect(await offending()).toEqual([]);
  await run(`UPDATE ticket SET version = version + 1 WHERE id = '${id}'`);
  expect(await offending()).toEqual(['I-09 ticket']);
  await run(`UPDATE ticket SET version = version - 1 WHERE id = '${id}'`);
  await run(`UPDATE sub_order SET role = 'CO' WHERE ticketId = '${id}'`);
  expect(await offending()).toEqual(['ticket one live lead']);
});

test('a deadline that reached into an unannounced year is computed again when the year is announced', async () => {
  bed.clock.set('2026-12-29T02:00:00.000Z');
  const id = await drive.inProgress();
  const handle = async () => (await bed.view(id)).deadlines.filter((row) => row.clock === 'handle').map((row) => [row.dueAt, row.firstDueAt, row.provisional]);
  // 30 and 31 December, then 1 January counts as an ordinary Friday until the year is known.
  const guess = '2027-01-06T00:00:00.000+08:00';
  expect(await handle()).toEqual([
    [guess, guess, true],
    [guess, guess, true],
  ]);
  const holidays = ['2027-01-01', '2027-10-01'].map((date) => ({ date, kind: 'HOLIDAY' as const, label: '放假' }));
  await bed.calendar.importYear({ year: 2027, region: '000000', source: '测试', days: holidays }, systemActor);
  const [reaction] = bed.tickets.reactions;
  const all = await news(() => reaction!.run({ seq: 1, id: 'x', name: 'calendar.imported', at: bed.clock.now(), payload: {}, rooms: [] }));
  const known = '2027-01-07T00:00:00.000+08:00';
  expect(await handle()).toEqual([
    [known, guess, false],
    [known, guess, false],
  ]);
  expect(await bed.view(id)).toMatchObject({ dueAt: known, subOrders: [{ handleDueAt: known }] });
  expect(all.map((fact) => fact.name)).toContain('ticket.deadlineChanged');
  for (const fact of all.filter(({ name }) => name === 'ticket.deadlineChanged')) ticketsEvents['ticket.deadlineChanged'].parse(fact.payload);
});
