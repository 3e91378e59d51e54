import { statfs } from 'node:fs/promises';
import type { Clock } from '#kernel';
import { type Database, type Facts, pendingMigrations } from '#platform';
import type { Config } from '../config';
import type { WakeBus } from '../wake-bus';
import type { Readiness } from './system';

const lowBytes = 1024 ** 3;
const lowShare = 0.05;

const diskState = async (folder: string): Promise<Readiness['disk']> => {
  const { bavail, blocks, bsize } = await statfs(folder);
  return bavail * bsize < lowBytes || bavail / blocks < lowShare ? 'low' : 'ok';
};

const within = async <T>(milliseconds: number, run: Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), milliseconds);
  });
  try {
    return await Promise.race([run.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** security T-2: whether this process can do its work now; Redis is only ever a degradation. */
export const readinessOf = async (deps: {
  readonly config: Config;
  readonly database: Database;
  readonly facts: Facts;
  readonly wakeBus: WakeBus;
  readonly clock: Clock;
}): Promise<Readiness> => {
  const pending = await within(
    2_000,
    pendingMigrations(deps.database).then((left) => left.length),
    -1,
  );
  const age = pending < 0 ? null : await within(2_000, deps.facts.outboxAge(deps.clock.now()), null);
  const disk = await within(1_000, diskState(deps.config.dataDir), 'ok' as const);
  const database = pending < 0 || age === null ? 'down' : 'up';
  return {
    ready: database === 'up' && pending === 0 && disk === 'ok',
    database,
    migrations: pending < 0 ? 'unknown' : pending === 0 ? 'done' : 'pending',
    redis: deps.wakeBus.state(),
    disk,
    outboxSeconds: Math.round(age?.oldestSeconds ?? 0),
  };
};
