import {
  type ClosureCases,
  type ClosureCasesQuery,
  type ClosureFigure,
  type ClosureFigures,
  closureGroups,
  type ClosureGroup,
  type ClosureQuery,
  type ClosureRates,
  type ClosureReport,
  type Rate,
} from '#contracts/api/reports';
import { type RatingChannel, ratingChannels } from '#contracts/vocabulary/rating-channels';
import { type Satisfaction, satisfactionLevels } from '#contracts/vocabulary/satisfaction';
import { regionPrefix } from '#identity';
import { type Actor, decodeCursor, encodeCursor, fail, invalid, missing, type Predicate, shanghaiDay, startOfShanghaiDay, toShanghaiIso } from '#kernel';
import type { CaseTools } from '../use-cases/deps';
import { createClosureLedger, type LedgerScope } from '../store/closure-ledger';

/** rules §7: two decimals, rounded half up; nothing divided by nothing is null, never 0 or 100. */
export const rateOf = (numerator: number, denominator: number): Rate => ({
  numerator,
  denominator,
  percent: denominator === 0 ? null : Math.round((numerator / denominator) * 10_000 + 1e-7) / 100,
});

export const ratesOf = (figures: ClosureFigures): ClosureRates => ({
  rectificationRate: rateOf(figures.closed, figures.shouldRectify),
  onTimeRectificationRate: rateOf(figures.closedInTime, figures.shouldRectify),
  onTimeVerifyRate: rateOf(figures.verifiedInTime, figures.verifyDue),
  replyRate: rateOf(figures.replied, figures.shouldReply),
  ratingCallbackRate: rateOf(figures.calledBack, figures.callbackDenominator),
  effectiveCallbackRate: rateOf(figures.effectiveReached, figures.callbackDenominator),
  notAdoptedRate: rateOf(figures.notAdopted, figures.due),
});

const dayMs = 86_400_000;
const mostIds = 200;

const lastDayOfMonth = (day: string): string => {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
};

/** Without a period: the month of today. */
const periodOf = (query: Pick<ClosureQuery, 'from' | 'to'>, now: Date): { readonly from: string; readonly to: string } => {
  const today = shanghaiDay(now);
  const from = query.from ?? `${(query.to ?? today).slice(0, 7)}-01`;
  const to = query.to ?? lastDayOfMonth(query.from ?? today);
  if (from > to) throw invalid('统计期的开始日期不能晚于结束日期。', [{ path: 'from', code: 'after-to', message: '晚于结束日期' }]);
  return { from, to };
};

const labelsOf = async (tools: CaseTools, group: ClosureGroup, keys: readonly (string | null)[]): Promise<(key: string | null) => string> => {
  const given = keys.flatMap((key) => (key === null ? [] : [key]));
  const units = group === 'unit' ? await tools.organizations.namesOf(given) : new Map<string, string>();
  const words: Readonly<Record<ClosureGroup, (key: string) => string>> = {
    unit: (key) => units.get(key) ?? key,
    region: (key) => key,
    item: (key) => key,
    channel: (key) => ratingChannels[key as RatingChannel].label,
    month: (key) => key,
    level: (key) => satisfactionLevels[key as Satisfaction].label,
  };
  return (key) => (key === null ? '未定' : words[group](key));
};

type Asked = Pick<ClosureQuery, 'from' | 'to' | 'org' | 'region'>;

const scopeOf = async (tools: CaseTools, query: Asked, actor: Actor): Promise<LedgerScope & { readonly from: string; readonly to: string }> => {
  tools.policy.require(actor, 'report.closure');
  const now = tools.clock.now();
  const { from, to } = periodOf(query, now);
  const parts: Predicate[] = [tools.policy.scope(actor, 'rectificationFigures')];
  if (query.org !== undefined) parts.push({ field: 'orgPath', under: (await tools.organizations.pathOf(query.org)) ?? fail(missing('organization')) });
  if (query.region !== undefined) parts.push({ field: 'regionCode', under: regionPrefix(query.region) });
  return { scope: { all: parts }, after: startOfShanghaiDay(from).getTime(), upTo: startOfShanghaiDay(to).getTime() + dayMs, asOf: now.getTime(), from, to };
};

const listed = ['closed', 'overdueUnclosed', 'closedLate', 'closedDissatisfied', 'notAdopted', 'notYetDue'] as const satisfies readonly ClosureFigure[];

/** The 100% ledger (rules §6.5): numbers, rates and the cases behind them, from one set of sentences. */
export const createClosureReport = (tools: CaseTools) => {
  const ledger = createClosureLedger(tools.database);

  const idsBehind = async (scope: LedgerScope): Promise<ClosureReport['ids']> => {
    const found = await Promise.all(listed.map((figure) => ledger.cases(scope, { figure, after: '', limit: mostIds + 1 })));
    const entries = listed.map((figure, index) => [figure, (found[index] ?? []).slice(0, mostIds).map((row) => row.id)] as const);
    const ids = Object.fromEntries(entries) as Record<(typeof listed)[number], string[]>;
    return { ...ids, truncated: found.some((rows) => rows.length > mostIds) };
  };

  const report = async (query: ClosureQuery, actor: Actor): Promise<ClosureReport> => {
    const scope = await scopeOf(tools, query, actor);
    const figures = await ledger.total(scope);
    const rows = query.groupBy === undefined ? [] : await ledger.grouped(scope, query.groupBy);
    const labelOf = await labelsOf(
      tools,
      query.groupBy ?? 'month',
      rows.map((row) => row.key),
    );
    return {
      from: scope.from,
      to: scope.to,
      asOf: toShanghaiIso(new Date(scope.asOf)),
      figures,
      rates: ratesOf(figures),
      ids: await idsBehind(scope),
      groups: rows.map((row) => ({ key: row.key, label: labelOf(row.key), figures: row.figures, rates: ratesOf(row.figures) })),
    };
  };

  /** Every number opens its cases, page by page. */
  const cases = async (query: ClosureCasesQuery, actor: Actor): Promise<ClosureCases> => {
    const scope = await scopeOf(tools, query, actor);
    const [after] = decodeCursor(query.cursor, 1) ?? [''];
    const isGrouped = query.groupBy !== undefined && Object.hasOwn(closureGroups, query.groupBy) && query.group !== undefined;
    const group = isGrouped && query.groupBy !== undefined ? { by: query.groupBy, key: query.group === '' ? null : (query.group ?? null) } : undefined;
    const rows = await ledger.cases(scope, { figure: query.figure, after: String(after), limit: query.limit + 1, group });
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    const figures = group === undefined ? await ledger.total(scope) : (await ledger.grouped(scope, group.by)).find((row) => row.key === group.key)?.figures;
    return {
      figure: query.figure,
      count: figures?.[query.figure] ?? 0,
      items,
      nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.id]) : null,
    };
  };

  return { report, cases };
};
