import { createKnowledgeBase, type GuideInput } from '#knowledge-base';
import { openKnowledgeBase, type OpenKnowledgeBase, regions } from './open-knowledge-base';

let open: OpenKnowledgeBase;
beforeEach(async () => {
  open = await openKnowledgeBase();
});
afterEach(() => open.close());

const editor = { id: 'EDITOR' };
const reviewer = { id: 'REVIEWER' };

const aGuide = (more: { readonly head?: Partial<GuideInput['head']>; readonly content?: Partial<GuideInput['content']> } = {}): GuideInput => ({
  head: {
    regionCode: '930100',
    regionName: '云江省澜州市',
    department: '澜州市公证处',
    ownerOrg: '澜州市公证处',
    basisDocument: '《公证程序规则》',
    validFrom: '2026-01-01',
    reviewDue: '2027-01-01',
    demo: true,
    ...more.head,
  },
  content: { name: '学历公证', materials: [{ name: '毕业证书', originals: 1 }], promisedLimit: { amount: 3, unit: 'WORKING_DAY' }, ...more.content },
});

const factsNamed = async (name: string): Promise<number> => {
  const [rows] = await open.database.sequelize.query('SELECT COUNT(*) AS n FROM outbox WHERE name = ?', { replacements: [name] });
  return Number((rows as { n: number }[])[0]?.n);
};

const publish = async (input: GuideInput): Promise<string> => {
  const id = await open.knowledge.draftGuide(input, editor);
  await open.knowledge.submitGuide(id, 1);
  await open.knowledge.publishGuide(id, 2, reviewer);
  return id;
};

test('起草、送审、由别人发布以后才查得到，发布留下事实', async () => {
  const id = await open.knowledge.draftGuide(aGuide(), editor);
  expect((await open.knowledge.search({ q: '学历公证', limit: 5 })).items).toEqual([]);
  await expect(open.knowledge.getGuide(id)).rejects.toMatchObject({ code: 'knowledge/guide-missing' });
  await expect(open.knowledge.publishGuide(id, 1, reviewer)).rejects.toMatchObject({ code: 'knowledge/nothing-to-review' });
  await open.knowledge.submitGuide(id, 1);
  await expect(open.knowledge.publishGuide(id, 2, editor)).rejects.toMatchObject({ code: 'knowledge/own-work' });
  expect(await open.knowledge.publishGuide(id, 2, reviewer)).toBe(1);
  expect((await open.knowledge.search({ q: '学历公证', limit: 5 })).items).toMatchObject([{ id, version: 1, region: '云江省澜州市' }]);
  expect(await factsNamed('guide.published')).toBe(1);
});

test('再次发布是新版本，旧版本照样读得到，两版差在哪里说得清', async () => {
  const id = await publish(aGuide());
  await open.knowledge.reviseGuide(id, 3, aGuide({ content: { promisedLimit: { amount: 2, unit: 'WORKING_DAY' } } }), editor);
  expect((await open.knowledge.getGuide(id)).content.promisedLimit?.amount).toBe(3);
  await open.knowledge.submitGuide(id, 4);
  expect(await open.knowledge.publishGuide(id, 5, reviewer)).toBe(2);
  expect((await open.knowledge.getGuide(id)).content.promisedLimit?.amount).toBe(2);
  expect((await open.knowledge.getGuide(id, 1)).content.promisedLimit?.amount).toBe(3);
  expect((await open.knowledge.listVersions(id))[0]?.changes.map((change) => change.field)).toEqual(['promisedLimit']);
  expect(await open.knowledge.isCitable(id, 1)).toBe(true);
  expect(await open.knowledge.isCitable(id, 3)).toBe(false);
});

test('两个人同时改，后到的被拒绝', async () => {
  const id = await open.knowledge.draftGuide(aGuide(), editor);
  await open.knowledge.reviseGuide(id, 1, aGuide(), editor);
  await expect(open.knowledge.reviseGuide(id, 1, aGuide(), editor)).rejects.toMatchObject({ kind: 'stale', code: 'knowledge/guide-changed' });
});

