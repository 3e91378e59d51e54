import { type Person, startTestSystem, type TestSystem } from '../support/test-system';

let test_: TestSystem;
let agent: Person;
let other: Person;

const seat = async (person: Person) => (await person.get('/agent/session')).body as Record<string, unknown> & { call: { id: string } | null };
const actorOf = (loginName: string) => ({
  id: `stf-${loginName}`,
  kind: 'staff' as const,
  name: '林晓岚',
  orgId: 'org-lz-12345',
  orgPath: '/',
  regionCode: '620100',
  roles: ['AGENT' as const],
  sessionId: 's',
  address: '127.0.0.1',
});

/** The page of an agent: says hello and answers probes. */
const openPhone = async (loginName: string): Promise<void> => {
  await test_.system.telephony.agents.hello(actorOf(loginName), { deviceOk: true, epoch: null });
};

const startCall = async (phone?: string): Promise<string> => {
  const answer = await test_.http.post('/api/v1/public/calls').send({ consent: true, ...(phone === undefined ? {} : { phone }) });
  expect(answer.status).toBe(201);
  const started = answer.body as { callId: string; legId: string };
  await test_.system.telephony.signalling.embedded.citizenUp(started.callId, started.legId);
  await test_.system.telephony.settle();
  return started.callId;
};

beforeAll(async () => {
  test_ = await startTestSystem();
  [agent, other] = [await test_.as('agent1'), await test_.as('agent2')];
  await test_.system.telephony.tick();
});
afterAll(() => test_.close());

