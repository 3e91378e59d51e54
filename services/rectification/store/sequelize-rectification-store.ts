import { type ModelStatic, type Model, Op, type Order, QueryTypes } from 'sequelize';
import { type Database, insertRows, tableOptions, type UnitOfWork } from '#platform';
import type { CaseDeadline, CasePause } from '../domain/clocks';
import type { Attempt, Hand, Rectification } from '../domain/rectification';
import { keysetParts, whereOf } from './case-where';
import { attemptColumns, caseColumns, deadlineColumns, draftColumns, handColumns, linkColumns, pauseColumns, plain } from './columns';
import type { CaseDraft, CaseLink, OfCase, RectificationStore } from './rectification-store';

const inside = (work: UnitOfWork | undefined) => (work === undefined ? {} : { transaction: work.transaction });

const defineModels = ({ sequelize }: Database) => ({
  cases: sequelize.define('rectification', caseColumns, tableOptions),
  links: sequelize.define('rectification_rating', linkColumns, tableOptions),
  hands: sequelize.define('rectification_hand', handColumns, tableOptions),
  deadlines: sequelize.define('rectification_deadline', deadlineColumns, tableOptions),
  pauses: sequelize.define('rectification_pause', pauseColumns, tableOptions),
  drafts: sequelize.define('rectification_draft', draftColumns, tableOptions),
  contact: sequelize.define('rectification_contact', attemptColumns, tableOptions),
  callback: sequelize.define('rectification_callback', attemptColumns, tableOptions),
});

type Models = ReturnType<typeof defineModels>;

const readAll = async (model: ModelStatic<Model>, options: object, work?: UnitOfWork): Promise<readonly unknown[]> =>
  (await model.findAll({ ...options, ...inside(work), raw: true })).map(plain);

const sideReads = (
  models: Models,
): Pick<RectificationStore, 'handsOf' | 'attemptsOf' | 'deadlinesOf' | 'pausesOf' | 'draftsOf' | 'linksOf' | 'linkedAmong'> => {
  const ofCases = (model: ModelStatic<Model>, ids: readonly string[], given: { readonly order?: Order; readonly work: UnitOfWork | undefined }) =>
    readAll(model, { where: { rectificationId: [...ids] }, ...(given.order === undefined ? {} : { order: given.order }) }, given.work);
  return {
    handsOf: async (ids, work) => (await ofCases(models.hands, ids, { work })) as readonly (Hand & OfCase)[],
    attemptsOf: async (kind, ids, work) => (await ofCases(models[kind], ids, { order: ['at', 'recordedAt'], work })) as readonly (Attempt & OfCase)[],
    deadlinesOf: async (ids, work) => (await ofCases(models.deadlines, ids, { order: ['startsAt', 'round'], work })) as readonly CaseDeadline[],
    pausesOf: async (id, work) => (await ofCases(models.pauses, [id], { order: ['fromAt'], work })) as readonly CasePause[],
    draftsOf: async (ids, work) => (await ofCases(models.drafts, ids, { work })) as readonly CaseDraft[],
    linksOf: async (ids, work) => (await ofCases(models.links, ids, { order: ['at', 'originId'], work })) as readonly CaseLink[],
    linkedAmong: async (originIds) => {
      const found = new Map<string, string[]>();
      for (const link of (await readAll(models.links, { where: { originId: [...originIds] } })) as readonly CaseLink[])
        found.set(link.originId, [...(found.get(link.originId) ?? []), link.rectificationId]);
      return found;
    },
  };
};

