/** rules §3.1; a bad rating is handled as a rectification and is no ticket type. */
export const ticketTypeLabels = {
  CONSULT: '咨询',
  HELP: '求助',
  COMPLAINT: '投诉',
  REPORT: '举报',
  SUGGESTION: '意见建议',
  PRAISE: '表扬',
  OTHER: '其他',
} as const;

export type TicketType = keyof typeof ticketTypeLabels;
