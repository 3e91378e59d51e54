import type { Person, TestSystem } from './test-system';
import { aBadRating, aRating } from './ratings';
import { aTicket } from './tickets';

/** A PNG of one pixel. */
export const aPicture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** One object of every kind, in 澜州, named by what it is. */
export interface Populated {
  readonly draft: string;
  readonly ticket: string;
  readonly secretTicket: string;
  /** A report against the bureau of social security. */
  readonly accusingTicket: string;
  readonly subOrder: string;
  readonly rating: string;
  readonly rectification: string;
  /** A case in which 白露 of the hall was rated. */
  readonly clerkRating: string;
  readonly clerkRectification: string;
  readonly conversation: string;
  readonly conversationToken: string;
  readonly call: string;
  readonly callbackTask: string;
  readonly ticketAttachment: string;
  readonly caseAttachment: string;
  readonly apiClient: string;
}

const created = async (answer: PromiseLike<{ readonly status: number; readonly body: unknown }>): Promise<Record<string, string>> => {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`populating: ${status} ${JSON.stringify(body)}`);
  return body as Record<string, string>;
};

const upload = async (running: TestSystem, person: Person, to: { readonly subject: string; readonly subjectId: string }): Promise<string> =>
  (
    await created(
      running.http
        .post('/api/v1/attachments')
        .set('Cookie', person.cookie)
        .set('X-CSRF-Token', person.csrf)
        .field('subject', to.subject)
        .field('subjectId', to.subjectId)
        .attach('file', aPicture, '现场照片.png'),
    )
  )['id'] ?? '';

const makeTickets = async (running: TestSystem) => {
  const [agent, dispatcher] = [await running.as('agent1'), await running.as('dispatcher1')];
  const draftOf = async (more: object): Promise<string> => (await created(agent.post('/tickets', { ...aTicket(), ...more })))['id'] ?? '';
  const draft = await draftOf({});
  const ticket = await draftOf({});
  await created(agent.post(`/tickets/${ticket}/moves/accept`).set('If-Match', '"1"'));
  const units = [{ orgId: 'org-lz-hrss', role: 'LEAD' }];
  await created(dispatcher.post(`/tickets/${ticket}/moves/dispatch`, { units }).set('If-Match', '"2"'));
  const secretTicket = await draftOf({ isSecret: true });
  const accusingTicket = await draftOf({ type: 'REPORT', accusedOrgId: 'org-lz-hrss', accusedStaffId: 'stf-approver-hrss' });
  const handler = await running.as('handler.hrss');
  const page = (await created(handler.get('/sub-orders'))) as unknown as { items: { id: string }[] };
  const ticketAttachment = await upload(running, agent, { subject: 'ticket', subjectId: draft });
  return { draft, ticket, secretTicket, accusingTicket, subOrder: page.items[0]?.id ?? '', ticketAttachment };
};

const makeCases = async (running: TestSystem) => {
  const platform = await running.asClient('ratings:write');
  const at = { deptCode: '11930100MB2000039A', areaCode: '930100', assessTime: '2026-10-08T10:00:00+08:00', acceptDate: '2026-10-08T09:00:00+08:00' };
  await created(platform.post('/ratings', aRating(at)));
  const bad = await created(platform.post('/ratings', aBadRating(at)));
  const clerk = await created(platform.post('/ratings', aBadRating({ ...at, proManager: '白露' })));
  const handler = await running.as('handler.hrss');
  const caseAttachment = await upload(running, handler, { subject: 'rectification', subjectId: bad['rectificationId'] ?? '' });
  return {
    rating: bad['id'] ?? '',
    rectification: bad['rectificationId'] ?? '',
    clerkRating: clerk['id'] ?? '',
    clerkRectification: clerk['rectificationId'] ?? '',
    caseAttachment,
  };
};

const makeTalks = async (running: TestSystem) => {
  const talk = await created(
    running.http
      .post('/api/v1/public/conversations')
      .send({ startKey: 'k'.repeat(30), clientMsgId: 'first-line', body: '想问社保转移', name: '张三丰', phone: '13812345678' }),
  );
  const { telephony } = running.system;
  const call = await created(running.http.post('/api/v1/public/calls').send({ phone: '13812345678', consent: true }));
  const [callId = '', legId = '', token = '', resumeToken = ''] = [call['callId'], call['legId'], call['token'], call['resumeToken']];
  await telephony.signalling.attach({ callId, legId, resumeToken, epoch: null, token, address: '127.0.0.1' });
  await telephony.signalling.confirm(legId);
  await telephony.settle();
  running.clock.advance(20_000);
  await telephony.signalling.embedded.citizenGone(callId, legId, 'normal');
  await telephony.settle();
  const agent = await running.as('agent1');
  const tasks = (await created(agent.get('/callback-tasks'))) as unknown as { items: { id: string }[] };
  return { conversation: talk['id'] ?? '', conversationToken: talk['token'] ?? '', call: callId, callbackTask: tasks.items[0]?.id ?? '' };
};

/** Fills a test system over its own doors. */
export const populate = async (running: TestSystem): Promise<Populated> => {
  const made = { ...(await makeTickets(running)), ...(await makeCases(running)), ...(await makeTalks(running)) };
  const admin = await running.as('admin1');
  const client = (await created(admin.post('/api-clients', { name: '对接系统', scopes: ['ratings:write'] }))) as unknown as { id: string };
  await running.settle();
  const all = { ...made, apiClient: client.id };
  for (const [name, id] of Object.entries(all)) if (typeof id !== 'string' || id === '') throw new Error(`populating made no ${name}`);
  return all;
};
