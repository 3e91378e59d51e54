import { invalid } from '#kernel';
import type { TicketTools } from './tools';

interface Named {
  readonly accusedOrgId?: string | null | undefined;
  readonly accusedStaffId?: string | null | undefined;
}

/** The unit that is complained of; a unit or person that does not exist is a mistake to be told, not to be dropped. */
export const findAccused = async (tools: Pick<TicketTools, 'organizations' | 'staff'>, named: Named) => {
  const unit = named.accusedOrgId == null ? null : await tools.organizations.find(named.accusedOrgId);
  if (named.accusedOrgId != null && unit === null) throw invalid('没有这个单位。', [{ path: '/accusedOrgId', code: 'unknown-unit', message: '没有这个单位' }]);
  if (named.accusedStaffId != null && (await tools.staff.find(named.accusedStaffId)) === null) {
    throw invalid('没有这个人员。', [{ path: '/accusedStaffId', code: 'unknown-person', message: '没有这个人员' }]);
  }
  return unit;
};
