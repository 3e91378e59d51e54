import { demoGuides } from '../../../knowledge-base/seed/demo-guides';
import { regions } from './open-knowledge-base';

const real = regions.filter((region) => !('demo' in region));

test('34 个省级、333 个地级、2800 多个县级，代码不重复，上级都在表里', () => {
  const count = (level: string): number => real.filter((region) => region.level === level).length;
  expect(count('province')).toBe(34);
  expect(count('city')).toBe(333);
  expect(count('county')).toBeGreaterThan(2800);
  const codes = new Set(regions.map((region) => region.code));
  expect(codes.size).toBe(regions.length);
  expect(regions.filter((region) => region.parent !== null && !codes.has(region.parent))).toEqual([]);
});

test('每个地级市都有区号', () => {
  expect(real.filter((region) => region.level === 'city' && !/^0\d{2,3}$/.test(region.areaCode ?? ''))).toEqual([]);
});

test.each([
  ['北京市', '010'],
  ['沈阳市', '024'],
  ['铁岭市', '024'],
  ['长春市', '0431'],
  ['眉山市', '028'],
  ['济源市', '0391'],
])('%s 的区号是 %s', (name, areaCode) => expect(regions.find((region) => region.name === name)?.areaCode).toBe(areaCode));

test('演示指南里的电话用的是演示地区自己的区号', () => {
  for (const { head, content } of demoGuides()) {
    const place = regions.find((region) => region.code === head.regionCode);
    for (const phone of [content.consultation, content.supervision]) expect(phone).toMatch(new RegExp(`^${place?.areaCode}-`));
  }
});

test('演示地区的区号没有分给任何真实地区', () => {
  const taken = new Set(real.map((region) => region.areaCode));
  const demo = regions.filter((region) => 'demo' in region && region.areaCode !== null);
  expect(demo.length).toBeGreaterThan(0);
  expect(demo.filter((region) => taken.has(region.areaCode))).toEqual([]);
});
