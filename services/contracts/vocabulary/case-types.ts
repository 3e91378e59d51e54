/** rules §5.1: opposite numbers in the two code systems; the platform interface names no number for OTHER. */
export const caseTypes = {
  INSTANT: { label: '即办件', codes: { GB39046: 1, PLATFORM: 2 } },
  PROMISED: { label: '承诺件', codes: { GB39046: 2, PLATFORM: 1 } },
  OTHER: { label: '其他', codes: { GB39046: 9, PLATFORM: null } },
} as const;

export type CaseType = keyof typeof caseTypes;

/** State of the service case when it was rated (rules §5.3). */
export const proStatuses = {
  WAITING: { label: '待办理', code: 1 },
  IN_PROGRESS: { label: '办理中', code: 2 },
  FINISHED: { label: '已完结', code: 3 },
} as const;
export type ProStatus = keyof typeof proStatuses;

/** Kind of applicant (rules §5.3). */
export const raterKinds = { PERSON: { label: '个人', code: 1 }, LEGAL_PERSON: { label: '法人', code: 2 } } as const;
export type RaterKind = keyof typeof raterKinds;
