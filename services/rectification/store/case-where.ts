import { literal, Op, type Order, type Sequelize, type WhereOptions } from 'sequelize';
import type { Predicate } from '#kernel';
import { containing, toWhere } from '#platform';
import type { CaseFilter, CaseListQuery } from './rectification-store';

/** Closed cases lose no more time: they stand after every instant. */
export const neverDue = Number.MAX_SAFE_INTEGER;

const idsLinkedTo = (sequelize: Sequelize, ratingId: string): WhereOptions => ({
  id: { [Op.in]: literal(`(SELECT rectificationId FROM rectification_rating WHERE originId = ${sequelize.escape(ratingId)})`) },
});

type Filters = { readonly [F in keyof CaseFilter]-?: (value: NonNullable<CaseFilter[F]>, sequelize: Sequelize) => WhereOptions };

const filters: Filters = {
  states: (states) => ({ state: [...states] }),
  orgPath: (path) => ({ orgPath: { [Op.startsWith]: path } }),
  regionPrefix: (prefix) => ({ regionCode: { [Op.startsWith]: prefix } }),
  level: (level) => ({ level }),
  channel: (channel) => ({ channel }),
  isRealName: (isRealName) => ({ isRealName }),
  overdueAt: (now) => ({ currentDueAt: { [Op.lt]: now } }),
  dueBefore: (instant) => ({ currentDueAt: { [Op.lte]: instant } }),
  // Evidence is counted by a submission, so a case that is being fixed and has some, or is in a later round, came back.
  sentBack: () => ({ state: 'RECTIFYING', [Op.or]: [{ evidenceCount: { [Op.gt]: 0 } }, { round: { [Op.gt]: 1 } }] }),
  ratingId: (ratingId, sequelize) => idsLinkedTo(sequelize, ratingId),
  q: (typed) => ({
    [Op.or]: [{ caseNo: typed }, { projectNo: typed }, { taskName: { [Op.like]: containing(typed) } }, { windowName: { [Op.like]: containing(typed) } }],
  }),
  ids: (ids) => ({ id: [...ids] }),
};

export const whereOf = (sequelize: Sequelize, scope: Predicate, filter: CaseFilter): WhereOptions => ({
  [Op.and]: [
    toWhere(sequelize, scope, {}),
    ...Object.entries(filter).flatMap(([name, value]) =>
      value === undefined ? [] : [(filters[name as keyof CaseFilter] as (value: unknown, sequelize: Sequelize) => WhereOptions)(value, sequelize)],
    ),
  ],
});

type KeysetPart = { readonly where: WhereOptions; readonly order: Order };

/** Open cases by their due instant, which an index answers, and after them the closed ones: never one sort over both. */
const byTimeLost = (after: CaseListQuery['after']): readonly KeysetPart[] => {
  const closed: KeysetPart = {
    where: after?.[0] === neverDue ? { currentDueAt: null, id: { [Op.gt]: after[1] } } : { currentDueAt: null },
    order: [['id', 'ASC']],
  };
  if (after?.[0] === neverDue) return [closed];
  const beyond = after === null ? { [Op.ne]: null } : { [Op.gte]: after[0] };
  const notSeen = after === null ? {} : { [Op.or]: [{ currentDueAt: { [Op.gt]: after[0] } }, { id: { [Op.gt]: after[1] } }] };
  const open: KeysetPart = {
    where: { currentDueAt: beyond, ...notSeen },
    order: [
      ['currentDueAt', 'ASC'],
      ['id', 'ASC'],
    ],
  };
  return [open, closed];
};

const newestFirst = (after: CaseListQuery['after']): readonly KeysetPart[] => [
  {
    where: after === null ? {} : { openedAt: { [Op.lte]: after[0] }, [Op.or]: [{ openedAt: { [Op.lt]: after[0] } }, { id: { [Op.lt]: after[1] } }] },
    order: [
      ['openedAt', 'DESC'],
      ['id', 'DESC'],
    ],
  },
];

/** The parts of a list in their order, each with its own keyset; read one after another until the page is full. */
export const keysetParts = ({ sortBy, after }: Pick<CaseListQuery, 'sortBy' | 'after'>): readonly KeysetPart[] =>
  sortBy === 'newest' ? newestFirst(after) : byTimeLost(after);
