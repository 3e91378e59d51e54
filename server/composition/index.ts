import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createCalendar } from '#calendar';
import { createIdentity } from '#identity';
import { type Clock, createIds, systemClock } from '#kernel';
import {
  createAttachments,
  createDatabase,
  createFacts,
  createFieldCrypto,
  createFileStore,
  createLease,
  createLogger,
  createReactions,
  createTrails,
  type Logger,
  silentLogger,
} from '#platform';
import type { Config } from '../config';
import { createMetrics } from '../metrics';
import { createWakeBus } from '../wake-bus';
import { readinessOf } from './readiness';
import { createRooms } from './rooms';
import type { CaseJudge, System } from './system';
import { verifyAll } from './verify';

/** What a test may replace; everything else is built as in production. */
export interface Overrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

export { type Finding, type System } from './system';

/** The only way to build the system: one column, read from top to bottom. */
export const compose = (config: Config, overrides: Overrides = {}): System => {
  mkdirSync(config.dataDir, { recursive: true });

  // Ground
  const clock = overrides.clock ?? systemClock;
  const logger = overrides.logger ?? (config.logLevel === 'silent' ? silentLogger : createLogger(config.logLevel));
  const metrics = createMetrics();
  const ids = createIds(clock);
  const crypto = createFieldCrypto(config.secrets);
  const database = createDatabase({ url: config.databaseUrl, file: join(config.dataDir, 'huiyin.sqlite'), clock, ids, crypto, poolSize: config.databasePool });
  const facts = createFacts(database);
  const reactions = createReactions({ database, facts, clock, logger });
  const trails = createTrails(database, crypto);
  const lease = createLease(database, clock, `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`);
  const wakeBus = createWakeBus(config.redisUrl, logger);
  const attachments = createAttachments({ database, files: createFileStore(join(config.dataDir, 'files'), crypto), ids });
  const demo = config.demo === 'always' || (config.demo === 'auto' && config.databaseUrl === undefined);

  // Modules
  const calendar = createCalendar({ database, clock });
  const identity = createIdentity({ database, clock, ids, crypto, logger, demo });

  // Screens
  const nobody: CaseJudge = { canSee: () => Promise.resolve(false), mayAttach: () => Promise.resolve(false) };
  const cases = { ticket: nobody, rectification: nobody };
  const rooms = createRooms(identity.policy, { ticket: cases.ticket.canSee, rectification: cases.rectification.canSee });

  const settle = async (): Promise<void> => {
    for (;;) {
      const numbered = await facts.numberOutbox(500);
      const heard = await reactions.runAll();
      if (numbered === 0 && heard === 0) return;
    }
  };

  const ground = { config, clock, ids, logger, metrics, crypto, database, facts, reactions, trails, lease, wakeBus };
  const modules = { identity, calendar };
  return {
    ...ground,
    ...modules,
    rooms,
    cases,
    attachments,
    demo,
    secureCookies: config.publicUrl?.startsWith('https://') ?? false,
    load: async () => {
      await calendar.load();
    },
    readiness: () => readinessOf({ config, database, facts, wakeBus, clock }),
    verify: () => verifyAll({ database, crypto, modules: [] }),
    settle,
    close: async () => {
      wakeBus.close();
      await database.close();
    },
  };
};
