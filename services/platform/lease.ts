import { QueryTypes } from 'sequelize';
import type { Clock } from '#kernel';
import { type Database, isUniqueViolation } from './database';

export interface Lease {
  /** Takes or renews the lease; answers its fencing number, or null while another owner holds it (security F-06). */
  hold(name: string, seconds: number): Promise<number | null>;
  release(name: string): Promise<void>;
}

/** One leader for each job by plain compare-and-set, the same on SQLite and MySQL. */
export const createLease = (database: Database, clock: Clock, owner: string): Lease => {
  const { sequelize } = database;

  const change = async (name: string, seconds: number): Promise<number | null> => {
    const now = clock.now().getTime();
    const [row] = await sequelize.query<{ owner: string; fence: number; untilAt: number }>('SELECT owner, fence, untilAt FROM lease WHERE name = $1', {
      bind: [name],
      type: QueryTypes.SELECT,
    });
    if (row === undefined) {
      await database.inTransaction((work) =>
        sequelize.query('INSERT INTO lease (name, owner, fence, untilAt) VALUES ($1, $2, 1, $3)', {
          bind: [name, owner, now + seconds * 1000],
          transaction: work.transaction,
          type: QueryTypes.RAW,
        }),
      );
      return 1;
    }
    const mine = row.owner === owner;
    if (!mine && Number(row.untilAt) > now) return null;
    // Renewing is cheap to skip while most of the term is left.
    if (mine && Number(row.untilAt) - now > (seconds * 1000) / 2) return Number(row.fence);
    const fence = Number(row.fence) + (mine ? 0 : 1);
    const changed = await database.inTransaction(async (work) => {
      await sequelize.query('UPDATE lease SET owner = $1, fence = $2, untilAt = $3 WHERE name = $4 AND owner = $5 AND fence = $6 AND untilAt = $7', {
        bind: [owner, fence, now + seconds * 1000, name, row.owner, row.fence, row.untilAt],
        transaction: work.transaction,
        type: QueryTypes.RAW,
      });
      const [held] = await sequelize.query<{ owner: string; fence: number }>('SELECT owner, fence FROM lease WHERE name = $1', {
        bind: [name],
        transaction: work.transaction,
        type: QueryTypes.SELECT,
      });
      return held?.owner === owner && Number(held.fence) === fence;
    });
    return changed ? fence : null;
  };

  return {
    hold: async (name, seconds) => {
      try {
        return await change(name, seconds);
      } catch (error) {
        if (isUniqueViolation(error)) return null;
        throw error;
      }
    },
    release: async (name) => {
      await database.inTransaction((work) =>
        sequelize.query('UPDATE lease SET untilAt = 0 WHERE name = $1 AND owner = $2', {
          bind: [name, owner],
          transaction: work.transaction,
          type: QueryTypes.RAW,
        }),
      );
    },
  };
};
