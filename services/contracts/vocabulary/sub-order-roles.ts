/** rules §3.1: the lead unit answers for the whole, the others for their part, a forward is for the unit's own knowledge and action. */
export const subOrderRoleLabels = { LEAD: '主办', CO: '协办', FORWARD: '转办' } as const;

export type SubOrderRole = keyof typeof subOrderRoleLabels;
