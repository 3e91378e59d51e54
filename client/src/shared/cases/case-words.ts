import type { Requirement } from '../components/MissingList.vue';
import type { Step } from '../components/StepTrack.vue';
import type { TrailLine } from '../components/TrailLines.vue';
import type { WorkLine } from '../components/WorkRow.vue';
import { dayNumber, dayTime, hourMinute, monthDay } from '../formatting/dates';
import { roughSpan } from '../formatting/durations';
import type { IconName } from '../icons/icons';
import type { RectificationDetail, RectificationItem } from './case-api';

const icons: Partial<Readonly<Record<RectificationItem['state'], IconName>>> = {
  PENDING_CALLBACK: 'phone',
  APPEALING: 'gavel',
  CLOSED: 'okCircle',
  CLOSED_NOT_ADOPTED: 'minus',
};

const HOUR_MS = 3_600_000;

export const isEnded = (row: Pick<RectificationItem, 'state'>): boolean => row.state === 'CLOSED' || row.state === 'CLOSED_NOT_ADOPTED';

/** How long the matter has been open; counting stops when it ends. */
export const heldFor = (row: Pick<RectificationItem, 'openedAt' | 'closedAt'>, now: number): string => {
  const held = (row.closedAt === null ? now : Date.parse(row.closedAt)) - Date.parse(row.openedAt);
  return held < HOUR_MS ? '刚入库' : `已 ${roughSpan(held)}`;
};

export const raterOf = (row: Pick<RectificationItem, 'isRealName' | 'rater'>): string => (row.isRealName ? (row.rater.name ?? '实名') : '匿名');

export const lineOfCase = (row: RectificationItem, now: number): WorkLine => ({
  id: row.id,
  icon: icons[row.state] ?? (row.round > 1 ? 'returned' : 'rating'),
  channel: row.channelLabel,
  name: raterOf(row),
  title: row.taskName,
  facts: [row.levelLabel, row.round > 1 ? `${row.stateLabel}（第 ${row.round} 轮）` : row.stateLabel, heldFor(row, now)],
  deadline: isEnded(row) ? undefined : { dueAt: row.dueAt, paused: row.isPaused, workingDaysLeft: row.workingDaysLeft },
  hasDraft: row.hasDraft,
});

/** Least time left first, as the server sorts; what has no clock stands last. */
export const byTimeLost = (a: RectificationItem, b: RectificationItem): number => {
  const key = (row: RectificationItem): number => (row.dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(row.dueAt));
  return key(a) - key(b) || (a.id < b.id ? -1 : 1);
};

const stepIndex: Readonly<Record<RectificationItem['state'], number>> = {
  PENDING_ASSIGN: 0,
  PENDING_VERIFY: 0,
  RECTIFYING: 2,
  APPEALING: 2,
  PENDING_REVIEW: 3,
  PENDING_CALLBACK: 4,
  CLOSED: 5,
  CLOSED_NOT_ADOPTED: 5,
};

const stepTitles = ['核实', '处置', '整改', '审核', '回访'] as const;
const actionsOfStep: readonly (readonly string[])[] = [['verify'], ['verify'], ['submit'], ['approve'], ['callbackPass', 'closeWithReason', 'redo']];
const labelsOfAction: Readonly<Record<string, string>> = { verify: '提交核实', submit: '提交审核' };

const lastOf = (detail: RectificationDetail, index: number): RectificationDetail['timeline'][number] | undefined =>
  detail.timeline.findLast((entry) => {
    if (entry.kind !== 'MOVE') return false;
    const actions = actionsOfStep[index] ?? [];
    if (actions.some((action) => labelsOfAction[action] === entry.label)) return true;
    if (index === 3) return entry.from === '待审核' && entry.to !== '整改中';
    return index === 4 && entry.from === '待回访' && (entry.to === '已办结' || entry.to === '整改中');
  });

const waitingWords = (detail: RectificationDetail, index: number): string => {
  if (index === 3) return '好差评主管';
  if (index === 4) return detail.isRealName ? '回访员' : '匿名不回访';
  if (index === 0) return detail.organization?.name ?? '尚未交办';
  return '责任单位';
};

const dueWords = (detail: RectificationDetail): string => {
  if (detail.isPaused) return '申诉复核，计时暂停';
  return detail.dueAt === null ? '' : `${dayTime(Date.parse(detail.dueAt) - 1)} 前`;
};

/** 核实 → 处置 → 整改 → 审核 → 回访, with who and when. */
export const stepsOf = (detail: RectificationDetail, now: number): readonly Step[] => {
  const at = stepIndex[detail.state];
  return stepTitles.map((title, index): Step => {
    const entry = lastOf(detail, index);
    if (index < at || at === 5) {
      const skipped = index === 4 && !detail.isRealName;
      const word = skipped
        ? '不需要'
        : index === 1
          ? (detail.outcomeLabel ?? '已定')
          : detail.state === 'CLOSED_NOT_ADOPTED' && entry === undefined
            ? '不予采纳'
            : '已完成';
      return {
        title,
        word,
        note:
          entry === undefined
            ? waitingWords(detail, index)
            : `${entry.by} · ${dayNumber(entry.at) === dayNumber(now) ? hourMinute(entry.at) : monthDay(entry.at)}`,
        state: 'done',
      };
    }
    if (index === at) return { title, word: detail.state === 'APPEALING' ? '申诉复核中' : detail.stateLabel, note: dueWords(detail), state: 'now' };
    return { title, note: waitingWords(detail, index), state: 'todo' };
  });
};

/** What is there and what is missing for closure; what others have to bring waits without urgency. */
export const requirementsOf = (detail: RectificationDetail, mine: readonly string[]): readonly Requirement[] =>
  detail.missingForClosure.map((check) => {
    const parts = check.detail?.split('、') ?? [];
    const part = check.done && check.key !== 'evidence' ? null : parts.length > 1 ? `缺 ${parts.length} 项` : check.detail;
    const text = [check.label, ...(part === null ? [] : [part]), ...(check.done || mine.includes(check.by) ? [] : [`（${check.by}）`])].join(' ');
    return { text, state: check.done ? 'met' : mine.includes(check.by) ? 'missing' : 'waiting' };
  });

export const leftToClose = (detail: RectificationDetail): number => detail.missingForClosure.filter((check) => !check.done).length;

const written = ['opinion', 'reason', 'measures', 'explanation', 'reply', 'basis', 'note'] as const;

/** The words of a step: what was written with it, the most telling first. */
const wordsOf = (content: Readonly<Record<string, unknown>>): string =>
  written
    .map((name) => content[name])
    .filter((value): value is string => typeof value === 'string' && value !== '')
    .slice(0, 2)
    .join('；');

export const trailOf = (detail: RectificationDetail): readonly TrailLine[] =>
  detail.timeline
    .map((entry, index) => {
      const words = wordsOf(entry.content);
      const to = entry.to === null || entry.label.includes(entry.to) ? '' : `，${entry.to}`;
      const files = entry.attachmentIds.length === 0 ? '' : `（附件 ${entry.attachmentIds.length}）`;
      return { id: `${entry.at}-${index}`, at: entry.at, who: entry.by, text: `${entry.label}${to}${files}${words === '' ? '' : `：${words}`}` };
    })
    .toReversed();
