import { type Person, startTestSystem, type TestSystem } from '../support/test-system';

let world: TestSystem;
let editor: Person;
let reviewer: Person;
let agent: Person;

beforeAll(async () => {
  world = await startTestSystem();
  [editor, reviewer, agent] = [await world.as('kbeditor1'), await world.as('kbreviewer1'), await world.as('agent1')];
  await world.system.knowledge.seedDemo();
});
afterAll(() => world.close());

const ask = (path: string, query: Record<string, string>) => world.http.get(`/api/v1${path}`).query(query);

const aGuide = (more: object = {}) => ({
  head: {
    regionCode: '930121',
    regionName: '云江省澜州市青溪县',
    department: '青溪县水利局',
    ownerOrg: '青溪县水利局',
    basisDocument: '《取水许可和水资源费征收管理条例》',
    validFrom: '2026-01-01',
    reviewDue: '2027-01-01',
    demo: true,
  },
  content: { name: '取水许可新办', materials: [{ name: '取水许可申请书', originals: 1 }], ...more },
});

describe('办事指南接口', () => {
  test('群众不登录也能检索，答案带地区、部门、方式、有效期和高亮片段', async () => {
    const { body } = await ask('/guides/search', { q: '我在澜州买房，怎么提安渡的公积金', limit: '3' }).expect(200);
    expect(body.items[0]).toMatchObject({
      name: '购房提取住房公积金',
      region: '海岚省安渡市',
      mode: 'REMOTE_COLLECT',
      validUntil: '2027-12-31',
      nearest: false,
    });
    expect(body.items).toHaveLength(3);
    expect(body.tookMs).toEqual(expect.any(Number));
    expect(body.understood).toMatchObject({ personRegion: { code: '930100' }, handlingRegion: { code: '940100' } });
  });

  test('地区参数写名称或代码都行', async () => {
    for (const handlingRegion of ['940100', '安渡市']) {
      const { body } = await ask('/guides/search', { q: 'gjj tiqu', handlingRegion }).expect(200);
      expect(body.items[0]).toMatchObject({ region: '海岚省安渡市' });
    }
  });

  test('答复卡给出两地并排、引用版本和两句话', async () => {
    const { body } = await ask('/guides/answer-card', { item: '购房提取住房公积金', from: '澜州', to: '安渡' }).expect(200);
    expect(body).toMatchObject({ differenceCount: expect.any(Number), notice: null, demo: true });
    expect(body.script).toHaveLength(2);
    const cited = body.citations[0];
    const guide = await ask(`/guides/${cited.guideId}`, { version: String(cited.version) }).expect(200);
    expect(guide.body).toMatchObject({ id: cited.guideId, version: cited.version, status: 'PUBLISHED' });
  });

  test.each([
    ['/guides/search', {}, 422],
    ['/guides/search', { q: '公积金', limit: '500' }, 422],
    ['/guides/search', { q: '公'.repeat(401) }, 422],
    ['/guides/answer-card', {}, 422],
    ['/guides/nothing', {}, 404],
  ])('%s %j → %i', async (path, query, status) => {
    await ask(path, query).expect(status);
  });

  test('起草、送审、发布各有各的人，发布后一查就有', async () => {
    await agent.post('/guides', aGuide()).expect(403);
    const drafted = await editor.post('/guides', aGuide()).expect(201);
    const { id } = drafted.body;
    await ask(`/guides/${id}`, {}).expect(404);
    await editor.post(`/guides/${id}/submission`).expect(428);
    const submitted = await editor
      .post(`/guides/${id}/submission`)
      .set('If-Match', drafted.headers['etag'] ?? '')
      .expect(200);
    await editor
      .post(`/guides/${id}/publication`)
      .set('If-Match', submitted.headers['etag'] ?? '')
      .expect(403);
    await reviewer.post(`/guides/${id}/publication`).set('If-Match', '"1"').expect(412);
    await reviewer
      .post(`/guides/${id}/publication`)
      .set('If-Match', submitted.headers['etag'] ?? '')
      .expect(200);
    const found = await ask('/guides/search', { q: '青溪县取水许可' }).expect(200);
    expect(found.body.items[0]).toMatchObject({ id, version: 1 });
    expect((await agent.get(`/guides/${id}/versions`).expect(200)).body.items).toHaveLength(1);
  });

  test('兜底材料被拒绝，并指出是哪一行', async () => {
    const refused = await editor.post('/guides', aGuide({ materials: [{ name: '身份证明' }, { name: '其他有关材料' }] })).expect(422);
    expect(refused.body).toMatchObject({ code: 'knowledge/catch-all-material', errors: [{ path: '/content/materials/1/name' }] });
  });

  test('批量导入逐行报告', async () => {
    const line = JSON.stringify({
      id: 'x1',
      name: '养犬登记',
      region: '云江省澜州市',
      department: '澜州市公安局',
      kind: 'guide',
      materials: '犬只免疫证明、身份证',
    });
    const { body } = await reviewer.post('/guides/import', { lines: [line, '{'] }).expect(200);
    expect(body).toMatchObject({ created: 1, rejected: [{ line: 2 }] });
  });

  test('事项目录公开，注明出处的可靠程度', async () => {
    const { body } = await ask('/items', {}).expect(200);
    expect(body.items.length).toBeGreaterThanOrEqual(85);
    expect(body.items.find((item: { name: string }) => item.name === '结婚登记')).toMatchObject({ supersededAt: '2025-05-10', evidence: 'seen' });
  });

  test('坐席报错，编辑更正，指南的待核标记随之去掉', async () => {
    const found = await ask('/guides/search', { q: '安渡学历公证' }).expect(200);
    const guideId = found.body.items[0].id;
    const reported = await agent.post('/guide-corrections', { guideId, origin: 'AGENT', words: '窗口电话打不通' }).expect(201);
    expect(reported.body).toMatchObject({ status: 'ASSIGNED', guideVersion: 1 });
    expect((await ask(`/guides/${guideId}`, {}).expect(200)).body.underCorrection).toBe(true);
    const move = `/guide-corrections/${reported.body.id}/moves/fix`;
    await agent.post(move, { answer: '已换号码' }).set('If-Match', '"1"').expect(403);
    await editor.post(move, {}).set('If-Match', '"1"').expect(422);
    await editor.post(move, { answer: '已换号码' }).set('If-Match', '"1"').expect(200);
    expect((await ask(`/guides/${guideId}`, {}).expect(200)).body.underCorrection).toBe(false);
    expect((await agent.get('/guide-corrections?status=FIXED').expect(200)).body.items).toHaveLength(1);
  });
});
