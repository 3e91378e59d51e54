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
  const findings = await bed.tickets.verifyTickets();
  expect(findings.flatMap((finding) => finding.offending)).toEqual([]);
  await bed.close();
});

const unmet = (...guards: string[]) => ({ kind: 'conflict', unmet: guards.map((guard) => ({ guard })) });
const wrongState = { kind: 'conflict', code: 'ticket/wrong-state' };

describe('受理', () => {
  test('what the type asks for must be there, and the answer names each missing field', async () => {
    const id = await drive.draft({ type: 'COMPLAINT', title: '投诉窗口' });
    await expect(drive.move(id, 'accept', { by: 'agent1' })).rejects.toMatchObject({
      ...unmet('fieldsAreComplete'),
      errors: [{ path: '/accusedOrgId' }, { path: '/conduct' }, { path: '/occurredOn' }, { path: '/demand' }],
    });
    await bed.tickets.saveDraft(
      id,
      { ifMatch: 1, body: { accusedOrgId: 'org-lz-hsa', details: { conduct: '推诿', occurredOn: '2026-10-08', demand: '道歉' } } },
      bed.as('agent1'),
    );
    expect((await drive.move(id, 'accept', { by: 'agent1' })).ticket.state).toBe('PENDING_DISPATCH');
  });

  test('a number or an explicit anonymity is required', async () => {
    const { phone: _phone, ...noPhone } = { phone: undefined };
    const id = await drive.draft({ ...noPhone, isAnonymous: true });
    await bed.tickets.saveDraft(id, { ifMatch: 1, body: { phone: null, isAnonymous: false } }, bed.as('agent1'));
    await expect(drive.move(id, 'accept', { by: 'agent1' })).rejects.toMatchObject({ errors: [{ path: '/phone' }] });
    await bed.tickets.saveDraft(id, { ifMatch: 2, body: { isAnonymous: true } }, bed.as('agent1'));
    expect((await drive.move(id, 'accept', { by: 'agent1' })).ticket.state).toBe('PENDING_DISPATCH');
  });

  test('a question is answered at once only with the guide and version it rests on', async () => {
    const id = await drive.draft({ type: 'CONSULT', details: { matter: '医保怎么转' } });
    const reply = { reply: '请携带身份证到窗口办理。' };
    await expect(drive.move(id, 'answerDirect', { by: 'agent1', input: reply })).rejects.toMatchObject(unmet('guideIsCited'));
    await expect(drive.move(id, 'answerDirect', { by: 'agent1', input: { ...reply, guideId: 'guide-1', guideVersion: 9 } })).rejects.toMatchObject(
      unmet('citedGuideExists'),
    );
    await expect(drive.move(id, 'answerDirect', { by: 'dispatcher1', input: { ...reply, guideId: 'guide-1', guideVersion: 3 } })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const { ticket } = await drive.move(id, 'answerDirect', { by: 'agent1', input: { ...reply, guideId: 'guide-1', guideVersion: 3 } });
    expect(ticket).toMatchObject({ state: 'CLOSED', closeType: 'DIRECT_ANSWER' });
    expect((await bed.view(id)).replies).toMatchObject([{ kind: 'DIRECT_ANSWER', guideId: 'guide-1', guideVersion: 3 }]);
    await expect(drive.move(id, 'reopen', { by: 'reviewer1', input: { reason: '不满意' } })).rejects.toMatchObject(unmet('hasLead'));
  });

  test('a refusal tells the lawful way where the rules ask for it, and a matter of another place is referred instead', async () => {
    const id = await drive.online();
    const input = { rejectReason: 'LEGAL_CHANNEL' as const, notice: '请依法诉讼' };
    await expect(drive.move(id, 'reject', { input })).rejects.toMatchObject(unmet('legalChannelIsTold'));
    await expect(drive.move(id, 'reject', { input: { rejectReason: 'OUT_OF_TERRITORY', notice: '外地' } })).rejects.toMatchObject(unmet('belongsToPlace'));
    expect((await drive.move(id, 'reject', { input: { ...input, legalChannel: '向有管辖权的法院起诉' } })).ticket.state).toBe('REJECTED');
  });

  test('a matter of another place is referred, not accepted, and not taken in online where nobody could see it', async () => {
    const id = await drive.draft({ regionCode: '940100' });
    await expect(drive.move(id, 'accept', { by: 'agent1', ifMatch: 1 })).rejects.toMatchObject(unmet('isInTerritory'));
    const input = { referralTarget: 'OTHER_HOTLINE' as const, referralMethod: 'INFORM_CALLER' as const, referralRegionCode: '940100' };
    expect((await drive.move(id, 'refer', { by: 'agent1', ifMatch: 1, input })).ticket.state).toBe('REFERRED');
    await expect(drive.online({ regionCode: '110101' })).rejects.toMatchObject({ kind: 'invalid', errors: [{ path: '/regionCode' }] });
    await expect(drive.draft({ accusedOrgId: 'org-nobody' })).rejects.toMatchObject({ kind: 'invalid', errors: [{ path: '/accusedOrgId' }] });
  });

  test('a call begins a draft for the agent who answers, where the agent sits', async () => {
    const { ticket } = await bed.tickets.registerTicket({ registeredBy: 'stf-agent2', phone: '13812340000' }, { kind: 'system', id: 'SYSTEM' });
    expect(ticket).toMatchObject({ state: 'DRAFT', registeredBy: 'stf-agent2', regionCode: '930100', source: 'PHONE' });
    expect((await bed.view(ticket.id, 'agent2')).form).toMatchObject({ phone: '+8613812340000' });
    expect((await bed.view(ticket.id, 'agent1')).form).toBeNull();
  });

  test('personal data go to another hotline only with consent on record', async () => {
    const id = await drive.accepted();
    const input = { referralTarget: 'OTHER_HOTLINE' as const, referralMethod: 'LETTER' as const, referralRegionCode: '940100' };
    await expect(drive.move(id, 'refer', { input })).rejects.toMatchObject(unmet('consentIsRecorded'));
    await drive.move(id, 'refer', { input: { ...input, consentedAt: bed.clock.now() } });
    expect(await bed.view(id)).toMatchObject({ state: 'REFERRED', referrals: [{ method: 'LETTER', regionCode: '940100' }] });
  });

  test('waiting for information stops the clock, and what is supplied starts it again with the rest of its time', async () => {
    const id = await drive.online();
    const before = (await bed.view(id)).deadlines[0]!;
    await drive.move(id, 'requestInfo', { input: { missingInfo: '请写明楼号' } });
    expect(await bed.view(id)).toMatchObject({ state: 'PENDING_INFO', dueAt: null, light: 'NONE' });
    bed.clock.advance(days(2));
    await drive.move(id, 'supplyInfo', { by: 'agent1', input: { info: '三号楼' } });
    const after = await bed.view(id);
    expect(Date.parse(after.dueAt!) - Date.parse(before.dueAt)).toBe(days(2));
    expect(after).toMatchObject({ state: 'PENDING_ACCEPT', light: 'GREEN', content: expect.stringContaining('【补充】三号楼') });
    expect(after.deadlines[0]).toMatchObject({ firstDueAt: before.dueAt });
  });
});

describe('审核与回访', () => {
  test('handler, reviewer and call-back agent are three people', async () => {
    const id = await drive.inReview();
    const both = { ...bed.as('handler.urban'), roles: ['REVIEWER', 'CALLBACK_AGENT'] as const, regionCode: '930100' };
    const { version } = await bed.view(id);
    await expect(bed.tickets.moveTicket(id, { action: 'approve', input: {}, ifMatch: version }, both)).rejects.toMatchObject(unmet('notOwnWork'));
    const reviewer = { ...bed.as('reviewer1'), roles: ['REVIEWER', 'CALLBACK_AGENT'] as const };
    await bed.tickets.moveTicket(id, { action: 'approve', input: {}, ifMatch: version }, reviewer);
    const callback = { at: bed.clock.now(), method: 'PHONE' as const, result: 'REACHED' as const, isResolved: true };
    await expect(bed.tickets.moveTicket(id, { action: 'callbackPass', input: { callback }, ifMatch: version + 1 }, reviewer)).rejects.toMatchObject(
      unmet('notReviewer'),
    );
  });

  test('sent back, the handling deadline is the same as before', async () => {
    const id = await drive.inReview();
    const due = (await bed.view(id)).deadlines.find((deadline) => deadline.clock === 'handle' && deadline.subOrderId === null)!;
    bed.clock.advance(days(1));
    await drive.move(id, 'sendBack', { by: 'reviewer1', input: { reason: '没有说明原因' } });
    expect(await bed.view(id)).toMatchObject({ state: 'IN_PROGRESS', dueAt: due.dueAt });
    await drive.work(id, 'submit', { by: 'handler.urban', input: aResult });
    expect((await bed.view(id)).state).toBe('PENDING_REVIEW');
  });

  test('nobody is called back who wants no reply, but a reason is written', async () => {
    const id = await drive.inReview({ needReply: false });
    await expect(drive.move(id, 'approve', { by: 'reviewer1' })).rejects.toMatchObject(unmet('reasonIsWritten'));
    const { ticket } = await drive.move(id, 'approve', { by: 'reviewer1', input: { reason: '诉求人要求不回复' } });
    expect(ticket).toMatchObject({ state: 'CLOSED', closeType: 'RESOLVED' });
  });

  test('three attempts on two days count as called back', async () => {
    const id = await drive.inCallback();
    const attempt = () => bed.tickets.recordCallback(id, { at: bed.clock.now(), method: 'PHONE', result: 'NO_ANSWER' }, bed.as('callback1'));
    await attempt();
    await attempt();
    await attempt();
    await expect(drive.move(id, 'callbackPass', { by: 'callback1' })).rejects.toMatchObject(unmet('callbackIsRecorded'));
    bed.clock.advance(days(1));
    await attempt();
    expect((await drive.move(id, 'callbackPass', { by: 'callback1' })).ticket.state).toBe('CLOSED');
  });

  test('a citizen who is not content sets the work going again, twice at most', async () => {
    const id = await drive.inCallback();
    const again = async () => {
      const callback = { at: bed.clock.now(), method: 'PHONE' as const, result: 'REACHED' as const, isResolved: false, satisfaction: 'DISSATISFIED' as const };
      await drive.move(id, 'rehandle', { by: 'callback1', input: { reason: '仍然停水', callback } });
    };
    const finish = async () => {
      await drive.work(id, 'submit', { by: 'handler.urban', input: aResult });
      await drive.move(id, 'approve', { by: 'reviewer1' });
    };
    await expect(drive.move(id, 'rehandle', { by: 'callback1', input: { reason: '随便' } })).rejects.toMatchObject(unmet('complainantIsDissatisfied'));
    await again();
    expect(await bed.view(id)).toMatchObject({ state: 'IN_PROGRESS', counts: { rehandle: 1 } });
    await finish();
    await again();
    await finish();
    await expect(again()).rejects.toMatchObject(unmet('roundsAreUsedUp'));
    const { ticket } = await drive.move(id, 'closeExplained', { by: 'reviewer2', input: { explainedAs: 'EXPLAINED', basis: '管网改造计划已公示' } });
    expect(ticket).toMatchObject({ state: 'CLOSED', closeType: 'EXPLAINED', rehandleCount: 2 });
    expect((await bed.view(id)).deadlines.filter((deadline) => deadline.clock === 'handle' && deadline.subOrderId === null).map((row) => row.round)).toEqual([
      0, 1, 2,
    ]);
  });

  test('a promise is not a solution', async () => {
    const id = await drive.inProgress();
    await expect(drive.work(id, 'submit', { by: 'handler.urban', input: { ...aResult, isResolved: false } })).rejects.toMatchObject(
      unmet('unresolvedIsExplained'),
    );
    const commitment = { progress: '已立项', measures: '先送水', dueOn: '2026-12-31' };
    await drive.work(id, 'submit', { by: 'handler.urban', input: { ...aResult, isResolved: false, commitment } });
    await drive.move(id, 'approve', { by: 'reviewer1' });
    const callback = { at: bed.clock.now(), method: 'PHONE' as const, result: 'REACHED' as const, isResolved: false };
    expect((await drive.move(id, 'callbackPass', { by: 'callback1', input: { callback } })).ticket.closeType).toBe('COMMITTED');
  });

  test('closed work is taken up again within thirty days, and is archived and read-only after', async () => {
    const id = await drive.closed();
    expect((await drive.move(id, 'reopen', { by: 'reviewer1', input: { reason: '抽查不实' } })).ticket).toMatchObject({
      state: 'IN_PROGRESS',
      rehandleCount: 1,
      closedAt: null,
    });
    const other = await drive.closed();
    bed.clock.advance(days(30));
    await expect(drive.move(other, 'reopen', { by: 'reviewer1', input: { reason: '抽查不实' } })).rejects.toMatchObject(unmet('withinReopenWindow'));
    await bed.tickets.archiveTickets();
    await expect(drive.move(other, 'reopen', { by: 'reviewer1', input: { reason: '抽查不实' } })).rejects.toMatchObject(wrongState);
  });

  test('work ends before it is done only when the unit has applied', async () => {
    const id = await drive.inProgress();
    const input = { terminationGround: 'COMPLAINANT_REFUSES' as const, reason: '三次上门拒绝沟通' };
    await expect(drive.move(id, 'terminate', { by: 'reviewer1', input })).rejects.toMatchObject(unmet('unitHasApplied'));
    await drive.work(id, 'requestTermination', { by: 'handler.urban', input: { reason: '诉求人拒不配合' } });
    await drive.move(id, 'terminate', { by: 'reviewer1', input });
    expect(await bed.view(id)).toMatchObject({ state: 'TERMINATED', subOrders: [{ state: 'CANCELLED' }] });
  });
});

test.each(['accept', 'dispatch', 'approve', 'callbackPass', 'closeExplained'] as const)('%s is refused in a state that does not have it', async (action) => {
  const id = await drive.closed();
  await expect(drive.move(id, action, { by: 'agent1', input: { units: [{ orgId: 'org-lz-urban', role: 'LEAD' }] } })).rejects.toMatchObject(wrongState);
});
