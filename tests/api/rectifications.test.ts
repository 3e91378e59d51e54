import { hours, minutes } from '../support/fake-clock';
import { aBadRating } from '../support/ratings';
import { type Person, startTestSystem, type TestSystem } from '../support/test-system';

interface Case {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly moves: { readonly action: string; readonly ok: boolean; readonly unmet: { readonly guard: string; readonly message: string }[] }[];
  readonly missingForClosure: { readonly key: string; readonly done: boolean }[];
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const now = '2026-10-12T01:00:00.000Z';
let started: TestSystem;
let handler: Person;
let supervisor: Person;
let caller: Person;

const at = (): string => started.clock.now().toISOString();
const upload = (person: Person, id: string) =>
  started.http
    .post('/api/v1/attachments')
    .set('Cookie', person.cookie)
    .set('X-CSRF-Token', person.csrf)
    .field('subject', 'rectification')
    .field('subjectId', id)
    .attach('file', png, '整改后.png');
const contact = () => ({ at: at(), method: 'PHONE', result: 'REACHED', note: '电话联系，已说明' });

beforeAll(async () => {
  started = await startTestSystem({ now });
  handler = await started.as('handler.hrss');
  supervisor = await started.as('supervisor1');
  caller = await started.as('callback1');
});
afterAll(() => started.close());

const open = async (changes = {}): Promise<string> => {
  const platform = await started.asClient('ratings:write');
  const { body } = await platform.post('/ratings', aBadRating({ deptCode: '11930100MB2000039A', areaCode: '930100', ...changes }));
  return (body as { rectificationId: string }).rectificationId;
};
const read = async (person: Person, id: string): Promise<Case> => (await person.get(`/rectifications/${id}`)).body as Case;
const move = async (person: Person, id: string, given: { readonly action: string; readonly body?: object; readonly version?: number }) =>
  person.post(`/rectifications/${id}/moves/${given.action}`, given.body).set('If-Match', `"${given.version ?? (await read(supervisor, id)).version}"`);

test('一条实名差评从入库到 100%', async () => {
  const id = await open();
  const opened = await read(handler, id);
  expect(opened).toMatchObject({ state: 'PENDING_VERIFY', version: 1 });
  expect(opened.moves).toMatchObject([{ action: 'verify', ok: false, unmet: [{ guard: 'verificationIsComplete' }] }]);

  const saved = await handler.put(`/rectifications/${id}/draft`, { measures: '撤下旧告知牌' });
  expect(saved.body).toMatchObject({ draftVersion: 1 });
  expect((await handler.post(`/rectifications/${id}/contacts`, contact())).status).toBe(201);
  const verified = await move(handler, id, { action: 'verify', body: { isTrue: true, isReasonable: true, outcome: 'IMMEDIATE_FIX', opinion: '属实' } });
  expect(verified.status).toBe(200);
  expect(verified.headers['etag']).toBe('"2"');

  const early = await move(handler, id, { action: 'submit', body: { reply: '已整改' } });
  expect(early.status).toBe(409);
  expect((early.body as { unmet: { guard: string }[] }).unmet.map((entry) => entry.guard).sort()).toEqual([
    'evidenceIsAttached',
    'fixIsFinished',
    'measuresAreWritten',
  ]);

  expect((await upload(handler, id)).status).toBe(201);
  const submitted = await move(handler, id, {
    action: 'submit',
    body: { measures: '停收户口本原件', finishedAt: at(), reply: '已整改，感谢指出', replyMethod: 'PHONE' },
  });
  expect(submitted.body).toMatchObject({ state: 'PENDING_REVIEW' });
  expect((await move(handler, id, { action: 'approve' })).status).toBe(403);
  expect((await move(supervisor, id, { action: 'approve' })).body).toMatchObject({ state: 'PENDING_CALLBACK' });
  const pass = await move(caller, id, { action: 'callbackPass' });
  expect(pass.status).toBe(409);
  started.clock.advance(minutes(10));
  expect((await caller.post(`/rectifications/${id}/callbacks`, { ...contact(), result: 'ACCEPTED' })).status).toBe(201);
  expect((await move(caller, id, { action: 'callbackPass' })).body).toMatchObject({ state: 'CLOSED', version: 5 });

  const report = await supervisor.get('/reports/closure?from=2026-10-01&to=2026-10-31&groupBy=unit');
  expect(report.body).toMatchObject({
    figures: { shouldRectify: 1, closed: 1, overdueUnclosed: 0, notYetDue: 0 },
    rates: { rectificationRate: { numerator: 1, denominator: 1, percent: 100 } },
    ids: { closed: [id] },
    groups: [{ key: 'org-lz-hrss', label: '市人社局' }],
  });
  const cases = await supervisor.get('/reports/closure/cases?from=2026-10-01&to=2026-10-31&figure=closed');
  expect(cases.body).toMatchObject({ count: 1, items: [{ id }] });
  const deadline = await supervisor.get(`/rectifications/${id}/deadlines/rectify`);
  expect(deadline.body).toMatchObject({ clock: 'rectify', storedDueAt: '2026-10-14T00:00:00.000+08:00', dueAt: '2026-10-14T00:00:00.000+08:00' });
});

test('没有 If-Match 428，旧版本 412 并说明谁改的，缺字段 422，多余字段 422', async () => {
  const id = await open();
  expect((await handler.post(`/rectifications/${id}/moves/reassign`, { reason: '单位有误' })).status).toBe(428);
  expect((await move(supervisor, id, { action: 'reassign', body: {} })).status).toBe(422);
  expect((await move(supervisor, id, { action: 'reassign', body: { reason: '单位有误', state: 'CLOSED' } })).status).toBe(422);
  expect((await move(supervisor, id, { action: 'reassign', body: { reason: '单位有误' } })).status).toBe(200);
  const late = await move(supervisor, id, { action: 'assign', body: { orgId: 'org-lz-hrss' }, version: 1 });
  expect(late.status).toBe(412);
  expect(late.body).toMatchObject({ currentVersion: 2, changedBy: '秦修远' });
});

test('别的单位、别的地区、被评的人都看不到，也传不上附件', async () => {
  const id = await open({ proManager: '白露' });
  for (const person of ['handler.hsa', 'approver.hsa', 'supervisor1.ad', 'clerk.hrss']) {
    const stranger = await started.as(person);
    expect((await stranger.get(`/rectifications/${id}`)).status).toBe(404);
    expect((await upload(stranger, id)).status).toBe(404);
    const list = await stranger.get('/rectifications?limit=200');
    expect(JSON.stringify(list.body)).not.toContain(id);
  }
  expect((await (await started.as('agent1')).get(`/rectifications/${id}`)).status).toBe(403);
  expect((await (await started.as('manager1')).get('/reports/closure')).status).toBe(200);
});

test('清单按已耗时间排序，逐页不重不漏；必办与清单同口径', async () => {
  for (let index = 0; index < 5; index += 1) {
    await open();
    started.clock.advance(hours(24));
  }
  supervisor = await started.as('supervisor1');
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await supervisor.get(`/rectifications?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const body = page.body as { items: { id: string; dueAt: string | null }[]; nextCursor: string | null };
    seen.push(...body.items.map((item) => item.id));
    cursor = body.nextCursor;
  }
  expect(new Set(seen).size).toBe(seen.length);
  const all = (await supervisor.get('/rectifications?limit=200')).body as { items: { id: string; dueAt: string | null; isOverdue: boolean }[] };
  expect(all.items.map((item) => item.id)).toEqual(seen);
  const dues = all.items.map((item) => (item.dueAt === null ? '9' : item.dueAt));
  expect(dues).toEqual([...dues].sort());
  const mustDo = (await supervisor.get('/rectifications/must-do')).body as { overdue: number };
  expect(mustDo.overdue).toBe(all.items.filter((item) => item.isOverdue).length);
  expect(((await supervisor.get('/rectifications?overdue=true&limit=200')).body as { items: unknown[] }).items).toHaveLength(mustDo.overdue);
});

test('对账与链都干净，事实里没有个人信息', async () => {
  await started.settle();
  const { findings, chains } = await started.system.verify();
  expect(findings.filter((finding) => finding.offending.length > 0)).toEqual([]);
  expect(chains.map((chain) => chain.fault)).toEqual(chains.map(() => null));
  expect(chains.map((chain) => chain.chain)).toContain('rating');
  const facts = await started.system.facts.after(0, 500);
  expect(facts.some((fact) => fact.name === 'rectification.moved')).toBe(true);
  expect(JSON.stringify(facts)).not.toMatch(/13812345678|张三|户口本/);
});
