import type { TicketTools } from '../use-cases/tools';

export interface TicketFinding {
  readonly invariant: string;
  readonly checked: number;
  readonly offending: readonly string[];
  readonly note?: string;
}

/** security T-1: looks at every ticket and changes none. */
export const createVerifyTickets = (tools: TicketTools) => async (): Promise<readonly TicketFinding[]> => {
  const { store } = tools;
  const tickets = await store.tickets.count({});
  const subOrders = await store.subOrders.count({});
  return [
    { invariant: 'I-09 ticket', checked: tickets, offending: await store.brokenTrails('ticket', 'ticket'), note: '轨迹条数、末次状态与工单的版本、状态一致' },
    {
      invariant: 'I-09 sub-order',
      checked: subOrders,
      offending: await store.brokenTrails('sub_order', 'sub-order'),
      note: '轨迹条数、末次状态与子单的版本、状态一致',
    },
    { invariant: 'ticket one live lead', checked: tickets, offending: await store.withoutSingleLead(), note: '在办工单恰有一个有效主办，待派单的没有' },
    { invariant: 'ticket conservation', checked: tickets, offending: await store.outsideTable(), note: '每张工单恰在一个状态，终结的有完结时间，未终结的没有' },
    { invariant: 'ticket merge', checked: tickets, offending: await store.brokenMerges(), note: '被并工单的诉求人都在目标单名单中' },
    { invariant: 'ticket avoidance', checked: subOrders, offending: await store.dispatchedToAccused(), note: '须回避的单位及其下级没有有效子单' },
  ];
};
