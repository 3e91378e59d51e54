import { startTestSystem, type TestSystem } from '../support/test-system';
import { aTicket } from '../support/tickets';

let app: TestSystem;
beforeAll(async () => {
  app = await startTestSystem();
});
afterAll(() => app.close());

const result = { isTrue: true, isContacted: false, result: '已抢修', isResolved: true, publicReply: '您好，已恢复供水。' };

describe('工单接口', () => {
  test('a citizen hands in, the hotline accepts and dispatches, the unit works, the citizen sees each step', async () => {
    const sent = await app.http.post('/api/v1/public/inquiries').set('Idempotency-Key', 'inquiry-0001').send({
      type: 'HELP',
      content: '望湖小区三号楼昨晚停水，联系我13812345678。',
      regionCode: '930102',
      address: '湖滨街道望湖小区',
      name: '王小明',
      phone: '13812345678',
    });
    expect(sent.status).toBe(201);
    const { number, receiptCode } = sent.body as { number: string; receiptCode: string };
    const again = await app.http.post('/api/v1/public/inquiries').set('Idempotency-Key', 'inquiry-0001').send({
      type: 'HELP',
      content: '望湖小区三号楼昨晚停水，联系我13812345678。',
      regionCode: '930102',
      address: '湖滨街道望湖小区',
      name: '王小明',
      phone: '13812345678',
    });
    expect([again.status, again.headers['idempotency-replayed'], again.body.number]).toEqual([201, 'true', number]);

    const dispatcher = await app.as('dispatcher1');
    const list = await dispatcher.get('/tickets?state=PENDING_ACCEPT&q=停水');
    expect(list.status).toBe(200);
    expect(list.body.items).toHaveLength(1);
    const [item] = list.body.items;
    expect(item).toMatchObject({
      number,
      title: '望湖小区三号楼昨晚停水，联系我138****5678',
      complainant: { name: '王*', phone: '138****5678' },
      light: 'GREEN',
    });
    expect(JSON.stringify(list.body)).not.toContain('13812345678');

    const refused = await dispatcher.post(`/tickets/${item.id}/moves/accept`).set('If-Match', '"1"');
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'ticket/condition-unmet', unmet: [{ guard: 'fieldsAreComplete' }], errors: [{ path: '/categoryCode' }] });
    expect((await dispatcher.post(`/tickets/${item.id}/moves/accept`)).status).toBe(428);

    const saved = await dispatcher.patch(`/tickets/${item.id}`, { categoryCode: '030101', title: '小区停水' }).set('If-Match', '"1"');
    expect(saved.body).toMatchObject({ version: 2 });
    expect((await dispatcher.patch(`/tickets/${item.id}`, { title: '改' }).set('If-Match', '"1"')).body).toMatchObject({
      code: 'stale-version',
      currentVersion: 2,
      changedBy: '沈书屿',
    });
    expect((await dispatcher.post(`/tickets/${item.id}/moves/accept`).set('If-Match', '"2"')).body).toMatchObject({ state: 'PENDING_DISPATCH' });
    const units = [{ orgId: 'org-lz-urban', role: 'LEAD' }];
    expect((await dispatcher.post(`/tickets/${item.id}/moves/dispatch`, { units }).set('If-Match', '"3"')).body).toMatchObject({ state: 'PENDING_SIGN' });

    const handler = await app.as('handler.urban');
    const pile = await handler.get('/sub-orders?state=PENDING_SIGN');
    expect(pile.body.items).toHaveLength(1);
    const [work] = pile.body.items;
    expect((await handler.post(`/sub-orders/${work.id}/moves/sign`).set('If-Match', '"1"')).body).toMatchObject({
      state: 'PROCESSING',
      ticketState: 'IN_PROGRESS',
    });
    expect((await handler.post(`/sub-orders/${work.id}/moves/submit`, { ...result, extra: 1 }).set('If-Match', '"2"')).status).toBe(422);
    expect((await handler.post(`/sub-orders/${work.id}/moves/submit`, result).set('If-Match', '"2"')).body).toMatchObject({ ticketState: 'PENDING_REVIEW' });

    const progress = await app.http.get('/api/v1/public/progress').query({ code: receiptCode, last4: '5678' });
    expect(progress.status).toBe(200);
    expect(progress.body).toMatchObject({ number, unit: '澜州市城市管理局', stateLabel: '待审核' });
    expect(progress.body.steps.map((step: { label: string; status: string }) => [step.label, step.status])).toEqual([
      ['收到诉求', 'DONE'],
      ['受理', 'DONE'],
      ['转交承办单位', 'DONE'],
      ['承办单位签收', 'DONE'],
      ['办理完成', 'DONE'],
      ['审核', 'CURRENT'],
      ['办结', 'TODO'],
    ]);

    const shown = await (await app.as('reviewer1')).get(`/tickets/${item.id}`);
    expect(shown.body.moves.map((move: { action: string; ok: boolean }) => [move.action, move.ok])).toEqual([
      ['approve', true],
      ['sendBack', true],
    ]);
    const explained = await dispatcher.get(`/tickets/${item.id}/deadlines/handle`);
    expect(explained.body).toMatchObject({ dueAt: '2026-10-16T00:00:00.000+08:00', amount: 5, unit: 'WORKING_DAY' });
  });

  test('a unit that has nothing to do with a ticket learns nothing of it', async () => {
    const agent = await app.as('agent1');
    const made = await agent.post('/tickets', aTicket());
    expect(made.status).toBe(201);
    const stranger = await app.as('handler.hsa');
    const foreign = await stranger.get(`/tickets/${made.body.id}`);
    const absent = await stranger.get('/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV');
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, instance: '', requestId: '' }).toEqual({ ...absent.body, instance: '', requestId: '' });
    expect((await stranger.get('/tickets')).body.items).toEqual([]);
    expect((await app.http.get('/api/v1/tickets')).status).toBe(401);
    const other = await app.as('dispatcher1.ad');
    expect((await other.get(`/tickets/${made.body.id}`)).status).toBe(404);
  });

  test('what is masked is opened for a reason, on record, and the citizen sees who looked', async () => {
    const agent = await app.as('agent1');
    const made = await agent.post('/tickets', aTicket({ phone: '13900001234' }));
    expect((await agent.post(`/tickets/${made.body.id}/unmask`, { field: 'phone' })).status).toBe(422);
    const opened = await agent.post(`/tickets/${made.body.id}/unmask`, { field: 'phone', reason: '联系核实地址' });
    expect(opened.body).toEqual({ field: 'phone', value: '+8613900001234' });
    const progress = await app.http.get('/api/v1/public/progress').query({ code: made.body.receiptCode, last4: '1234' });
    expect(progress.body.seenBy).toMatchObject([{ field: '手机号', reason: '联系核实地址', unit: '澜州市12345政务服务便民热线中心' }]);
    expect((await (await app.as('manager1')).post(`/tickets/${made.body.id}/unmask`, { field: 'phone', reason: '看看' })).status).toBe(403);
  });

  test('five wrong tries lock a receipt code for an hour', async () => {
    const agent = await app.as('agent1');
    const made = await agent.post('/tickets', aTicket({ phone: '13700004321' }));
    const look = (last4: string) => app.http.get('/api/v1/public/progress').query({ code: made.body.receiptCode, last4 });
    for (let tries = 0; tries < 5; tries += 1) expect((await look('0001')).status).toBe(404);
    const locked = await look('4321');
    expect(locked.status).toBe(429);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(3500);
    app.clock.advance(61 * 60_000);
    expect((await look('4321')).status).toBe(200);
    expect((await app.http.get('/api/v1/public/progress').query({ code: 'AAAA-BBBB-CCCC-DDDD-EEEE', last4: '4321' })).status).toBe(404);
  });

  test('a peer system hands in with its key and cannot move anything', async () => {
    const client = await app.asClient('tickets:write', 'tickets:read');
    const made = await client
      .post('/tickets', { source: 'SUPERIOR', regionCode: '930100', content: '上级交办：路灯不亮', type: 'HELP' })
      .set('Idempotency-Key', 'peer-1');
    expect([made.status, made.body.state]).toEqual([201, 'PENDING_ACCEPT']);
    expect((await client.post(`/tickets/${made.body.id}/moves/accept`, {}).set('If-Match', '"1"')).status).toBe(403);
    expect((await client.get(`/tickets/${made.body.id}`)).body).toMatchObject({ source: 'SUPERIOR', moves: [] });
  });
});
