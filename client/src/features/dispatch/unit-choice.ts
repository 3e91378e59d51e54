import type { SubOrderRole } from '#contracts/vocabulary/sub-order-roles';

export interface ChosenUnit {
  readonly orgId: string;
  readonly name: string;
  readonly role: SubOrderRole;
  readonly handlerId?: string;
  readonly handlerName?: string;
}

/** The first unit leads, later ones help; a unit stands once. */
export const addUnit = (chosen: readonly ChosenUnit[], unit: { readonly id: string; readonly name: string }): readonly ChosenUnit[] => {
  if (chosen.some((one) => one.orgId === unit.id)) return chosen;
  return [...chosen, { orgId: unit.id, name: unit.name, role: chosen.some((one) => one.role === 'LEAD') ? 'CO' : 'LEAD' }];
};

/** Exactly one leads: naming another makes the old one help. */
export const setRole = (chosen: readonly ChosenUnit[], orgId: string, role: SubOrderRole): readonly ChosenUnit[] =>
  chosen.map((one) => (one.orgId === orgId ? { ...one, role } : role === 'LEAD' && one.role === 'LEAD' ? { ...one, role: 'CO' } : one));

export const removeUnit = (chosen: readonly ChosenUnit[], orgId: string): readonly ChosenUnit[] => chosen.filter((one) => one.orgId !== orgId);

/** Why this cannot be dispatched yet. */
export const objectionTo = (chosen: readonly ChosenUnit[], isSecret: boolean): string | undefined => {
  if (chosen.length === 0) return '先选主办单位';
  if (chosen.filter((one) => one.role === 'LEAD').length !== 1) return '须恰好一个主办单位';
  return isSecret && chosen.some((one) => one.handlerId === undefined) ? '保密工单须为每个单位指定承办人' : undefined;
};

export const toUnits = (chosen: readonly ChosenUnit[]): readonly Readonly<Record<string, string>>[] =>
  chosen.map(({ orgId, role, handlerId }) => ({ orgId, role, ...(handlerId === undefined ? {} : { handlerId }) }));
