import { randomBytes } from 'node:crypto';
import { type Person, startTestSystem, type TestSystem } from '../support/test-system';

let system: TestSystem;
let agent: Person;

beforeAll(async () => {
  system = await startTestSystem();
  agent = await system.as('agent1');
});
afterAll(() => system.close());

const key = (): string => randomBytes(16).toString('base64url');
const api = (path: string): string => `/api/v1${path}`;

const start = async (body = '小区路灯坏了') => {
  const answer = await system.http.post(api('/public/conversations')).send({ startKey: key(), clientMsgId: key(), body });
  expect(answer.status).toBe(201);
  return answer.body as { id: string; token: string; version: number; state: string; queue: { place: number } };
};

const bearer = (token: string): [string, string] => ['Authorization', `Bearer ${token}`];

describe('市民一侧（无账号）', () => {
  test('发起、发消息、取消息、留电话、结束；凭据只在发起时给一次', async () => {
    const talk = await start();
    expect(talk).toMatchObject({ state: 'WAITING', queue: { place: 1 } });
    const path = api(`/public/conversations/${talk.id}`);
    const line = { clientMsgId: key(), body: '在东门' };
    const first = await system.http
      .post(`${path}/messages`)
      .set(...bearer(talk.token))
      .send(line);
    const again = await system.http
      .post(`${path}/messages`)
      .set(...bearer(talk.token))
      .send(line);
    expect([first.status, first.body, again.body]).toEqual([201, { seq: 2, at: first.body.at }, first.body]);
    const contact = await system.http
      .put(`${path}/contact`)
      .set(...bearer(talk.token))
      .send({ phone: '13800138000' });
    expect(contact.body).toMatchObject({ hasContact: true });
    const lines = await system.http.get(`${path}/messages?after=1`).set(...bearer(talk.token));
    expect(lines.body).toMatchObject({
      lastSeq: 3,
      items: [
        { seq: 2, author: 'CITIZEN', body: '在东门' },
        { seq: 3, author: 'SYSTEM' },
      ],
    });
    expect(JSON.stringify((await system.http.get(path).set(...bearer(talk.token))).body)).not.toContain(talk.token);
    expect(
      (
        await system.http
          .post(`${path}/leave`)
          .set(...bearer(talk.token))
          .send()
      ).body,
    ).toMatchObject({ state: 'CLOSED' });
    const late = await system.http
      .post(`${path}/messages`)
      .set(...bearer(talk.token))
      .send({ clientMsgId: key(), body: '还有' });
    expect([late.status, late.body.code]).toEqual([409, 'conversation/closed']);
  });

  test.each([
    ['没有凭据', undefined],
    ['别的凭据', 'x'.repeat(43)],
  ])('%s：读不到、写不进，答案与不存在的会话一样', async (_title, token) => {
    const talk = await start();
    for (const id of [talk.id, '01JZZZZZZZZZZZZZZZZZZZZZZZ']) {
      const read = system.http.get(api(`/public/conversations/${id}/messages`));
      const answer = await (token === undefined ? read : read.set(...bearer(token)));
      expect([answer.status, answer.body.code]).toEqual([401, 'conversation/token-unknown']);
    }
  });

  test.each([
    ['空话', { body: '' }],
    ['钥匙太短', { body: '好', startKey: 'short' }],
    ['号码不像号码', { body: '好', phone: 'abc' }],
    ['多余的字段', { body: '好', admin: true }],
    ['不是文字', { body: 7 }],
    ['太长', { body: '长'.repeat(2001) }],
  ])('填错的被拒绝，什么也不存：%s', async (_title, given) => {
    const before = (await agent.get('/conversations?state=WAITING&limit=200')).body.items.length;
    const answer = await system.http.post(api('/public/conversations')).send({ startKey: key(), clientMsgId: key(), ...given });
    expect(answer.status).toBe(422);
    expect((await agent.get('/conversations?state=WAITING&limit=200')).body.items).toHaveLength(before);
  });

  test('等待多久人人看得到', async () => {
    const answer = await system.http.get(api('/public/queue'));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ chat: { label: expect.any(String) }, phone: { waiting: 0 } });
  });
});

describe('坐席一侧', () => {
  test('接入要带所见版本；后来的坐席得知已被接入；转工单一次，市民凭回执码查得到', async () => {
    const talk = await start('楼道堆满杂物');
    const contact = system.http.put(api(`/public/conversations/${talk.id}/contact`)).set(...bearer(talk.token));
    await contact.send({ phone: '13800138000', name: '王五' });
    const path = `/conversations/${talk.id}`;
    expect((await agent.post(`${path}/moves/take`)).status).toBe(428);
    const seen = await agent.get(path);
    expect(seen.body).toMatchObject({ citizenName: '王*', citizenPhone: '138****8000', topic: '楼道堆满杂物' });
    expect(seen.headers['etag']).toBe('"1"');
    const other = await system.as('agent2');
    const taken = await Promise.all([agent, other].map((who) => who.post(`${path}/moves/take`).set('If-Match', '"1"')));
    expect(taken.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409]);
    const [mine, theirs] = taken[0]?.status === 200 ? [agent, other] : [other, agent];
    expect(taken.find((answer) => answer.status === 409)?.body).toMatchObject({ code: 'conversation/taken-by-other', detail: '已被其他坐席接入。' });
    expect((await theirs.get(`${path}/messages`)).status).toBe(404);
    expect((await theirs.post(`${path}/messages`, { clientMsgId: key(), body: '抢着回' })).status).toBe(403);
    expect((await mine.post(`${path}/messages`, { clientMsgId: key(), body: '我来登记' })).status).toBe(201);

    const made = await mine.post(`${path}/ticket`, {});
    expect(made.status).toBe(201);
    expect((await mine.post(`${path}/ticket`, {})).body).toEqual(made.body);
    const { ticketId, ticketNo, receiptCode } = made.body as { ticketId: string; ticketNo: string; receiptCode: string };
    const ticket = await mine.get(`/tickets/${ticketId}`);
    expect(ticket.body).toMatchObject({ number: ticketNo, source: 'WEB', links: [{ kind: 'CONVERSATION', refId: talk.id }] });
    const progress = await system.http.get(api(`/public/progress?code=${receiptCode}&last4=8000`));
    expect(progress.body).toMatchObject({ number: ticketNo });
    const lines = await system.http.get(api(`/public/conversations/${talk.id}/messages`)).set(...bearer(talk.token));
    expect(lines.body.items.at(-1)).toMatchObject({ kind: 'TICKET', ticket: { ticketNo, receiptCode } });
  });

  test('没有登录、没有角色的人看不到会话', async () => {
    const talk = await start();
    expect((await system.http.get(api('/conversations'))).status).toBe(401);
    const handler = await system.as('handler.hrss');
    expect((await handler.get('/conversations')).status).toBe(403);
    expect((await handler.get(`/conversations/${talk.id}`)).status).toBe(403);
  });

  test('库里查得出：轨迹、序号、状态都对得上', async () => {
    const { findings } = await system.system.verify();
    expect(findings.filter((finding) => finding.invariant.includes('conversation') && finding.offending.length > 0)).toEqual([]);
    expect(await system.system.inquiries.verify()).toMatchObject([{ offending: [] }, { offending: [] }, { offending: [] }]);
  });
});
