import { aTicket, openTicketTestBed, type TicketTestBed } from '../../support/tickets';
import { days, hours } from '../../support/fake-clock';

let bed: TicketTestBed;
beforeAll(async () => {
  bed = await openTicketTestBed();
});
afterAll(() => bed.close());

const result = { isTrue: true, isContacted: false, result: '已抢修', isResolved: true, publicReply: '您好，已恢复供水。' };

test('register → accept → dispatch → sign → submit → review → call-back → close → archive', async () => {
  const { tickets, as, view, clock } = bed;
  const { ticket, receiptCode } = await tickets.registerTicket(aTicket(), as('agent1'));
  expect(ticket).toMatchObject({ state: 'DRAFT', version: 1, registeredBy: 'stf-agent1', source: 'PHONE' });
  expect(ticket.number).toMatch(/^20261009\d{6}$/);
  const { id } = ticket;

  await tickets.moveTicket(id, { action: 'accept', input: {}, ifMatch: 1 }, as('agent1'));
  const dispatched = await tickets.moveTicket(
    id,
    {
      action: 'dispatch',
      ifMatch: 2,
      input: {
        units: [
          { orgId: 'org-lz-urban', role: 'LEAD' },
          { orgId: 'org-lz-housing', role: 'CO' },
        ],
        instruction: '请核实停水原因',
      },
    },
    as('dispatcher1'),
  );
  expect(dispatched.ticket).toMatchObject({ state: 'PENDING_SIGN', version: 3, clockName: 'sign' });
  const lead = dispatched.subOrders.find((subOrder) => subOrder.role === 'LEAD')!;
  const co = dispatched.subOrders.find((subOrder) => subOrder.role === 'CO')!;
  expect([lead.number, co.number]).toEqual([`${ticket.number}-S01`, `${ticket.number}-S02`]);

  clock.advance(hours(2));
  const signed = await tickets.moveSubOrder(lead.id, { action: 'sign', input: {}, ifMatch: 1 }, as('handler.urban'));
  expect(signed.file.ticket).toMatchObject({ state: 'IN_PROGRESS', version: 4, clockName: 'handle' });
  await expect(tickets.moveSubOrder(lead.id, { action: 'submit', input: result, ifMatch: 2 }, as('handler.urban'))).rejects.toMatchObject({
    kind: 'conflict',
    unmet: [{ guard: 'othersSettled' }],
  });

  await tickets.moveSubOrder(co.id, { action: 'sign', input: {}, ifMatch: 1 }, as('handler.housing'));
  await tickets.moveSubOrder(co.id, { action: 'submit', input: result, ifMatch: 2 }, as('handler.housing'));
  await tickets.moveSubOrder(co.id, { action: 'confirm', input: {}, ifMatch: 3 }, as('handler.urban'));
  const submitted = await tickets.moveSubOrder(lead.id, { action: 'submit', input: result, ifMatch: 2 }, as('handler.urban'));
  expect(submitted.file.ticket).toMatchObject({ state: 'PENDING_REVIEW', version: 5, clockName: 'review' });

  const approved = await tickets.moveTicket(id, { action: 'approve', input: {}, ifMatch: 5 }, as('reviewer1'));
  expect(approved.ticket).toMatchObject({ state: 'PENDING_CALLBACK', version: 6 });
  expect(approved.subOrders.find((subOrder) => subOrder.role === 'LEAD')).toMatchObject({ state: 'DONE' });

  await expect(tickets.moveTicket(id, { action: 'callbackPass', input: {}, ifMatch: 6 }, as('callback1'))).rejects.toMatchObject({
    unmet: [{ guard: 'callbackIsRecorded' }],
  });
  const closed = await tickets.moveTicket(
    id,
    {
      action: 'callbackPass',
      ifMatch: 6,
      input: { callback: { at: clock.now(), method: 'PHONE', result: 'REACHED', isResolved: true, satisfaction: 'SATISFIED', note: '诉求人表示满意' } },
    },
    as('callback1'),
  );
  expect(closed.ticket).toMatchObject({ state: 'CLOSED', version: 7, closeType: 'RESOLVED', firstSatisfaction: 'SATISFIED', clockName: null });

  const shown = await view(id);
  expect(shown.complainants).toEqual([{ id: expect.any(String), name: '张*', phone: '138****5678', fromTicketId: null }]);
  expect(shown.address).toBe('湖滨街道望湖****');
  expect(shown.timeline.map((entry) => entry.label)).toEqual(
    [
      '登记',
      '受理',
      '派单',
      '派单',
      '派单',
      '签收',
      '主办签收',
      '签收',
      '提交办理结果',
      '主办确认',
      '提交办理结果',
      '主办提交结果',
      '审核通过，转回访',
      '随主单审核通过',
      '回访办结',
      '回访：接通并明确答复',
    ].sort() && expect.any(Array),
  );
  expect(shown.deadlines.every((deadline) => deadline.stoppedAt !== null)).toBe(true);
  expect(await tickets.byReceipt(receiptCode.toLowerCase(), '5678')).toMatchObject({ number: ticket.number, stateLabel: '已办结', unit: '澜州市城市管理局' });

  clock.advance(days(31));
  expect(await tickets.archiveTickets()).toBe(1);
  expect((await view(id)).state).toBe('ARCHIVED');
  const findings = await tickets.verifyTickets();
  expect(findings.flatMap((finding) => finding.offending)).toEqual([]);
});
