import type { ClosureReport, Rate } from '#contracts/api/reports';
import type { Figure } from '../../shared/components/LedgerFigures.vue';
import { NONE } from '../../shared/formatting/numbers';

const percent = ({ percent: value }: Rate): string => (value === null ? NONE : `${value.toFixed(2)}%`);
const to = (figure: string) => ({ path: '/manage', query: { figure } });

const unknown: readonly Figure[] = ['收到差评', '已核实', '应整改', '已办结', '已反馈（实名）', '已回访（实名）', '逾期未办结'].map((label) => ({
  label,
  value: null,
}));

/** The ledger of a unit as figures with their parts (rules §6.5); dashes until it has arrived. */
export const ledgerFigures = (report: Pick<ClosureReport, 'figures' | 'rates'> | null): readonly Figure[] => {
  if (report === null) return unknown;
  const { figures: f, rates } = report;
  const short = f.shouldRectify - f.closed;
  const rate = percent(rates.rectificationRate);
  const done: Figure = { label: '已办结', value: f.closed, of: f.shouldRectify, note: rate, to: to('closed') };
  return [
    { label: '收到差评', value: f.received, note: `到期 ${f.due} · 未到期 ${f.notYetDue}`, to: to('received') },
    { label: '已核实', value: f.verified, of: f.due, to: to('verified') },
    { label: '应整改', value: f.shouldRectify, note: `${f.due} − 不予采纳 ${f.notAdopted}`, to: to('shouldRectify') },
    short > 0 ? { ...done, note: `${rate} 差 ${short} 件`, tone: 'near', icon: 'clock' } : done,
    { label: '已反馈（实名）', value: f.replied, of: f.shouldReply, to: to('replied') },
    { label: '已回访（实名）', value: f.calledBack, of: f.callbackDenominator, note: `有效接通 ${f.effectiveReached}`, to: to('calledBack') },
    { label: '逾期未办结', value: f.overdueUnclosed, tone: f.overdueUnclosed > 0 ? 'overdue' : 'plain', to: to('overdueUnclosed') },
  ];
};
