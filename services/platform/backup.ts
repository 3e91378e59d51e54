import { QueryTypes } from 'sequelize';
import type { Database } from './database';

export interface ChainHead {
  readonly name: string;
  readonly lastNo: number;
  readonly lastMac: string;
}

/** Heads of the chains, to be kept outside the database: a later database that is behind them has lost rows (security F-14). */
export const chainHeads = ({ sequelize }: Database): Promise<readonly ChainHead[]> =>
  sequelize.query<ChainHead>('SELECT name, lastNo, lastMac FROM chain_head ORDER BY name', { type: QueryTypes.SELECT });

/** One consistent picture of the embedded database in a file of its own, taken without stopping the writers. */
export const copyDatabase = async ({ sequelize }: Database, file: string): Promise<void> => {
  await sequelize.query('VACUUM INTO $1', { bind: [file], type: QueryTypes.RAW });
};
