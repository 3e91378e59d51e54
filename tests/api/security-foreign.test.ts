import { io, type Socket } from 'socket.io-client';
import type { RoomsSyncAnswer } from '#contracts/realtime/rooms';
import type { Endpoint } from '../../server/http/endpoint';
import { diceOf, fitting, type Schema } from '../support/fuzz';
import { aPicture, populate, type Populated } from '../support/populated-system';
import { type Person, startTestSystem, type TestSystem } from '../support/test-system';
import { aBadRating } from '../support/ratings';
import { aTicket } from '../support/tickets';

let running: TestSystem;
let objects: Populated;
const people = new Map<string, Person>();
const bodies = new Map<string, Schema>();
const open: Socket[] = [];
const absent = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

beforeAll(async () => {
  running = await startTestSystem();
  objects = await populate(running);
  const { body } = await running.http.get('/api/v1/openapi.json');
  type Documented = { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } };
  for (const methods of Object.values((body as { paths: Record<string, Record<string, Documented>> }).paths)) {
    for (const { operationId, requestBody } of Object.values(methods)) bodies.set(operationId, requestBody?.content['application/json']?.schema ?? {});
  }
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await running.close();
});

const as = async (loginName: string): Promise<Person> => {
  const known = people.get(loginName) ?? (await running.as(loginName));
  people.set(loginName, known);
  return known;
};

const elsewhere = ['agent1.ad', 'dispatcher1.ad', 'reviewer1.ad', 'callback1.ad', 'supervisor1.ad', 'appeal1.ad', 'handler.hrss.ad', 'approver.hrss.ad'];
const neverWork = ['manager1', 'auditor1', 'admin1', 'kbeditor1'];
const otherUnit = ['handler.hsa', 'approver.hsa', 'manager.hrss'];

/** Who must not learn of which object (rules §2, §6.3.3, §11.3). */
const strangers: readonly (readonly [keyof Populated, string, readonly string[]])[] = [
  ['ticket', '/tickets', [...elsewhere, ...neverWork, ...otherUnit]],
  ['secretTicket', '/tickets', [...elsewhere, ...neverWork, ...otherUnit, 'agent2', 'lead1', 'supervisor1', 'appeal1', 'handler.hrss', 'approver.hrss']],
  ['accusingTicket', '/tickets', [...elsewhere, ...neverWork, ...otherUnit, 'approver.hrss', 'handler.hrss', 'clerk.hrss', 'agent2', 'lead1']],
  ['subOrder', '/sub-orders', [...elsewhere, ...neverWork, ...otherUnit]],
  ['rating', '/ratings', [...elsewhere, ...neverWork, 'agent1', 'handler.hsa', 'approver.hsa']],
  ['rectification', '/rectifications', [...elsewhere, ...neverWork, 'agent1', 'handler.hsa', 'approver.hsa']],
  ['clerkRating', '/ratings', [...elsewhere, ...neverWork, 'clerk.hrss']],
  ['clerkRectification', '/rectifications', [...elsewhere, ...neverWork, 'clerk.hrss']],
  ['conversation', '/conversations', ['handler.hrss', 'approver.hrss', 'supervisor1', ...neverWork]],
  ['call', '/calls', ['handler.hrss', 'approver.hrss', 'supervisor1', ...neverWork]],
  ['callbackTask', '/callback-tasks', ['handler.hrss', 'supervisor1', ...neverWork]],
  ['ticketAttachment', '/attachments', [...elsewhere, ...neverWork, ...otherUnit]],
  ['caseAttachment', '/attachments', [...elsewhere, ...neverWork, 'agent1', 'handler.hsa', 'approver.hsa']],
];

const request = async (person: Person, endpoint: Endpoint, id: string) => {
  const path = endpoint.path.replace(':id', id).replace(':clock', 'handle').replace(':kind', 'CALL').replace(':refId', absent).replace(':action', 'claim');
  const corpus = { ids: [absent], texts: {} };
  const body = fitting(bodies.get(endpoint.id) ?? {}, '', { dice: diceOf(7), corpus });
  const sent = endpoint.method === 'get' ? person.get(path) : person[endpoint.method](path, typeof body === 'object' && body !== null ? body : {});
  const answer = await sent.set('If-Match', '"1"');
  const { instance: _instance, requestId: _requestId, ...told } = answer.body as Record<string, unknown>;
  return { status: answer.status, told };
};

const absentAnswers = new Map<string, Awaited<ReturnType<typeof request>>>();
const aboutAbsent = async (person: Person, endpoint: Endpoint, login: string) => {
  const asked = `${login} ${endpoint.id}`;
  const answer = absentAnswers.get(asked) ?? (await request(person, endpoint, absent));
  absentAnswers.set(asked, answer);
  return answer;
};

