import { literal, Op, type Sequelize, type WhereOptions } from 'sequelize';
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

/** Keyset on (sort key, id). Without a due instant a case sorts last, which is said in two parts so that an index can answer. */
export const afterKey = ({ sortBy, after }: Pick<CaseListQuery, 'sortBy' | 'after'>): WhereOptions[] => {
  if (after === null) return [];
  const [key, id] = after;
  if (sortBy === 'newest') return [{ [Op.or]: [{ openedAt: { [Op.lt]: key } }, { openedAt: key, id: { [Op.lt]: id } }] }];
  if (key === neverDue) return [{ currentDueAt: null, id: { [Op.gt]: id } }];
  return [{ [Op.or]: [{ currentDueAt: { [Op.gt]: key } }, { currentDueAt: key, id: { [Op.gt]: id } }, { currentDueAt: null }] }];
};
