/** Time limits of a ticket; each is a clock of its own with a stored deadline (rules §3.8). */
export const ticketClockLabels = {
  accept: '受理',
  dispatch: '派单',
  sign: '签收',
  handle: '办理',
  review: '审核',
  callback: '回访',
} as const;

export type TicketClock = keyof typeof ticketClockLabels;

export const timeUnitLabels = { HOUR: '小时', NATURAL_DAY: '自然日', WORKING_DAY: '工作日' } as const;

export type TimeUnit = keyof typeof timeUnitLabels;

/** Computed from a deadline, never stored (rules §3.1). */
export const cautionLightLabels = { NONE: '无', GREEN: '正常', YELLOW: '临近', RED: '逾期' } as const;

export type CautionLight = keyof typeof cautionLightLabels;