test.each<[string, Parameters<typeof aGuide>[0], string]>([
  ['兜底材料', { content: { materials: [{ name: '其他材料' }] } }, 'knowledge/catch-all-material'],
  ['承诺长于法定', { content: { statutoryLimit: { amount: 2, unit: 'WORKING_DAY' } } }, 'knowledge/promise-longer-than-law'],
  ['失效早于生效', { head: { validUntil: '2025-12-31' } }, 'knowledge/guide-invalid'],
  ['收费没有标准', { content: { fee: { charged: true } } }, 'knowledge/guide-invalid'],
])('录入时拒绝：%s', async (_what, more, code) => {
  expect(() => open.knowledge.draftGuide(aGuide(more), editor)).toThrow(expect.objectContaining({ code }));
});

test('没有依据文件或复核日不能发布', async () => {
  const id = await open.knowledge.draftGuide(aGuide({ head: { basisDocument: null, reviewDue: null } }), editor);
  await open.knowledge.submitGuide(id, 1);
  await expect(open.knowledge.publishGuide(id, 2, reviewer)).rejects.toMatchObject({ errors: [{ code: 'basis-missing' }, { code: 'review-missing' }] });
});

test('同一事项同一地方不能有两份有效指南，除非说明差异', async () => {
  await open.knowledge.seedCatalogue();
  const item = (await open.knowledge.listItems()).find((one) => one.name === '学历公证');
  await publish(aGuide({ head: { itemId: item?.id ?? '' } }));
  await expect(publish(aGuide({ head: { itemId: item?.id ?? '' } }))).rejects.toMatchObject({ code: 'knowledge/guide-twice' });
  await publish(aGuide({ head: { itemId: item?.id ?? '', regionCode: '940100', regionName: '海岚省安渡市' } }));
  await publish(aGuide({ head: { itemId: item?.id ?? '', differenceNote: '涉外使用的另行说明' } }));
});

test('下线以后查不到；过期以后状态是过期，也查不到', async () => {
  const id = await publish(aGuide({ head: { validUntil: '2026-12-31' } }));
  const other = await publish(aGuide({ content: { name: '学位公证' } }));
  await open.knowledge.withdrawGuide(other, 3);
  expect((await open.knowledge.search({ q: '学位公证', limit: 5 })).items.map((hit) => hit.id)).toEqual([id]);
  open.clock.set('2027-01-02T00:00:00.000Z');
  expect((await open.knowledge.getGuide(id)).status).toBe('EXPIRED');
  expect((await open.knowledge.search({ q: '学历公证', limit: 5 })).items).toEqual([]);
});

test('核验只换日期，不出新版本', async () => {
  const id = await publish(aGuide());
  await open.knowledge.verifyGuide(id, 3, '澜州市公证处');
  expect(await open.knowledge.getGuide(id)).toMatchObject({ version: 1, head: { verifiedAt: '2026-10-09', verifiedBy: '澜州市公证处' } });
});

const row = (id: string, more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id,
    name: '残疾人证换领',
    region: '云江省澜州市青溪县',
    department: '青溪县残联',
    kind: 'guide',
    materials: '身份证、旧证。',
    body: '带身份证和旧证换领。',
    ...more,
  });