describe('security I-14, B-2: what is hidden looks exactly like what is not there', () => {
  test.each(strangers)(
    '%s: every operation on it answers strangers as for an absent one',
    async (kind, prefix, logins) => {
      const operations = running.serving.http.endpoints.filter((endpoint) => endpoint.path.startsWith(`${prefix}/:id`));
      expect(operations.length).toBeGreaterThan(0);
      for (const login of logins) {
        const person = await as(login);
        for (const endpoint of operations) {
          const hidden = await request(person, endpoint, objects[kind]);
          expect([login, endpoint.id, hidden.status >= 400, hidden]).toEqual([login, endpoint.id, true, hidden]);
          expect([login, endpoint.id, hidden]).toEqual([login, endpoint.id, await aboutAbsent(person, endpoint, login)]);
        }
      }
    },
    120_000,
  );

  test('those who may look do find each object: the table above refuses no one by accident', async () => {
    const friends: readonly (readonly [string, string])[] = [
      ['dispatcher1', `/tickets/${objects.ticket}`],
      ['dispatcher1', `/tickets/${objects.secretTicket}`],
      ['dispatcher1', `/tickets/${objects.accusingTicket}`],
      ['agent1', `/tickets/${objects.draft}`],
      ['handler.hrss', `/sub-orders/${objects.subOrder}`],
      ['handler.hrss', `/rectifications/${objects.clerkRectification}`],
      ['supervisor1', `/ratings/${objects.clerkRating}`],
      ['agent1', `/conversations/${objects.conversation}`],
      ['agent1', `/calls/${objects.call}`],
      ['agent1', `/callback-tasks/${objects.callbackTask}`],
      ['agent1', `/attachments/${objects.ticketAttachment}`],
      ['supervisor1', `/attachments/${objects.caseAttachment}`],
    ];
    for (const [login, path] of friends) expect([login, path, (await (await as(login)).get(path)).status]).toEqual([login, path, 200]);
  });
});

const lists = [
  '/tickets?limit=200',
  '/tickets?limit=200&q=停水',
  '/tickets?limit=200&sort=due',
  '/tickets/similar?text=小区夜间停水请尽快处理',
  '/sub-orders?limit=200',
  '/ratings?limit=200',
  '/ratings?limit=200&bad=true',
  '/rectifications?limit=200',
  '/reports/closure?from=2026-01-01&to=2026-12-31&groupBy=unit',
  '/conversations?limit=200',
  '/calls?limit=200',
  '/callback-tasks?limit=200',
];

