import type { SlaRule, Ticket } from './ticket';

type Matter = Pick<Ticket, 'type' | 'source' | 'urgency' | 'isComplex' | 'categoryCode' | 'regionCode'>;

const fits = (rule: SlaRule, matter: Matter): boolean =>
  (rule.type === null || rule.type === matter.type) &&
  (rule.source === null || rule.source === matter.source) &&
  (rule.urgency === null || rule.urgency === matter.urgency) &&
  (rule.isComplex === null || rule.isComplex === matter.isComplex) &&
  (rule.categoryPrefix === null || (matter.categoryCode ?? '').startsWith(rule.categoryPrefix)) &&
  (rule.regionPrefix === null || matter.regionCode.startsWith(rule.regionPrefix));

/** A rule for a category or a place outweighs one for a type, and a longer prefix a shorter one. */
const specificity = (rule: SlaRule): number =>
  (rule.regionPrefix?.length ?? 0) * 100 +
  (rule.categoryPrefix?.length ?? 0) * 100 +
  [rule.type, rule.source, rule.urgency, rule.isComplex].filter((condition) => condition !== null).length * 10;

/** The most specific rule of the newest version (rules §3.8); the table always has one for every clock. */
export const ruleFor = (rules: readonly SlaRule[], clock: SlaRule['clock'], matter: Matter): SlaRule => {
  const [best] = rules.filter((rule) => rule.clock === clock && fits(rule, matter)).sort((a, b) => specificity(b) - specificity(a));
  if (best === undefined) throw new Error(`no time limit is set for ${clock}`);
  return best;
};
