/** How a ticket was closed (rules §3.1). */
export const closeTypeLabels = {
  DIRECT_ANSWER: '直接答复',
  RESOLVED: '已解决',
  PARTIALLY_RESOLVED: '部分解决',
  COMMITTED: '挂账承诺',
  EXPLAINED: '解释说明',
  UNREASONABLE: '不合理诉求',
} as const;

export type CloseType = keyof typeof closeTypeLabels;

/** The two grounds on which work may be ended before it is done (rules §3.5). */
export const terminationGroundLabels = { NOT_ACCEPTABLE: '属不予受理情形', COMPLAINANT_REFUSES: '诉求人拒不配合' } as const;

export type TerminationGround = keyof typeof terminationGroundLabels;
