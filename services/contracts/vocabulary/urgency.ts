/** rules §3.1; a difficult matter is marked by `isComplex` and is no degree of urgency. */
export const urgencyLabels = {
  EMERGENCY: '突发紧急',
  URGENT: '紧急',
  NORMAL: '一般',
} as const;

export type Urgency = keyof typeof urgencyLabels;

export const urgencyHints: Readonly<Record<Urgency, string>> = {
  EMERGENCY: '突发或危及生命财产',
  URGENT: '水电气热等基本民生或极端天气',
  NORMAL: '一般诉求',
};
