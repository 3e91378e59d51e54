/** The two numberings of the platforms; their directions are opposite, so a sender must say which one is meant (rules §5.1). */
export const codeSystems = { GB39046: '国标数据集（GB/T 39046）', PLATFORM: '政务服务平台接口' } as const;
export type CodeSystem = keyof typeof codeSystems;

/** rules §5.1: only the names are stored; the numbers live here and are used by the adapters alone. */
export const satisfactionLevels = {
  VERY_SATISFIED: { label: '非常满意', score: 5, isBad: false, codes: { GB39046: 1, PLATFORM: 5 } },
  SATISFIED: { label: '满意', score: 4, isBad: false, codes: { GB39046: 2, PLATFORM: 4 } },
  BASICALLY_SATISFIED: { label: '基本满意', score: 3, isBad: false, codes: { GB39046: 3, PLATFORM: 3 } },
  DISSATISFIED: { label: '不满意', score: 2, isBad: true, codes: { GB39046: 4, PLATFORM: 2 } },
  VERY_DISSATISFIED: { label: '非常不满意', score: 1, isBad: true, codes: { GB39046: 5, PLATFORM: 1 } },
} as const;

export type Satisfaction = keyof typeof satisfactionLevels;
export const satisfactions = Object.keys(satisfactionLevels) as readonly Satisfaction[];
export const badSatisfactions = satisfactions.filter((level) => satisfactionLevels[level].isBad);
export const isBadLevel = (level: Satisfaction): boolean => satisfactionLevels[level].isBad;