describe('security I-14: lists, searches, counts, replays and rooms show no more than a single look', () => {
  test.each(strangers)(
    '%s is in no list of a stranger',
    async (kind, _prefix, logins) => {
      for (const login of logins) {
        const person = await as(login);
        for (const path of lists) {
          const answer = await person.get(path);
          // A manager counts without opening (rules §2), so the ledger's ids may name a case of the own region.
          if (path.startsWith('/reports') && login.startsWith('manager')) continue;
          expect([login, path, answer.text.includes(objects[kind])]).toEqual([login, path, false]);
        }
      }
    },
    120_000,
  );

  test.each([
    'agent1',
    'agent2',
    'lead1',
    'dispatcher1',
    'reviewer1',
    'supervisor1',
    'handler.hrss',
    'approver.hrss',
    'clerk.hrss',
    'handler.hsa',
    'dispatcher1.ad',
  ])('%s: the counts are the lengths of the lists, and each listed ticket opens', async (login) => {
    const person = await as(login);
    const { items } = (await person.get('/tickets?limit=200')).body as { items: { id: string; state: string }[] };
    const counts = (await person.get('/tickets/counts')).body as { states?: Record<string, number>; total?: number };
    const states: Record<string, number> = {};
    for (const item of items) {
      states[item.state] = (states[item.state] ?? 0) + 1;
      expect((await person.get(`/tickets/${item.id}`)).status).toBe(200);
    }
    const counted = JSON.stringify(counts).match(/"count":(\d+)/g);
    expect(counted === null && counts.states === undefined).toBe(false);
    if (counts.states !== undefined) expect(Object.fromEntries(Object.entries(counts.states).filter(([, count]) => count > 0))).toEqual(states);
  });

  test('the history of a number names no ticket that the asker may not open', async () => {
    for (const login of ['agent2', 'handler.hrss', 'approver.hrss', 'dispatcher1.ad', 'handler.hsa']) {
      const { text } = await (await as(login)).post('/callers/look-up', { phone: '13812345678', reason: '核对来电' });
      for (const kind of ['secretTicket', 'accusingTicket'] as const) expect([login, kind, text.includes(objects[kind])]).toEqual([login, kind, false]);
    }
  });

  const roomsOf = (kind: keyof Populated): readonly string[] => {
    const room = {
      ticket: 'ticket',
      draft: 'ticket',
      secretTicket: 'ticket',
      accusingTicket: 'ticket',
      rectification: 'rectification',
      clerkRectification: 'rectification',
      conversation: 'conversation',
      call: 'call',
    };
    const name = (room as Record<string, string>)[kind];
    return name === undefined ? [] : [`${name}:${objects[kind]}`];
  };

  test.each(
    strangers.filter(([kind]) => ['ticket', 'secretTicket', 'accusingTicket', 'rectification', 'clerkRectification', 'conversation', 'call'].includes(kind)),
  )(
    '%s: no stranger joins its room or replays its facts',
    async (kind, _prefix, logins) => {
      for (const login of logins) {
        const person = await as(login);
        const socket = io(`${running.url}/console`, {
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
          extraHeaders: { Cookie: person.cookie },
        });
        open.push(socket);
        await new Promise<void>((resolve) => void socket.once('connect', () => resolve()));
        for (const room of roomsOf(kind)) {
          const answer = (await socket.timeout(5_000).emitWithAck('rooms:sync', { known: { [room]: 0 } })) as RoomsSyncAnswer;
          expect([login, answer.refused, JSON.stringify(answer.missed).includes(room)]).toEqual([login, [room], false]);
          expect([login, (await person.get(`/facts?room=${encodeURIComponent(room)}&after=0`)).status]).toEqual([login, 404]);
        }
        socket.disconnect();
      }
    },
    60_000,
  );

  test('a clerk of the very unit that was rated does not hear of the own case in the room of the unit', async () => {
    const platform = await running.asClient('ratings:write');
    const about = { deptCode: '11930100MB2000039A', areaCode: '930100', assessTime: '2026-10-08T10:00:00+08:00', acceptDate: '2026-10-08T09:00:00+08:00' };
    const { body } = await platform.post('/ratings', aBadRating({ ...about, proManager: '何芷若' }));
    const caseId = String((body as { rectificationId: string }).rectificationId);
    await running.settle();
    const clerk = await as('handler2.hrss');
    expect((await clerk.get(`/rectifications/${caseId}`)).status).toBe(404);
    expect((await (await as('handler.hrss')).get(`/rectifications/${caseId}`)).status).toBe(200);
    const { text } = await clerk.get('/facts?room=org:org-lz-hrss&after=0&limit=500');
    expect(text).not.toContain(caseId);
    // The colleagues' screens still learn that there is something to read.
    expect(text).toContain('rectification.unitTouched');
  });

  /** Every fact that a person's own rooms carry names only what the person may open (the hotline room belongs to the centre). */
  test.each(['handler.hrss', 'approver.hrss', 'clerk.hrss', 'handler.hsa', 'handler.hrss.ad'])('the own rooms of %s name no hidden case', async (login) => {
    const person = await as(login);
    const hidden = strangers.filter(([, , logins]) => logins.includes(login)).map(([kind]) => objects[kind]);
    const staff = (await running.system.identity.sessions.actorOf(person.cookie.split('=')[1] ?? '', '127.0.0.1'))?.actor;
    if (staff === undefined) throw new Error('no session');
    for (const room of running.system.rooms.ownRooms(staff)) {
      const { text } = await person.get(`/facts?room=${encodeURIComponent(room)}&after=0&limit=500`);
      for (const id of hidden) expect([room, id, text.includes(id)]).toEqual([room, id, false]);
    }
  });
});

