import { guideContentSchema, guideHeadSchema } from '#knowledge-base/contracts';
import catalogue from '../../../knowledge-base/seed/items.json';
import { demoGuides, demoItems } from '../../../knowledge-base/seed/demo-guides';

const guides = demoGuides();

describe('演示指南', () => {
  test('at least a hundred guides over at least sixty items of the catalogue', () => {
    const names = new Set((catalogue as { name: string }[]).map((item) => item.name));
    expect(demoItems.filter((item) => !names.has(item.name)).map((item) => item.name)).toEqual([]);
    expect(new Set(demoItems.map((item) => item.name)).size).toBe(demoItems.length);
    expect(demoItems.length).toBeGreaterThanOrEqual(60);
    expect(guides.length).toBeGreaterThanOrEqual(100);
  });

  test('each passes the schemas of the module and is marked as demonstration', () => {
    for (const { head, content } of guides) {
      expect(() => guideHeadSchema.parse(head)).not.toThrow();
      expect(() => guideContentSchema.parse(content)).not.toThrow();
      expect(head.demo).toBe(true);
    }
  });

  test('two places of one item differ in something that matters to the person who asks', () => {
    const places = guides
      .filter((guide) => guide.content.name === '购房提取住房公积金')
      .map(({ content }) => JSON.stringify([content.materials, content.promisedLimit, content.crossProvince?.delivery]));
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeGreaterThanOrEqual(3);
  });
});
