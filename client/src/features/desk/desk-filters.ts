import type { MustDo, RectificationItem } from '../../shared/cases/case-api';
import type { Query } from '../../shared/api/client';
import type { Tone } from '../../shared/formatting/deadline';
import type { IconName } from '../../shared/icons/icons';

export type DeskFilter = 'all' | 'overdue' | 'dueToday' | 'toVerify' | 'toRectify' | 'appealing' | 'others';

interface FilterSpec {
  readonly key: Exclude<DeskFilter, 'all'>;
  readonly label: string;
  readonly figure: keyof MustDo;
  readonly tone?: Tone;
  readonly icon?: IconName;
}

export const deskFilters: readonly FilterSpec[] = [
  { key: 'overdue', label: '逾期', figure: 'overdue', tone: 'overdue', icon: 'overdue' },
  { key: 'dueToday', label: '今日到期', figure: 'dueToday', tone: 'near', icon: 'clock' },
  { key: 'toVerify', label: '待核实', figure: 'toVerify' },
  { key: 'toRectify', label: '整改中', figure: 'toRectify' },
  { key: 'appealing', label: '申诉中', figure: 'appealing' },
  { key: 'others', label: '待回访', figure: 'toCallBack' },
];

const open = ['PENDING_VERIFY', 'RECTIFYING', 'APPEALING', 'PENDING_REVIEW', 'PENDING_CALLBACK'] as const;
const statesOf: Readonly<Record<DeskFilter, readonly RectificationItem['state'][]>> = {
  all: open,
  overdue: open,
  dueToday: open,
  toVerify: ['PENDING_VERIFY'],
  toRectify: ['RECTIFYING'],
  appealing: ['APPEALING'],
  others: ['PENDING_CALLBACK'],
};

export const queryOf = (filter: DeskFilter): Query => ({
  state: statesOf[filter].join(','),
  overdue: filter === 'overdue' ? true : undefined,
  dueToday: filter === 'dueToday' ? true : undefined,
});

export const belongsTo = (filter: DeskFilter, row: RectificationItem): boolean =>
  statesOf[filter].includes(row.state) && (filter !== 'overdue' || row.isOverdue);
