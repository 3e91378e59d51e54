import { collationFaults, databaseFaults, migrate } from '#platform';
import type { System } from './composition/system';
import { ConfigFault } from './config';

export interface Prepared {
  /** Lines for the person who started it: addresses and, in demo mode, sign-ins. */
  welcome(url: string): readonly string[];
}

/** Asserts what the product relies on, migrates, loads what every installation needs and, where wanted, the demonstration province. */
export const prepare = async (system: System): Promise<Prepared> => {
  const faults = await databaseFaults(system.database);
  if (faults.length > 0) throw new ConfigFault(faults.join('; '));
  const done = await migrate(system.database);
  const afterwards = await collationFaults(system.database);
  if (afterwards.length > 0) throw new ConfigFault(afterwards.join('; '));
  system.logger.info({ event: 'database.ready', dialect: system.database.dialect, migrations: done.length });
  return { welcome: (url) => [`回音 Huiyin  ${url}`] };
};
