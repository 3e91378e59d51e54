import type { TicketListItem } from '../../shared/tickets/ticket-api';

export interface ReviewTab {
  readonly key: string;
  readonly label: string;
  readonly states: readonly TicketListItem['state'][];
  readonly empty: string;
}

const pending: ReviewTab = { key: 'pending', label: '待审核', states: ['PENDING_REVIEW'], empty: '没有待审核的工单。主办单位提交结果后出现在这里。' };

export const reviewTabs: readonly [ReviewTab, ...ReviewTab[]] = [
  pending,
  { key: 'callback', label: '待回访', states: ['PENDING_CALLBACK'], empty: '没有待回访的工单。' },
  { key: 'working', label: '办理中', states: ['PENDING_SIGN', 'IN_PROGRESS'], empty: '没有办理中的工单。' },
  { key: 'closed', label: '已办结', states: ['CLOSED'], empty: '没有已办结的工单。' },
];
