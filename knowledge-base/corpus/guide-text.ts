import { type GuideContent, type Material, timeUnits, type TimeLimit } from '../contracts';

/*
 * Rows of a guide as sentences: for the index, for comparison and for reading aloud. Structured fields first; where a guide came
 * as prose, the prose.
 */

export const limitText = (limit: TimeLimit | null): string | null =>
  limit === null ? null : `${limit.amount} 个${timeUnits[limit.unit]}${limit.note === null ? '' : `（${limit.note}）`}`;

export const limitsText = (content: GuideContent): string | null => {
  const promised = limitText(content.promisedLimit);
  const statutory = limitText(content.statutoryLimit);
  if (promised === null && statutory === null) return content.narrative?.timeLimit ?? null;
  if (promised === null) return `法定 ${statutory}`;
  return statutory === null ? `承诺 ${promised}` : `承诺 ${promised}（法定 ${statutory}）`;
};

export const feeText = (content: GuideContent): string | null => {
  if (content.fee === null) return content.narrative?.fee ?? null;
  return content.fee.charged ? (content.fee.standard ?? '收费') : '不收费';
};

export const materialText = (material: Material): string => {
  if (material.shared) return '免交，由窗口共享核验';
  const sheets = [material.originals > 0 ? `原件 ${material.originals} 份` : '', material.copies > 0 ? `复印件 ${material.copies} 份` : '']
    .filter((part) => part !== '')
    .join('、');
  const rest = [material.required ? '' : '符合情形的提交', material.deferrable ? '可容缺后补' : '', material.note ?? ''].filter((part) => part !== '');
  return [sheets === '' ? '需提交' : sheets, ...rest].join('，');
};

export const conditionsText = (content: GuideContent): string | null => {
  if (content.conditions.length > 0) return content.conditions.join('；');
  return [content.narrative?.eligible, content.narrative?.conditions].filter((part) => typeof part === 'string').join('；') || null;
};

export const stepsText = (content: GuideContent): string | null => (content.steps.length > 0 ? content.steps.join('；') : (content.narrative?.steps ?? null));

export const deliveryText = (content: GuideContent): string | null => content.crossProvince?.delivery ?? (content.express ? '可以寄递送达' : null);

/** All words of a guide, for the index. */
export const fullText = (content: GuideContent): string =>
  [
    conditionsText(content),
    ...content.materials.map((material) => `${material.name}：${material.note ?? ''}`),
    content.narrative?.materials,
    stepsText(content),
    limitsText(content),
    feeText(content),
    content.resultName,
    content.narrative?.channels,
    content.narrative?.notes,
    ...content.questions.map(({ question, answer }) => `${question} ${answer}`),
    content.crossProvince === null ? null : `${content.crossProvince.receivingDuty} ${content.crossProvince.delivery}`,
    content.place,
    content.narrative?.body,
  ]
    .filter((part) => typeof part === 'string' && part !== '')
    .join('\n');
