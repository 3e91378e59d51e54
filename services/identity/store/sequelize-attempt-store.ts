import { Op } from 'sequelize';
import { column, type Database, tableOptions, toDate, toMillis } from '#platform';
import type { Attempts } from '../domain/sign-in-delay';
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

const toAttempts = (row: Row | null): Attempts => ({
  failures: Number(row?.failures ?? 0),
  lastFailureAt: toDate(row?.lastFailureAt ?? 0),
  blockedUntil: toDate(row?.blockedUntil ?? 0),
});

export const createAttemptStore = ({ sequelize }: Database): AttemptStore => {
  const model = sequelize.define('sign_in_attempt', columns(), { ...tableOptions });
  return {
    lock: async (keyHash, work) => {
      const locked = () => firstOf<Row>(model, { where: { keyHash }, lock: true, ...inside(work) });
      const found = await locked();
      if (found !== null) return toAttempts(found);
      // Made only where there is none: an INSERT IGNORE on a present row takes a shared lock, and two of those end in a deadlock.
      await model.bulkCreate([{ keyHash, failures: 0, lastFailureAt: 0, blockedUntil: 0 }], { ignoreDuplicates: true, ...inside(work) });
      return toAttempts(await locked());
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
