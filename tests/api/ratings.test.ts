import { aBadRating, aRating } from '../support/ratings';
import { startTestSystem, type TestSystem } from '../support/test-system';

let started: TestSystem;
let platform: Awaited<ReturnType<TestSystem['asClient']>>;
const hrss = '11930100MB2000039A';
const here = { deptCode: hrss, areaCode: '930100' };

beforeAll(async () => {
  started = await startTestSystem({ now: '2026-10-12T01:00:00.000Z' });
  platform = await started.asClient('ratings:write');
});
afterAll(() => started.close());

describe('POST /ratings', () => {
  test('201 with receipt and case, 200 word for word when it comes again, 202 for other content', async () => {
    const raw = aBadRating(here);
    const first = await platform.post('/ratings', raw);
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      id: expect.any(String),
      receiptCode: expect.stringMatching(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){4}$/),
      rectificationId: expect.any(String),
    });
    const again = await platform.post('/ratings', raw);
    expect(again.status).toBe(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await platform.post('/ratings', { ...raw, writingEvaluation: '另一段话' });
    expect(other.status).toBe(202);
    expect(other.body).toMatchObject({ quarantineId: expect.any(String), receiptCode: expect.any(String), rectificationId: first.body.rectificationId });
  });

  test('422 as problem+json with the field, and nothing stored', async () => {
    const { codeSystem: _none, ...withoutSystem } = aRating(here);
    for (const body of [withoutSystem, { ...aRating(here), extra: 1 }, aRating({ ...here, satisfaction: 9 }), { ...aRating(here), projectNo: { $ne: '' } }]) {
      const answer = await platform.post('/ratings', body);
      expect(answer.status).toBe(422);
      expect(answer.headers['content-type']).toMatch(/application\/problem\+json/);
      expect((answer.body as { errors: unknown[] }).errors.length).toBeGreaterThan(0);
    }
    expect((await platform.post('/ratings', aRating({ ...here, assessNumber: 2 }))).body).toMatchObject({ code: 'rating/first-missing' });
  });

  test('nobody takes in without key or right', async () => {
    expect((await started.http.post('/api/v1/ratings').send(aRating(here))).status).toBe(401);
    const reader = await started.asClient('ratings:read');
    expect((await reader.post('/ratings', aRating(here))).status).toBe(403);
    const agent = await started.as('agent1');
    expect((await agent.post('/ratings', aRating(here))).status).toBe(403);
    const supervisor = await started.as('supervisor1');
    expect((await supervisor.post('/ratings', aRating(here))).status).toBe(201);
  });

  test('two hundred posts at the same time, each answered once it is stored, doubles included', async () => {
    const raws = Array.from({ length: 100 }, () => aRating(here));
    const answers = await Promise.all([...raws, ...raws].map((raw) => platform.post('/ratings', raw)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(100);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(100);
  });
});

describe('POST /ratings/batch', () => {
  test('one answer for each row; one bad row never spoils the others', async () => {
    const bad = aBadRating(here);
    const answer = await platform.post('/ratings/batch', { ratings: [aRating(here), bad, bad, { rubbish: true }] });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ accepted: 2, replayed: 1, quarantined: 0, rejected: 1 });
    expect((answer.body as { results: { problem?: { status: number } }[] }).results[3]?.problem?.status).toBe(422);
    expect((await platform.post('/ratings/batch', { ratings: [] })).status).toBe(422);
    expect((await platform.post('/ratings/batch', { ratings: Array.from({ length: 1001 }, () => ({})) })).status).toBe(422);
  });
});

describe('GET /ratings', () => {
  test('a unit sees its own, masked; another unit and another region see nothing', async () => {
    const { body } = await platform.post('/ratings', aBadRating(here));
    const path = `/ratings/${(body as { id: string }).id}`;
    const handler = await started.as('handler.hrss');
    const seen = await handler.get(path);
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({
      satisfaction: 'VERY_DISSATISFIED',
      rater: { name: '张*', phone: '138****5678' },
      tags: [{ code: '109', pointsAtGuide: true }, { code: '113' }],
    });
    expect(JSON.stringify(seen.body)).not.toMatch(/13812345678|张三丰/);
    for (const person of ['handler.hsa', 'supervisor1.ad']) expect((await (await started.as(person)).get(path)).status).toBe(404);
    const list = await handler.get('/ratings?bad=true&limit=1');
    expect(list.status).toBe(200);
    expect((list.body as { items: unknown[]; nextCursor: string }).nextCursor).toEqual(expect.any(String));
    const supervisor = await started.as('supervisor1');
    expect((await supervisor.get('/ratings/quarantine')).body).toMatchObject({ items: [{ reason: 'CONFLICT' }] });
    expect((await handler.get('/ratings/quarantine')).status).toBe(403);
  });
});
