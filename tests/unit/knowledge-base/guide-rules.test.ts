import fc from 'fast-check';
import { guideContentSchema, type TimeUnit } from '../../../knowledge-base/contracts';
import { isCatchAll, isLonger } from '../../../knowledge-base/corpus/guide-rules';
import { diffGuides } from '../../../knowledge-base/corpus/diff-guides';
import { differingSegments } from '../../../knowledge-base/corpus/answer-card/differing-segments';

test.each(['其他材料', '其它资料', '有关材料', '相关证明材料', '其他相关材料', '法律法规规定的其他材料', '其他需要提交的有关材料', '相关手续'])(
  '“%s”是兜底项',
  (name) => expect(isCatchAll(name)).toBe(true),
);

test.each(['居民身份证', '购房合同', '其他单位出具的在职证明书', '病历资料', '婚姻登记材料', '营业执照'])('“%s”不是兜底项', (name) =>
  expect(isCatchAll(name)).toBe(false),
);

const limit = (amount: number, unit: TimeUnit) => ({ amount, unit, note: null });

test.each<[number, TimeUnit, number, TimeUnit, boolean]>([
  [5, 'WORKING_DAY', 5, 'WORKING_DAY', false],
  [6, 'WORKING_DAY', 5, 'WORKING_DAY', true],
  [5, 'WORKING_DAY', 7, 'NATURAL_DAY', false],
  [6, 'WORKING_DAY', 7, 'NATURAL_DAY', true],
  [24, 'HOUR', 1, 'NATURAL_DAY', false],
  [25, 'HOUR', 1, 'NATURAL_DAY', true],
])('%d %s 比 %d %s 长：%s', (amount, unit, other, otherUnit, longer) => expect(isLonger(limit(amount, unit), limit(other, otherUnit))).toBe(longer));

test('版本比较按材料名说，顺序变了不算变', () => {
  const before = guideContentSchema.parse({
    name: '学历公证',
    materials: [
      { name: '居民身份证', originals: 1 },
      { name: '毕业证书', originals: 1 },
    ],
  });
  const after = guideContentSchema.parse({
    name: '学历公证',
    materials: [{ name: '毕业证书', originals: 1 }, { name: '居民身份证', copies: 1 }, { name: '学信网备案表' }],
  });
  expect(diffGuides(before, after).map((change) => change.field)).toEqual(['materials/居民身份证', 'materials/学信网备案表']);
  expect(diffGuides(before, before)).toEqual([]);
});

test('标出的差异去掉以后，剩下的都是对方也说的', () => {
  const words = fc.string({ unit: fc.constantFrom(...'原件复印份一二三备案合同'), maxLength: 30 });
  fc.assert(
    fc.property(words, words, (from, to) => {
      const segments = differingSegments(from, to);
      expect(segments.map((segment) => segment.text).join('')).toBe(to);
      const shared = segments
        .filter((segment) => !segment.hit)
        .map((segment) => segment.text)
        .join('');
      let at = 0;
      for (const character of from) if (character === shared[at]) at += 1;
      expect(at).toBe(shared.length);
    }),
  );
});
