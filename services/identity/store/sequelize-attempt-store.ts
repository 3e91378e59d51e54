import { Op } from 'sequelize';
import { column, type Database, tableOptions, toDate, toMillis } from '#platform';
import type { AttemptStore } from './attempt-store';
import { firstOf, inside } from './rows';

interface Row {
  readonly failures: number;
  readonly lastFailureAt: number;
  readonly blockedUntil: number;
}

const columns = () => ({
  keyHash: { ...column.code(64), primaryKey: true },
  failures: column.number(),
  lastFailureAt: column.instant(),
  blockedUntil: column.instant(),
});

export const createAttemptStore = ({ sequelize }: Database): AttemptStore => {
  const model = sequelize.define('sign_in_attempt', columns(), { ...tableOptions });
  return {
    lock: async (keyHash, work) => {
      // Made first, so that there is a row to lock: parallel guesses stand in one line.
      await model.bulkCreate([{ keyHash, failures: 0, lastFailureAt: 0, blockedUntil: 0 }], { ignoreDuplicates: true, ...inside(work) });
      const row = await firstOf<Row>(model, { where: { keyHash }, lock: true, ...inside(work) });
      return { failures: Number(row?.failures ?? 0), lastFailureAt: toDate(row?.lastFailureAt ?? 0), blockedUntil: toDate(row?.blockedUntil ?? 0) };
    },
    save: async (keyHash, attempts, work) => {
      const values = { failures: attempts.failures, lastFailureAt: toMillis(attempts.lastFailureAt), blockedUntil: toMillis(attempts.blockedUntil) };
      await model.update(values, { where: { keyHash }, ...inside(work) });
    },
    forget: async (keyHash, work) => {
      await model.destroy({ where: { keyHash }, ...inside(work) });
    },
    deleteQuietSince: async (day, work) => {
      await model.destroy({ where: { lastFailureAt: { [Op.lt]: toMillis(day) } }, ...inside(work) });
    },
  };
};
