import type { GuideContentInput, GuideHeadInput } from '../contracts';
import { businessItems } from './demo-business';
import { housingItems } from './demo-housing';
import { insuranceItems } from './demo-insurance';
import { peopleItems } from './demo-people';
import { type DemoPlace, type DeskPractice, demoPlaces } from './demo-places';
import type { DemoItem } from './demo-spec';

/**
 * Guides of the invented provinces: item facts as generally known, places, windows, numbers and terms invented. They show what the
 * product does with a site's own guides, which replace them; each is marked `demo`.
 */
export const demoItems: readonly DemoItem[] = [...peopleItems, ...insuranceItems, ...housingItems, ...businessItems];

export interface DemoGuide {
  readonly head: GuideHeadInput;
  readonly content: GuideContentInput;
}

const materialOf = (line: string): NonNullable<GuideContentInput['materials']>[number] => {
  const [marked = '', originals = '1', copies = '0', note] = line.split('|');
  return {
    name: marked.replace(/[*~]$/, ''),
    originals: Number(originals),
    copies: Number(copies),
    note: note ?? null,
    required: !marked.endsWith('*'),
    deferrable: marked.endsWith('*'),
    shared: marked.endsWith('~'),
  };
};

const headOf = (item: DemoItem, place: DemoPlace, practice: DeskPractice): GuideHeadInput => ({
  externalId: `demo-${place.code}-${demoItems.indexOf(item) + 1}`,
  regionCode: place.code,
  regionName: place.name,
  department: practice.unit,
  ownerOrgId: practice.ownerOrgId ?? null,
  ownerOrg: practice.unit,
  basisDocument: item.basis,
  validFrom: place.version,
  validUntil: '2027-12-31',
  reviewDue: '2027-03-31',
  verifiedAt: place.verifiedAt,
  verifiedBy: practice.unit,
  demo: true,
});

const crossProvinceOf = (item: DemoItem, place: DemoPlace, practice: DeskPractice): NonNullable<GuideContentInput['crossProvince']> => ({
  mode: item.mode,
  receivingDuty: item.mode === 'FULL_ONLINE' ? '网上直接申请，窗口只做辅导' : '核对身份、形式审查、收件、一个工作日内转递',
  handlingDuty: `${practice.unit}审核并作出决定`,
  delivery: practice.delivery,
  leadUnit: practice.unit,
  liaisonUnit: `${place.name}跨省通办专窗`,
  liaisonPhone: practice.phone,
});

const contentOf = (item: DemoItem, place: DemoPlace, practice: DeskPractice): GuideContentInput => {
  const promised = Math.max(1, Math.min(item.days[0], item.days[1] + (practice.days ?? 0)));
  return {
    name: item.name,
    itemType: item.itemType,
    authority: { name: practice.unit, nature: '1' },
    handlingUnit: practice.unit,
    basis: [item.basis],
    conditions: [...item.conditions],
    audiences: [...(item.audiences ?? (['1'] as const))],
    materials: [...item.materials, ...(practice.extra === undefined ? [] : [practice.extra])].map(materialOf),
    statutoryLimit: { amount: item.days[0], unit: 'WORKING_DAY' },
    promisedLimit: { amount: promised, unit: 'WORKING_DAY' },
    fee: { charged: item.fee !== undefined && item.fee !== '不收费', standard: item.fee ?? '不收费' },
    steps: [...item.steps],
    resultName: item.result.slice(0, 120),
    visits: item.mode === 'FULL_ONLINE' ? 0 : 1,
    bookable: true,
    express: practice.delivery.includes('寄'),
    handlingForms: item.mode === 'FULL_ONLINE' ? ['2', '3'] : ['1', '2'],
    place: practice.window,
    hours: place.hours,
    consultation: practice.phone,
    supervision: `${place.areaCode}-12345`,
    questions: item.question === undefined ? [] : [{ question: item.question[0], answer: item.question[1] }],
    crossProvince: crossProvinceOf(item, place, practice),
    source: { status: '演示数据，由本产品编写，供替换', date: place.version },
  };
};

/** Every item at every place that has a desk for it. */
export const demoGuides = (): readonly DemoGuide[] =>
  demoItems.flatMap((item) =>
    demoPlaces.flatMap((place) => {
      const practice = place.practices[item.desk];
      return practice === undefined ? [] : [{ head: headOf(item, place, practice), content: contentOf(item, place, practice) }];
    }),
  );