test('导入：好行收下，坏行说清第几行哪一项，同一文件再导不变，改一行只变一行', async () => {
  const lines = [row('a'), '{不是 JSON', row('b', { name: '' }), row('c', { kind: 'poem' }), row('a'), '', row('d', { region: '全国', name: '孤儿救助' })];
  const report = await open.knowledge.importGuides(lines, editor);
  expect(report).toMatchObject({ created: 2, updated: 0, unchanged: 0 });
  expect(report.rejected.map((fault) => [fault.line, fault.field])).toEqual([
    [2, ''],
    [3, 'name'],
    [4, 'kind'],
    [5, 'id'],
  ]);
  open.clock.advance(86_400_000);
  expect(await open.knowledge.importGuides([row('a'), row('d', { region: '全国', name: '孤儿救助' })], editor)).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 2,
  });
  expect(await open.knowledge.importGuides([row('a', { fee: '不收费' })], editor)).toMatchObject({ updated: 1 });
  const [hit] = (await open.knowledge.search({ q: '青溪县换残疾证', limit: 5 })).items;
  expect(hit).toMatchObject({ externalId: 'a', version: 2, regionCode: '930121' });
});

test('导出再导入到另一处，再导出，一字不差', async () => {
  await open.knowledge.seedDemo();
  await open.knowledge.importGuides([row('a')], editor);
  const lines: string[] = [];
  for await (const line of open.knowledge.exportGuides()) lines.push(line);
  expect(await open.knowledge.importGuides(lines, editor)).toMatchObject({ created: 0, updated: 0, unchanged: lines.length, rejected: [] });
  const other = await openKnowledgeBase();
  await other.knowledge.seedCatalogue();
  expect(await other.knowledge.importGuides(lines, editor)).toMatchObject({ created: lines.length, rejected: [] });
  const again: string[] = [];
  for await (const line of other.knowledge.exportGuides()) again.push(line);
  expect(again.sort()).toEqual(lines.sort());
  await other.close();
});

test('重启以后索引从表里重建', async () => {
  const id = await publish(aGuide());
  await open.knowledge.close();
  const again = createKnowledgeBase({ database: open.database, clock: open.clock, ids: { next: () => 'X' }, regions: () => Promise.resolve(regions) });
  await again.start();
  expect((await again.search({ q: 'xlgz', limit: 3 })).items.map((hit) => hit.id)).toEqual([id]);
  await again.close();
});

test('纠错：有主的指南报错后直接交办给提供单位，指南标待核，答复后解除', async () => {
  const id = await publish(aGuide());
  const correction = await open.knowledge.reportCorrection({ guideId: id, guideVersion: null, origin: 'AGENT', words: '窗口说还要交复印件' }, reviewer);
  expect(await open.knowledge.getCorrection(correction)).toMatchObject({ status: 'ASSIGNED', ownerOrg: '澜州市公证处', guideVersion: 1 });
  expect((await open.knowledge.getGuide(id)).underCorrection).toBe(true);
  await expect(open.knowledge.moveCorrection(correction, 1, 'close', {})).rejects.toMatchObject({ code: 'knowledge/correction-state' });
  await expect(open.knowledge.moveCorrection(correction, 1, 'fix', {})).rejects.toMatchObject({ code: 'knowledge/correction-incomplete' });
  await open.knowledge.moveCorrection(correction, 1, 'fix', { answer: '已补充说明' });
  await expect(open.knowledge.moveCorrection(correction, 1, 'close', {})).rejects.toMatchObject({ kind: 'stale' });
  await open.knowledge.moveCorrection(correction, 2, 'close', {});
  expect((await open.knowledge.getGuide(id)).underCorrection).toBe(false);
  expect(await factsNamed('guide.corrected')).toBe(3);
});

test('没有指南可指的（检索无果）先登记，指定单位后再办', async () => {
  const correction = await open.knowledge.reportCorrection({ guideId: null, guideVersion: null, origin: 'NO_RESULT', words: '查不到取水许可' }, reviewer);
  expect(await open.knowledge.listCorrections({ status: 'SUBMITTED' })).toMatchObject([{ id: correction, ownerOrg: '' }]);
  await open.knowledge.moveCorrection(correction, 1, 'assign', { ownerOrg: '澜州市水务局' });
  expect(await open.knowledge.getCorrection(correction)).toMatchObject({ status: 'ASSIGNED', ownerOrg: '澜州市水务局', version: 2 });
});