describe('security A-1, §11: ids of others in the fields of a write', () => {
  const upload = async (login: string, subject: string, subjectId: string): Promise<number> => {
    const person = await as(login);
    const answer = await running.http
      .post('/api/v1/attachments')
      .set('Cookie', person.cookie)
      .set('X-CSRF-Token', person.csrf)
      .field('subject', subject)
      .field('subjectId', subjectId)
      .attach('file', aPicture, 'x.png');
    return answer.status;
  };

  test('a file is not hung on a case that the sender may not see', async () => {
    expect(await upload('handler.hsa', 'ticket', objects.ticket)).toBe(404);
    expect(await upload('approver.hrss', 'ticket', objects.accusingTicket)).toBe(404);
    expect(await upload('clerk.hrss', 'rectification', objects.clerkRectification)).toBe(404);
    expect(await upload('supervisor1.ad', 'rectification', objects.rectification)).toBe(404);
  });

  test.each([
    ['a secret ticket', 'TICKET', 'secretTicket'],
    ['a ticket that is not there', 'TICKET', null],
    ['a call that is not there', 'CALL', null],
    ['a conversation that is not there', 'CONVERSATION', null],
    ['a rating that one may not read', 'RATING', 'rating'],
  ] as const)('a ticket is not tied to %s', async (_name, kind, object) => {
    const agent = await as('agent2');
    const made = await agent.post('/tickets', aTicket());
    const refId = object === null ? absent : objects[object];
    const tied = await agent.post(`/tickets/${(made.body as { id: string }).id}/links`, { kind, refId });
    expect(tied.status).toBe(404);
    expect((await agent.post('/tickets', { ...aTicket(), links: [{ kind, refId }] })).status).toBe(404);
  });

  test('a ticket of another city is not tied, nor merged into', async () => {
    const agent = await as('agent1.ad');
    const made = (await agent.post('/tickets', aTicket({ regionCode: '940100' }))).body as { id: string };
    expect((await agent.post(`/tickets/${made.id}/links`, { kind: 'TICKET', refId: objects.ticket })).status).toBe(404);
    expect((await agent.post(`/tickets/${made.id}/moves/accept`).set('If-Match', '"1"')).status).toBe(200);
    const merged = await (
      await as('dispatcher1.ad')
    )
      .post(`/tickets/${made.id}/moves/merge`, { targetId: objects.ticket, reason: '重复' })
      .set('If-Match', '"2"');
    expect(merged.status).toBe(404);
  });

  test('a unit or person that is not there cannot be accused: the accused would not be kept away', async () => {
    const agent = await as('agent1');
    expect((await agent.post('/tickets', { ...aTicket(), type: 'REPORT', accusedOrgId: absent })).status).toBe(422);
    expect((await agent.post('/tickets', { ...aTicket(), type: 'REPORT', accusedStaffId: absent })).status).toBe(422);
    const made = (await agent.post('/tickets', aTicket())).body as { id: string };
    expect((await agent.patch(`/tickets/${made.id}`, { accusedOrgId: absent }).set('If-Match', '"1"')).status).toBe(422);
    expect((await agent.patch(`/tickets/${made.id}`, { accusedStaffId: absent }).set('If-Match', '"1"')).status).toBe(422);
  });

  test('work goes to no unit or person that is not there, or of another unit', async () => {
    const dispatcher = await as('dispatcher1');
    const agent = await as('agent1');
    const made = (await agent.post('/tickets', aTicket())).body as { id: string };
    await agent.post(`/tickets/${made.id}/moves/accept`).set('If-Match', '"1"');
    const dispatch = (unit: object) => dispatcher.post(`/tickets/${made.id}/moves/dispatch`, { units: [unit] }).set('If-Match', '"2"');
    expect((await dispatch({ orgId: absent, role: 'LEAD' })).status).toBeGreaterThanOrEqual(404);
    expect((await dispatch({ orgId: 'org-lz-urban', role: 'LEAD', handlerId: 'stf-handler-hsa' })).status).toBeGreaterThanOrEqual(404);
    expect((await dispatch({ orgId: 'org-lz-urban', role: 'LEAD', handlerId: absent })).status).toBeGreaterThanOrEqual(404);
    const assign = (handlerId: string) => dispatcher.post(`/sub-orders/${objects.subOrder}/moves/assign`, { handlerId }).set('If-Match', '"1"');
    expect((await assign('stf-handler-hsa')).status).toBeGreaterThanOrEqual(403);
    const supervisor = await as('supervisor1');
    const { version } = (await supervisor.get(`/rectifications/${objects.rectification}`)).body as { version: number };
    const reassigned = await supervisor.post(`/rectifications/${objects.rectification}/moves/reassign`, { reason: '单位有误' }).set('If-Match', `"${version}"`);
    expect(reassigned.status).toBe(200);
    const given = await supervisor.post(`/rectifications/${objects.rectification}/moves/assign`, { orgId: absent }).set('If-Match', `"${version + 1}"`);
    expect(given.status).toBeGreaterThanOrEqual(404);
  });

  test('evidence of another case, and a call-back noted for a stranger, are refused', async () => {
    const handler = await as('handler.hrss');
    const { version } = (await handler.get(`/rectifications/${objects.clerkRectification}`)).body as { version: number };
    const body = {
      isTrue: false,
      isReasonable: false,
      opinion: '不属实',
      reason: '不属实',
      basis: '暂行办法',
      category: 'NOT_TRUE',
      attachmentIds: [objects.caseAttachment],
    };
    const appealed = await handler.post(`/rectifications/${objects.clerkRectification}/moves/appeal`, body).set('If-Match', `"${version}"`);
    expect(appealed.status).toBeGreaterThanOrEqual(404);
    const task = await as('agent1');
    await task.post(`/callback-tasks/${objects.callbackTask}/moves/claim`).set('If-Match', '"1"');
    const reached = await task.post(`/callback-tasks/${objects.callbackTask}/moves/reach`, { note: '已答复', ticketId: absent }).set('If-Match', '"2"');
    expect(reached.status).toBeGreaterThanOrEqual(404);
  });
});
