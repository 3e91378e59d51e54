/** What can be tied to a ticket; n to m and undoable (design §1). */
export const ticketLinkLabels = { CALL: '通话', CONVERSATION: '在线会话', RATING: '评价', TICKET: '关联工单' } as const;

export type TicketLinkKind = keyof typeof ticketLinkLabels;
