import type { System } from '../composition/system';
import type { Realtime } from '../realtime';
import type { Job } from './index';

const leaseSeconds = 5;

/** One process numbers facts and runs reactions; whoever holds the lease (security F-06). */
const relayJob = (system: System, wake: (job: string) => void): Job => ({
  name: 'relay',
  everyMs: 250,
  run: async () => {
    if (system.config.role === 'web') return;
    if ((await system.lease.hold('relay', leaseSeconds)) === null) return;
    let total = 0;
    for (;;) {
      const numbered = await system.facts.numberOutbox(500);
      total += numbered;
      if (numbered < 500) break;
    }
    if (total === 0) return;
    system.metrics.countFacts(total);
    wake('publish');
    wake('reactions');
    system.wakeBus.wake();
  },
});

const reactionsJob = (system: System): Job => ({
  name: 'reactions',
  everyMs: 500,
  run: async () => {
    if (system.config.role === 'web') return;
    if ((await system.lease.hold('reactions', leaseSeconds * 6)) !== null) await system.reactions.runAll();
  },
});

const publishJob = (system: System, realtime: Realtime): Job => ({
  name: 'publish',
  everyMs: 250,
  run: async () => {
    const published = await realtime.publishNews();
    system.metrics.setSockets(realtime.io.of('/console').sockets.size);
    if (published > 0) system.logger.info({ event: 'facts.published', count: published });
  },
});

const gaugeJob = (system: System): Job => ({
  name: 'gauges',
  everyMs: 5_000,
  run: async () => {
    const age = await system.facts.outboxAge(system.clock.now());
    system.metrics.setOutbox(age.waiting, age.oldestSeconds);
  },
});

/** Offers, time-outs and custody of calls; the module holds a lease of its own. */
const telephonyJob = (system: System): Job => ({
  name: 'telephony',
  everyMs: 1_000,
  run: async () => {
    await system.telephony.tick();
  },
});

const silentChatsJob = (system: System): Job => ({
  name: 'silent-chats',
  everyMs: 60_000,
  run: async () => {
    if (system.config.role !== 'web') await system.inquiries.sweepSilent();
  },
});

const dailyJob = (system: System): Job => ({
  name: 'daily',
  everyMs: 3_600_000,
  run: async () => {
    if (system.config.role === 'web') return;
    await system.tickets.archiveTickets();
    await system.identity.sweep();
  },
});

/** The jobs of this process, by its role. */
export const systemJobs = (system: System, realtime: Realtime, wake: (job: string) => void): readonly Job[] => [
  relayJob(system, wake),
  publishJob(system, realtime),
  reactionsJob(system),
  gaugeJob(system),
  telephonyJob(system),
  silentChatsJob(system),
  dailyJob(system),
];
