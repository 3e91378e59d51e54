import type { MustDo, RectificationItem } from '../../shared/cases/case-api';

export interface SuperviseTab {
  readonly key: string;
  readonly label: string;
  readonly states: readonly RectificationItem['state'][];
  readonly figure: keyof MustDo | null;
}

const assign: SuperviseTab = { key: 'assign', label: '待交办', states: ['PENDING_ASSIGN'], figure: 'toAssign' };
const review: SuperviseTab = { key: 'review', label: '待审核', states: ['PENDING_REVIEW'], figure: 'toReview' };
const unit: SuperviseTab = { key: 'unit', label: '单位在办', states: ['PENDING_VERIFY', 'RECTIFYING'], figure: null };
const callback: SuperviseTab = { key: 'callback', label: '待回访', states: ['PENDING_CALLBACK'], figure: 'toCallBack' };
const appeal: SuperviseTab = { key: 'appeal', label: '申诉', states: ['APPEALING'], figure: 'appealing' };
const ended: SuperviseTab = { key: 'ended', label: '办结', states: ['CLOSED', 'CLOSED_NOT_ADOPTED'], figure: null };

/** A reviewer of appeals begins with appeals, a supervisor with what waits for a decision. */
export const tabsFor = (isSupervisor: boolean): readonly SuperviseTab[] => (isSupervisor ? [assign, review, unit, callback, appeal, ended] : [appeal, ended]);

export const countOf = (tab: SuperviseTab, figures: MustDo | null): number | null => {
  if (figures === null) return null;
  if (tab.key === 'unit') return figures.toVerify + figures.toRectify;
  return tab.figure === null ? null : figures[tab.figure];
};
