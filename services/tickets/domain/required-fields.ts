import { isTicketCategory } from '#contracts/vocabulary/ticket-categories';
import type { Ticket, TicketDetails } from './ticket';

export interface RequiredField {
  readonly field: string;
  readonly label: string;
}

export interface Filled extends Pick<Ticket, 'type' | 'title' | 'content' | 'categoryCode' | 'isAnonymous' | 'accusedOrgId' | 'accusedStaffId'> {
  readonly details: TicketDetails;
  readonly hasAddress: boolean;
  readonly hasPhone: boolean;
}

type Check = readonly [field: string, label: string, isGiven: (ticket: Filled) => boolean];

const isWritten = (value: string | null | undefined): boolean => (value ?? '').trim() !== '';

const common: readonly Check[] = [
  ['title', '标题', (ticket) => isWritten(ticket.title)],
  ['content', '内容', (ticket) => isWritten(ticket.content)],
  ['categoryCode', '诉求分类', (ticket) => ticket.categoryCode !== null && isTicketCategory(ticket.categoryCode)],
  ['phone', '联系方式（匿名须注明）', (ticket) => ticket.hasPhone || ticket.isAnonymous],
];

const isAccusationNamed = (ticket: Filled): boolean => ticket.accusedOrgId !== null || ticket.accusedStaffId !== null || isWritten(ticket.details.accusedName);

/** rules §3.2, second table. */
const byType: Readonly<Record<Ticket['type'], readonly Check[]>> = {
  CONSULT: [['matter', '咨询事项', (ticket) => isWritten(ticket.details.matter) || isWritten(ticket.details.itemId)]],
  HELP: [['address', '事发地址或地点描述', (ticket) => ticket.hasAddress]],
  COMPLAINT: [
    ['accusedOrgId', '被投诉单位', isAccusationNamed],
    ['conduct', '被投诉行为', (ticket) => isWritten(ticket.details.conduct)],
    ['occurredOn', '发生时间', (ticket) => isWritten(ticket.details.occurredOn)],
    ['demand', '诉请', (ticket) => isWritten(ticket.details.demand)],
  ],
  REPORT: [
    ['accusedOrgId', '被举报对象', isAccusationNamed],
    ['clues', '事实线索', (ticket) => isWritten(ticket.details.clues)],
  ],
  SUGGESTION: [['field', '所涉领域', (ticket) => isWritten(ticket.details.field)]],
  PRAISE: [],
  OTHER: [],
};

/** What is still missing before the ticket can be accepted, in the order of the form. */
export const missingFields = (ticket: Filled): readonly RequiredField[] =>
  [...common, ...byType[ticket.type]].filter(([, , isGiven]) => !isGiven(ticket)).map(([field, label]) => ({ field, label }));