describe('热线电话的接口', () => {
  test('a call needs consent, a proper number and nothing unknown', async () => {
    for (const body of [{}, { consent: false }, { consent: true, phone: 'x' }, { consent: true, phone: 13800138000 }, { consent: true, extra: 1 }]) {
      expect((await test_.http.post('/api/v1/public/calls').send(body)).status).toBe(422);
    }
  });

  test('READY is refused without a checked device, with the reason in words', async () => {
    const refused = await agent.post('/agent/state', { state: 'READY' });
    expect([refused.status, refused.body.code]).toEqual([409, 'telephony/condition']);
    expect(refused.body.detail).toContain('设备检测');
  });

  test('from the citizen’s call to the saved draft', async () => {
    await openPhone('agent1');
    expect((await agent.post('/agent/state', { state: 'READY' })).body).toMatchObject({ state: 'READY', stateLabel: '就绪' });
    const callId = await startCall('13800138000');
    expect(await seat(agent)).toMatchObject({ state: 'RINGING', call: { id: callId, number: '138****8000' }, offer: { callId, why: 'LONGEST_IDLE' } });
    const card = await agent.get(`/calls/${callId}/card`);
    expect(card.body).toMatchObject({ number: '138****8000', repeat24Hours: 0, hasSecretMatter: false, openTickets: [] });
    expect(JSON.stringify(card.body)).not.toContain('13800138000');

    const late = await other.post(`/calls/${callId}/accept`);
    expect([late.status, late.body.code]).toEqual([409, 'telephony/offer-gone']);
    expect((await agent.post(`/calls/${callId}/accept`)).body).toMatchObject({ state: 'TALKING', agentName: '林晓岚' });
    await test_.system.telephony.settle();
    const call = (await agent.get(`/calls/${callId}`)).body as { ticketId: string };
    expect(call.ticketId).toEqual(expect.any(String));
    const ticket = await agent.get(`/tickets/${call.ticketId}`);
    expect(ticket.body).toMatchObject({ id: call.ticketId, state: 'DRAFT' });

    const legId = String(await test_.system.telephony.signalling.agentLegOf(callId, 'stf-agent1'));
    const citizen = await test_.system.telephony.signalling.callView(callId);
    expect(citizen).toMatchObject({ state: 'TALKING', agentLegId: legId });
    await test_.system.telephony.intake({
      adapter: 'embedded',
      eventId: 'up',
      extCall: callId,
      callId,
      leg: legId,
      at: test_.clock.now(),
      t: 'leg.state',
      state: 'UP',
    });
    expect((await agent.post(`/calls/${callId}/hold`)).body.heldAt).not.toBeNull();
    expect((await agent.post(`/calls/${callId}/unhold`)).body.heldAt).toBeNull();
    expect((await agent.post(`/calls/${callId}/hangup`)).body).toMatchObject({ state: 'WRAP', hangupBy: 'AGENT', ticketId: call.ticketId });
    expect(await seat(agent)).toMatchObject({ state: 'ACW', wrapUpUntil: expect.any(String) });
    expect((await agent.post(`/calls/${callId}/wrap-up`, { action: 'done' })).body).toMatchObject({ state: 'CLOSED', outcome: 'ANSWERED' });
    expect(await seat(agent)).toMatchObject({ state: 'READY', call: null });
    const queue = await agent.get('/queue');
    expect(queue.body).toMatchObject({ waiting: 0, agents: { READY: 1 }, today: { offered: 1, answered: 1, answerRate: 1, serviceLevel15: 1 } });
  });

  test('nobody sees calls without the right, a hidden one is not found', async () => {
    const handler = await test_.as('supervisor1');
    for (const path of ['/calls', '/callback-tasks', '/queue', '/agent/session']) {
      expect([path, (await handler.get(path)).status]).toEqual([path, 403]);
      expect([path, (await test_.http.get(`/api/v1${path}`)).status]).toEqual([path, 401]);
    }
    expect((await agent.get('/calls/01NOTHERE0000000000000000X')).status).toBe(404);
    expect((await agent.post('/calls/01NOTHERE0000000000000000X/accept')).status).toBe(404);
    expect((await agent.get('/calls?state=NONSENSE')).status).toBe(422);
  });

  test('a missed call is a task: versions, claims, number only with a reason', async () => {
    await agent.post('/agent/state', { state: 'BREAK', reason: '午餐', plannedMinutes: 30 });
    const callId = await startCall('13900139000');
    test_.clock.advance(20_000);
    const legId = (await test_.system.database.sequelize.query(`SELECT id FROM call_leg WHERE callId = '${callId}'`))[0][0] as { id: string };
    await test_.system.telephony.signalling.embedded.citizenGone(callId, legId.id, 'normal');
    const [task] = (await agent.get('/callback-tasks')).body.items as { id: string; version: number; number: string }[];
    expect(task).toMatchObject({ kind: 'MISSED', kindLabel: '未接来电', number: '139****9000', overdue: false });
    const move = (person: Person, action: string, version: number | null, body: object = {}) => {
      const request = person.post(`/callback-tasks/${task!.id}/moves/${action}`, body);
      return version === null ? request : request.set('If-Match', `"${version}"`);
    };
    expect((await move(agent, 'claim', null)).status).toBe(428);
    expect((await move(agent, 'settle', 1)).status).toBe(403);
    expect((await move(agent, 'nonsense', 1)).status).toBe(404);
    expect((await move(agent, 'claim', 1)).body).toMatchObject({ state: 'CLAIMED', version: 2, claimedByName: '林晓岚' });
    expect((await move(other, 'claim', 1)).status).toBe(412);
    expect((await other.post(`/callback-tasks/${task!.id}/number`, { purpose: '回拨' })).status).toBe(409);
    expect((await agent.post(`/callback-tasks/${task!.id}/number`, {})).status).toBe(422);
    expect((await agent.post(`/callback-tasks/${task!.id}/number`, { purpose: '回拨未接来电' })).body).toEqual({ number: '+8613900139000' });
    expect((await move(agent, 'reach', 2, { note: '已答复' })).body).toMatchObject({ state: 'CLOSED' });
    expect((await agent.get('/callback-tasks')).body.items).toEqual([]);
  });

  test('verify finds nothing wrong', async () => {
    const { findings } = await test_.system.verify();
    expect(findings.filter((finding) => finding.offending.length > 0)).toEqual([]);
  });
});
