import type { ComparedRow, GuideContent, Material } from '../../contracts';
import { conditionsText, deliveryText, feeText, limitsText, materialText } from '../guide-text';
import { differingSegments } from './differing-segments';

/** A row of the card before the two places are laid side by side. */
interface Fact {
  readonly field: string;
  readonly label: string;
  readonly text: string | null;
}

const pairsOf = (text: string): Set<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)));

/** 购房合同 and 商品房购房合同原件 are one line of the card. */
const isSameMaterial = (one: string, other: string): boolean => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const pairs = pairsOf(short);
  const shared = [...pairs].filter((pair) => pairsOf(long).has(pair)).length;
  return one === other || (pairs.size > 1 && shared / pairs.size >= 0.75);
};

const materialRows = (from: readonly Material[], to: readonly Material[]): ComparedRow[] => {
  const left = [...from];
  const take = (name: string): Material | undefined => {
    const index = left.findIndex((material) => material.name === name);
    const near = index >= 0 ? index : left.findIndex((material) => isSameMaterial(material.name, name));
    return near >= 0 ? left.splice(near, 1)[0] : undefined;
  };
  const rows = to.map((material) => {
    const other = take(material.name);
    return compared(
      { field: `materials/${material.name}`, label: material.name, text: other === undefined ? '不需要' : materialText(other) },
      materialText(material),
    );
  });
  const extra = left.map((material) => compared({ field: `materials/${material.name}`, label: material.name, text: materialText(material) }, '不需要'));
  return [...rows, ...extra];
};

const compared = ({ field, label, text }: Fact, to: string | null): ComparedRow => ({
  field,
  label,
  from: text,
  to,
  differs: text !== null && to !== null && text !== to,
  toSegments: to === null ? [] : text === null ? [{ text: to, hit: false }] : differingSegments(text, to),
});

const visitsText = (content: GuideContent): string | null => (content.visits === null ? null : content.visits === 0 ? '不用到场' : `到场 ${content.visits} 次`);

const onlineText = (content: GuideContent): string | null =>
  content.handlingForms.length === 0 ? null : content.handlingForms.some((form) => form === '2' || form === '3') ? '可以网上办理' : '只能在窗口办理';

const factsOf = (content: GuideContent): readonly Fact[] => [
  { field: 'conditions', label: '受理条件', text: conditionsText(content) },
  { field: 'limit', label: '时限', text: limitsText(content) },
  { field: 'fee', label: '费用', text: feeText(content) },
  { field: 'delivery', label: '送达', text: deliveryText(content) },
  { field: 'visits', label: '到场', text: visitsText(content) },
  { field: 'online', label: '网办', text: onlineText(content) },
];

const proseRow = (from: GuideContent | null, to: GuideContent | null): ComparedRow[] => {
  const text = to?.narrative?.materials ?? null;
  if (text === null && from?.narrative?.materials == null) return [];
  return [compared({ field: 'materials', label: '材料', text: from?.narrative?.materials ?? null }, text)];
};

/** Both places row by row; with one guide only, the rows of that one. */
export const compareRows = (from: GuideContent | null, to: GuideContent | null): ComparedRow[] => {
  const given = from ?? to;
  if (given === null) return [];
  const own = from === null ? [] : factsOf(from);
  const rows = factsOf(to ?? given).map((fact) =>
    compared({ ...fact, text: own.find((other) => other.field === fact.field)?.text ?? null }, to === null ? null : fact.text),
  );
  const materials =
    from !== null && to !== null
      ? materialRows(from.materials, to.materials)
      : given.materials.map((material) =>
          compared(
            { field: `materials/${material.name}`, label: material.name, text: from === null ? null : materialText(material) },
            to === null ? null : materialText(material),
          ),
        );
  return [...materials, ...proseRow(from, to), ...rows].filter((row) => row.from !== null || row.to !== null);
};
