import { openKnowledgeBase, type OpenKnowledgeBase } from './open-knowledge-base';

let open: OpenKnowledgeBase;
beforeAll(async () => {
  open = await openKnowledgeBase();
  await open.knowledge.seedDemo();
});
afterAll(() => open.close());

const card = (item: string, from?: string, to?: string) =>
  open.knowledge.answerCard({ item, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });

test('两地都有指南：并排逐项比，标出不同，引用到版本', async () => {
  const answer = await card('购房提取住房公积金', '澜州', '安渡市');
  expect(answer.mode).toMatchObject({ code: 'REMOTE_COLLECT', label: '异地代收代办', from: 'guide' });
  expect(answer.from.place).toMatchObject({ code: '930100', hotline: '0920-12345' });
  expect(answer.to).toMatchObject({ place: { code: '940100' }, unit: '安渡市住房公积金管理中心', inherited: false });
  expect(answer.citations.map((citation) => citation.version)).toEqual([1, 1]);
  expect(answer.citations[0]?.guideId).toBe(answer.to.citation?.guideId);
  expect(answer.differenceCount).toBe(answer.differences.filter((row) => row.differs).length);
  expect(answer.differences.filter((row) => row.differs).map((row) => row.label)).toEqual(expect.arrayContaining(['时限', '送达']));
  expect(answer.differences.find((row) => row.field === 'limit')?.toSegments.some((segment) => segment.hit)).toBe(true);
  expect(answer.to).toMatchObject({ verifiedAt: expect.stringMatching(/^20/), verifiedBy: '安渡市住房公积金管理中心', validUntil: '2027-12-31' });
  expect(answer).toMatchObject({ notice: null, demo: true });
  expect(answer.others.length).toBeGreaterThan(2);
  expect(answer.others.map((other) => other.id)).not.toContain(answer.to.citation?.guideId);
});

test('口播是两句话，说出版本和有效期', async () => {
  const { script } = await card('购房提取住房公积金', '澜州', '安渡');
  expect(script).toHaveLength(2);
  for (const sentence of script) expect(sentence.match(/。/g)).toHaveLength(1);
  expect(script[0]).toContain('安渡市住房公积金管理中心');
  expect(script[1]).toContain('第 1 版');
});

test('一句话里说了事情和两个地方，卡片一样', async () => {
  const spoken = await card('我在澜州买房，怎么提安渡的公积金');
  expect(spoken.citations).toEqual((await card('购房提取住房公积金', '澜州', '安渡')).citations);
});

test('区县没有自己的指南，用市里的，并说明是上级的', async () => {
  expect((await card('购房提取住房公积金', '青溪县', '海岚省安渡市港东区')).to).toMatchObject({ inherited: true, citation: { region: '海岚省安渡市' } });
});

test('办理地没有指南：目录简介、固定提示、区号加 12345', async () => {
  const answer = await card('购房提取住房公积金', '澜州', '沈阳');
  expect(answer.to).toMatchObject({ citation: null, place: { hotline: '024-12345' } });
  expect(answer.notice).toMatchObject({ reason: 'no-guide', hotline: '024-12345', text: expect.stringContaining('以办理地公布为准') });
  expect(answer.item?.description).not.toBe('');
  expect(answer.script[1]).toContain('024-12345');
});

test('不知道办理地，或地名不认识，不拿别处的顶替', async () => {
  expect((await card('购房提取住房公积金', '澜州')).notice).toMatchObject({ reason: 'place-unknown', text: expect.stringContaining('以办理地公布为准') });
  expect((await card('购房提取住房公积金', '澜州', '乌有之乡')).notice).toMatchObject({ reason: 'place-unknown' });
});

test('被新规取代的事项照实说', async () => {
  const answer = await card('领结婚证', '澜州', '安渡');
  expect(answer.item?.superseded).toMatchObject({ at: '2025-05-10' });
  expect(answer.notice).toMatchObject({ reason: 'superseded', text: expect.stringContaining('不再需要户口簿') });
});

test('查不到的事不编造', async () => {
  const answer = await card('%%%%', '澜州', '安渡');
  expect(answer).toMatchObject({ item: null, citations: [], notice: { reason: 'item-unknown' } });
});

test('演示数据：项目不少于 60 个，指南不少于 100 份，再装一次不变，两地确有不同', async () => {
  const again = await open.knowledge.seedDemo();
  expect(again).toMatchObject({ items: { created: 0, updated: 0 }, guides: { created: 0, updated: 0, rejected: [] } });
  expect(again.guides.unchanged).toBeGreaterThanOrEqual(100);
  let differing = 0;
  const items = new Set<string>();
  for await (const line of open.knowledge.exportGuides()) items.add((JSON.parse(line) as { item: string }).item);
  expect(items.size).toBeGreaterThanOrEqual(60);
  for (const item of [...items].slice(0, 30)) differing += (await card(item, '澜州', '安渡')).differenceCount > 0 ? 1 : 0;
  expect(differing).toBeGreaterThan(15);
});