const sideWrites = (
  { sequelize }: Database,
  models: Models,
): Pick<RectificationStore, 'link' | 'addHands' | 'addAttempt' | 'insertDeadlines' | 'saveDeadlines' | 'savePauses' | 'saveDraft' | 'dropDraft'> => {
  const add = (table: string, rows: readonly object[], work: UnitOfWork): Promise<void> =>
    insertRows(sequelize, table, { rows: rows as readonly Record<string, unknown>[], transaction: work.transaction });
  const upsertAll = async (model: ModelStatic<Model>, rows: readonly object[], work: UnitOfWork): Promise<void> => {
    for (const row of rows) await model.upsert({ ...row }, inside(work));
  };
  return {
    link: (links, work) => add('rectification_rating', links, work),
    addHands: async (rectificationId, staffId, { parts, work }) => {
      const held = (await readAll(models.hands, { where: { rectificationId, staffId } }, work)) as readonly Hand[];
      const fresh = parts.filter((part) => !held.some((hand) => hand.part === part));
      await add(
        'rectification_hand',
        fresh.map((part) => ({ rectificationId, staffId, part, at: work.now.getTime() })),
        work,
      );
    },
    addAttempt: async (kind, { phoneHash, ...attempt }, work) =>
      add(`rectification_${kind}`, [kind === 'callback' ? { ...attempt, phoneHash } : attempt], work),
    insertDeadlines: (rows, work) => add('rectification_deadline', rows, work),
    saveDeadlines: (rows, work) => upsertAll(models.deadlines, rows, work),
    savePauses: (rows, work) => upsertAll(models.pauses, rows, work),
    saveDraft: (draft, work) => upsertAll(models.drafts, [draft], work),
    dropDraft: async (rectificationId, work) => {
      await models.drafts.destroy({ where: { rectificationId }, ...inside(work) });
    },
  };
};

/** Takes a run of numbers of a day; the row of the day is the lock. */
const createNumbers =
  ({ sequelize }: Database): RectificationStore['nextCaseNumbers'] =>
  async (day, count, work) => {
    const run = (sql: string, bind: unknown[]) => sequelize.query(sql, { bind, transaction: work.transaction, type: QueryTypes.RAW });
    const read = () =>
      sequelize.query<{ lastNo: number }>('SELECT lastNo FROM rectification_counter WHERE day = $1', {
        bind: [day],
        transaction: work.transaction,
        type: QueryTypes.SELECT,
      });
    await run('UPDATE rectification_counter SET lastNo = lastNo + $1 WHERE day = $2', [count, day]);
    const [row] = await read();
    if (row !== undefined) return row.lastNo - count + 1;
    // Two first ones of a day: the second meets the key, and its whole transaction runs again.
    await run('INSERT INTO rectification_counter (day, lastNo) VALUES ($1, $2)', [day, count]);
    return 1;
  };

export const createSequelizeRectificationStore = (database: Database): RectificationStore => {
  const { sequelize } = database;
  const models = defineModels(database);
  const locked = (work: UnitOfWork | undefined) => (work === undefined ? {} : { transaction: work.transaction, lock: work.transaction.LOCK.UPDATE });
  return {
    ...sideReads(models),
    ...sideWrites(database, models),
    nextCaseNumbers: createNumbers(database),
    find: async (id, work) => {
      const row = await models.cases.findOne({ where: { id }, ...locked(work), raw: true });
      return row === null ? null : (plain(row) as Rectification);
    },
    findByServices: async (services, work) => {
      const rows = await models.cases.findAll({ where: { projectNo: [...new Set(services.map((service) => service.projectNo))] }, ...locked(work), raw: true });
      return rows.map((row) => plain(row) as Rectification);
    },
    insert: (rows, work) =>
      insertRows(sequelize, 'rectification', { rows: rows as unknown as readonly Record<string, unknown>[], transaction: work.transaction }),
    changeIfUnchanged: async (row, change, work) => {
      const [changed] = await models.cases.update({ ...change, version: row.version + 1 }, { where: { id: row.id, version: row.version }, ...inside(work) });
      return changed === 1;
    },
    makeNamed: async (id, work) => {
      await models.cases.update({ isRealName: true }, { where: { id }, ...inside(work) });
    },
    provisionalDeadlines: async (after, limit) =>
      (await readAll(models.deadlines, { where: { provisional: true, metAt: null, id: { [Op.gt]: after } }, order: ['id'], limit })) as readonly CaseDeadline[],
    list: async ({ scope, filter, sortBy, limit, after }) => {
      const found: Rectification[] = [];
      for (const part of keysetParts({ sortBy, after })) {
        const where = { [Op.and]: [whereOf(sequelize, scope, filter), part.where] };
        const rows = await models.cases.findAll({ where, order: part.order, limit: limit + 1 - found.length, raw: true });
        found.push(...rows.map((row) => plain(row) as Rectification));
        if (found.length > limit) break;
      }
      return found;
    },
    count: (scope, filter) => models.cases.count({ where: whereOf(sequelize, scope, filter) }),
  };
};
