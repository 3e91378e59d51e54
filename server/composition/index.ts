import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createCalendar } from '#calendar';
import { createIdentity } from '#identity';
import { createInquiries } from '#inquiries';
import { createKnowledgeBase } from '#knowledge-base';
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
import { createRatingReader, createRatings } from '#ratings';
import { createRectification } from '#rectification';
import { createTelephony } from '#telephony';
import { createTickets } from '#tickets';
import type { Config } from '../config';
import { createMetrics } from '../metrics';
import { createWakeBus } from '../wake-bus';
import { draftsOf, gazetteerOf, historyOf, tieJudgeOf } from './adapters';
import { iceServersOf } from './ice-servers';
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

  const { policy, organizations, staff } = identity;
  const ratingReader = createRatingReader({ database, crypto });
  const rectification = createRectification({
    database,
    clock,
    ids,
    crypto,
    calendar,
    policy,
    organizations,
    staff,
    trails,
    ratings: ratingReader,
    attachments,
  });
  // Port, in the transaction that stores the rating: a bad rating is never without its case (security I-03).
  const ratings = createRatings({ database, ids, crypto, policy, organizations, staff, openCases: rectification.openCases });
  // rules §9: a correction is answered within one working day.
  const correctionDueAt = (from: Date): Date => calendar.deadline({ from, amount: 1, unit: 'WORKING_DAY' }).dueAt;
  const knowledge = createKnowledgeBase({ database, clock, ids, regions: gazetteerOf(identity.regions), correctionDueAt });
  const tickets = createTickets({
    database,
    clock,
    ids,
    crypto,
    calendar,
    policy,
    organizations,
    staff,
    trails,
    attachments,
    guideReference: knowledge.isCitable,
    mayTie: tieJudgeOf(() => ({ ratings, inquiries, telephony })),
  });
  const inquiries = createInquiries({ database, clock, ids, crypto, policy, tickets });
  const telephony = createTelephony({
    database,
    clock,
    ids,
    crypto,
    policy,
    lease,
    logger,
    drafts: draftsOf(tickets),
    history: historyOf(tickets),
    maySeeTicket: tickets.maySee,
    iceServers: iceServersOf(config, clock),
  });

  // Facts, afterwards and safe to hear twice
  for (const reaction of [...rectification.reactions, ...ratings.reactions, ...tickets.reactions]) reactions.add(reaction);

  // Screens
  const ticketJudge: CaseJudge = { canSee: tickets.maySee, mayAttach: tickets.maySee };
  const cases = { ticket: ticketJudge, rectification };
  const rooms = createRooms(policy, {
    ticket: tickets.maySee,
    rectification: rectification.canSee,
    conversation: (actor, id) => inquiries.mayHear(id, actor),
    call: (actor) => Promise.resolve(policy.allows(actor, 'call.read')),
  });

  const settle = async (): Promise<void> => {
    for (;;) {
      const numbered = await facts.numberOutbox(500);
      const heard = await reactions.runAll();
      if (numbered === 0 && heard === 0) return;
    }
  };

  const ground = { config, clock, ids, logger, metrics, crypto, database, facts, reactions, trails, lease, wakeBus };
  const modules = { identity, calendar, knowledge, ratings, rectification, tickets, inquiries, telephony };
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
      await knowledge.start();
    },
    readiness: () => readinessOf({ config, database, facts, wakeBus, clock }),
    verify: () => verifyAll({ database, crypto, modules: [ratings, rectification, { verify: tickets.verifyTickets }, inquiries, telephony] }),
    settle,
    close: async () => {
      wakeBus.close();
      await knowledge.close();
      await database.close();
    },
  };
};
