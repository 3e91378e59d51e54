import type { GuideContent, GuideHead, TimeLimit, TimeUnit } from '../contracts';
import { KnowledgeError, type FieldFault } from './knowledge-error';

/** 其他材料、有关材料、法律法规规定的其他资料 …: a line that lets the window ask for anything (rules 8.2). */
const catchAll = /^(法律法规|法律|法规|规定)?.{0,8}(其他|其它|有关|相关)(的)?.{0,6}(材料|资料|文件|证件|手续|证明|证明材料)(等)?$/;

export const isCatchAll = (name: string): boolean => {
  const bare = name.trim().slice(0, 40);
  return catchAll.test(bare) && !/[（(《]/.test(bare);
};

/** Working days count as 7/5 natural days, so that limits in different units can be compared. */
const hoursOf: Readonly<Record<TimeUnit, number>> = { HOUR: 1, NATURAL_DAY: 24, WORKING_DAY: 33.6 };

export const isLonger = (limit: TimeLimit, than: TimeLimit): boolean =>
  limit.unit === than.unit ? limit.amount > than.amount : limit.amount * hoursOf[limit.unit] > than.amount * hoursOf[than.unit];

const fault = (path: string, code: string, message: string): FieldFault => ({ path, code, message });

/** What no guide may say, whoever wrote it. */
export const faultsOf = (head: GuideHead, content: GuideContent): FieldFault[] => {
  const faults: FieldFault[] = [];
  content.materials.forEach((material, index) => {
    if (isCatchAll(material.name))
      faults.push(fault(`/content/materials/${index}/name`, 'catch-all-material', `“${material.name}”是兜底项，请写明具体是哪一份材料。`));
    if (content.materials.findIndex((other) => other.name === material.name) < index) {
      faults.push(fault(`/content/materials/${index}/name`, 'material-twice', `“${material.name}”列了两次。`));
    }
  });
  const { promisedLimit, statutoryLimit } = content;
  if (promisedLimit !== null && statutoryLimit !== null && isLonger(promisedLimit, statutoryLimit)) {
    faults.push(fault('/content/promisedLimit', 'promise-longer-than-law', '承诺时限不能长于法定时限。'));
  }
  if (head.validUntil !== null && head.validUntil < head.validFrom) faults.push(fault('/head/validUntil', 'validity-reversed', '失效日不能早于生效日。'));
  if (content.fee !== null && content.fee.charged && content.fee.standard === null)
    faults.push(fault('/content/fee/standard', 'fee-without-standard', '收费的事项要写明收费标准。'));
  return faults;
};

/** What has to stand in a guide before it is published (rules 9). */
export const publishFaultsOf = (head: GuideHead, content: GuideContent): FieldFault[] => {
  const faults = faultsOf(head, content);
  if (head.basisDocument === null) faults.push(fault('/head/basisDocument', 'basis-missing', '发布前请填写依据文件。'));
  if (head.reviewDue === null) faults.push(fault('/head/reviewDue', 'review-missing', '发布前请填写复核日。'));
  if (head.ownerOrg === '' && head.ownerOrgId === null) faults.push(fault('/head/ownerOrg', 'owner-missing', '发布前请填写提供单位。'));
  return faults;
};

const codes: Readonly<Record<string, string>> = {
  'catch-all-material': 'knowledge/catch-all-material',
  'promise-longer-than-law': 'knowledge/promise-longer-than-law',
};

export const refuse = (faults: readonly FieldFault[]): void => {
  const [first] = faults;
  if (first !== undefined) throw new KnowledgeError('invalid', codes[first.code] ?? 'knowledge/guide-invalid', first.message, { errors: faults });
};
