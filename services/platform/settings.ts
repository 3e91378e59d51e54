import { QueryTypes } from 'sequelize';
import type { Database } from './database';
import type { UnitOfWork } from './unit-of-work';

/** Facts about the installation itself, such as that it holds the demonstration province. */
export interface Settings {
  find(name: string): Promise<string | null>;
  /** Once; a second time the name is taken. */
  add(work: UnitOfWork, name: string, value: string): Promise<void>;
}

export const createSettings = ({ sequelize }: Database): Settings => ({
  find: async (name) => {
    const [row] = await sequelize.query<{ value: string }>('SELECT value FROM setting WHERE name = $1', { bind: [name], type: QueryTypes.SELECT });
    return row?.value ?? null;
  },
  add: async (work, name, value) => {
    await sequelize.query('INSERT INTO setting (name, value, version, at) VALUES ($1, $2, 1, $3)', {
      bind: [name, value, work.now.getTime()],
      transaction: work.transaction,
      type: QueryTypes.RAW,
    });
  },
});
