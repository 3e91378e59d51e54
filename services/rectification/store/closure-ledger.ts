import { literal, Op, type WhereOptions } from 'sequelize';
import { closureFigures, type ClosureFigure, type ClosureFigures, type ClosureGroup } from '#contracts/api/reports';
import type { Predicate } from '#kernel';
import { type Database, tableOptions, toWhere } from '#platform';
import { caseColumns } from './columns';

/** Which cases are counted, and as of when. */
export interface LedgerScope {
  readonly scope: Predicate;
  /** The due day lies in the period: after the first instant, up to and including the second (24:00 belongs to its day). */
  readonly after: number;
  readonly upTo: number;
  readonly asOf: number;
}

export interface GroupedFigures {
  readonly key: string | null;
  readonly figures: ClosureFigures;
}

export const groupColumns = {
  unit: 'orgId',
  region: 'regionCode',
  item: 'taskCode',
  channel: 'channel',
  month: 'ledgerMonth',
  level: 'level',
} as const satisfies Readonly<Record<ClosureGroup, string>>;

const isFinal = "state IN ('CLOSED', 'CLOSED_NOT_ADOPTED')";
const isExcluded = "state = 'CLOSED_NOT_ADOPTED'";
const isClosed = "state = 'CLOSED'";
const isNamed = 'isRealName = 1';
/** A clock that stood still before it ran out has not run out (rules §6.1 appeal). */
const isPaused = `(NOT ${isFinal} AND pausedAt IS NOT NULL AND pausedAt <= ledgerDueAt)`;
const isNotYetDue = `(NOT (${isFinal}) AND (ledgerDueAt >= :asOf OR ${isPaused}))`;
const isDue = `(NOT ${isNotYetDue})`;
const counts = `(${isDue} AND NOT (${isExcluded}))`;

/**
 * The one source of every number of the ledger (rules §6.5, security I-07): a figure is the number of cases for which its sentence
 * holds, and the ids behind it are those cases. Whatever is shown, printed or exported asks these sentences.
 */
const sentences: Readonly<Record<ClosureFigure, string>> = {
  received: '1 = 1',
  due: isDue,
  notAdopted: isExcluded,
  shouldRectify: counts,
  closed: isClosed,
  closedInTime: `(${isClosed} AND closedAt <= ledgerDueAt)`,
  closedLate: `(${isClosed} AND closedAt > ledgerDueAt)`,
  closedDissatisfied: `(${isClosed} AND closedDissatisfied = 1)`,
  overdueUnclosed: `(NOT (${isFinal}) AND ${isDue})`,
  notYetDue: isNotYetDue,
  paused: isPaused,
  verified: `(${isDue} AND verifiedAt IS NOT NULL)`,
  verifyDue: `(${isNamed} AND (verifyDueAt < :asOf OR verifiedAt IS NOT NULL))`,
  verifiedInTime: `(${isNamed} AND verifiedAt IS NOT NULL AND verifiedAt <= verifyDueAt)`,
  shouldReply: `(${counts} AND ${isNamed})`,
  replied: `(${counts} AND ${isNamed} AND repliedAt IS NOT NULL)`,
  callbackDenominator: `(${counts} AND ${isNamed})`,
  calledBack: `(${counts} AND ${isNamed} AND calledBackAt IS NOT NULL)`,
  effectiveReached: `(${counts} AND ${isNamed} AND calledBackAt IS NOT NULL AND callbackResult <> 'UNREACHABLE')`,
  extended: `(${counts} AND extensions > 0)`,
  reopened: `(${counts} AND round > 1)`,
};

const names = Object.keys(closureFigures) as readonly ClosureFigure[];

export interface ClosureLedger {
  total(scope: LedgerScope): Promise<ClosureFigures>;
  grouped(scope: LedgerScope, group: ClosureGroup): Promise<readonly GroupedFigures[]>;
  /** The cases behind a figure, in the order of their ids. */
  cases(scope: LedgerScope, given: FigureCases): Promise<readonly { readonly id: string; readonly caseNo: string }[]>;
}

export interface FigureCases {
  readonly figure: ClosureFigure;
  readonly after: string;
  readonly limit: number;
  readonly group?: { readonly by: ClosureGroup; readonly key: string | null } | undefined;
}

type Row = Readonly<Record<string, number | string | null>>;

const toFigures = (row: Row | undefined): ClosureFigures => Object.fromEntries(names.map((name) => [name, Number(row?.[name] ?? 0)])) as ClosureFigures;

export const createClosureLedger = ({ sequelize }: Database): ClosureLedger => {
  const model = sequelize.define('rectification', caseColumns, tableOptions);
  const sentence = (figure: ClosureFigure, asOf: number) => literal(sentences[figure].replaceAll(':asOf', String(Math.trunc(asOf))));
  const sums = (asOf: number): [ReturnType<typeof literal>, string][] =>
    names.map((name) => [literal(`SUM(CASE WHEN ${sentence(name, asOf).val as string} THEN 1 ELSE 0 END)`), name]);
  const within = ({ scope, after, upTo }: LedgerScope): WhereOptions[] => [toWhere(sequelize, scope, {}), { ledgerDueAt: { [Op.gt]: after, [Op.lte]: upTo } }];
  return {
    total: async (scope) => {
      const [row] = await model.findAll({ attributes: sums(scope.asOf), where: { [Op.and]: within(scope) }, raw: true });
      return toFigures(row as unknown as Row | undefined);
    },
    grouped: async (scope, group) => {
      const by = groupColumns[group];
      const rows = await model.findAll({
        attributes: [by, ...sums(scope.asOf)],
        where: { [Op.and]: within(scope) },
        group: [by],
        order: [[by, 'ASC']],
        limit: mostGroups,
        raw: true,
      });
      return (rows as unknown as Row[]).map((row) => ({ key: row[by] === null ? null : String(row[by]), figures: toFigures(row) }));
    },
    cases: async (scope, { figure, after, limit, group }) => {
      const inGroup = group === undefined ? [] : [{ [groupColumns[group.by]]: group.key }];
      const where = { [Op.and]: [...within(scope), sentence(figure, scope.asOf), ...inGroup, { id: { [Op.gt]: after } }] };
      const rows = await model.findAll({ attributes: ['id', 'caseNo'], where, order: [['id', 'ASC']], limit, raw: true });
      return rows as unknown as { id: string; caseNo: string }[];
    },
  };
};

/** Units of a province in one table; beyond it a screen asks for a part. */
const mostGroups = 2_000;
