import type { QueueOverviewView } from '#contracts/api/telephony';
import { type Actor, shanghaiDay, startOfShanghaiDay, toShanghaiIso } from '#kernel';
import type { Call } from '../domain/call';
import { compareCallers } from '../domain/routing';
import { secondsBetween } from '../domain/settings';
import { expectedWaitSeconds, waitBand } from '../domain/waiting';
import { hotlineQueue, type TelephonyTools } from '../use-cases/tools';

const ratio = (numerator: number, denominator: number): number | null => (denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 10_000);

const waitOf = (call: Call): number => secondsBetween(call.enqueuedAt ?? call.arrivedAt, call.answeredAt ?? call.closedAt ?? call.arrivedAt);

/** rules §7: 人工请求呼入 = 接通 + 放弃 + 溢出; a call counts with its outcome, and one that is talking now counts as answered. */
export const figuresOf = (calls: readonly Call[], missedAfter: number): QueueOverviewView['today'] => {
  const answered = calls.filter((call) => call.answeredAt !== null);
  const abandoned = calls.filter((call) => call.outcome === 'ABANDONED');
  const overflow = calls.filter((call) => call.outcome === 'OVERFLOW').length;
  const inTime = answered.filter((call) => waitOf(call) <= 15).length;
  const offered = answered.length + abandoned.length + overflow;
  const waits = answered.map(waitOf);
  return {
    offered,
    answered: answered.length,
    abandoned: abandoned.length,
    shortAbandoned: abandoned.filter((call) => waitOf(call) < missedAfter).length,
    overflow,
    answeredIn15Seconds: inTime,
    answerRate: ratio(answered.length, offered),
    serviceLevel15: ratio(inTime, offered),
    averageWaitSeconds: waits.length === 0 ? null : Math.round((waits.reduce((sum, wait) => sum + wait, 0) / waits.length) * 10) / 10,
    longestWaitSeconds: Math.round(Math.max(0, ...calls.map(waitOf))),
  };
};

const handleSample = 20;
const defaultHandleSeconds = 180;

export const createQueueQueries = (tools: TelephonyTools) => {
  const averageHandleSeconds = async (): Promise<number> => {
    const last = await tools.store.calls.many({ where: { outcome: 'ANSWERED' }, order: [['arrivedAt', 'DESC']], limit: handleSample });
    const times = last.flatMap((call) => (call.answeredAt === null || call.closedAt === null ? [] : [secondsBetween(call.answeredAt, call.closedAt)]));
    return times.length === 0 ? defaultHandleSeconds : times.reduce((sum, time) => sum + time, 0) / times.length;
  };

  /** Place and band of every waiting caller, in the order in which they will be offered. */
  const waiting = async (): Promise<ReadonlyMap<string, { readonly position: number; readonly band: string }>> => {
    const entries = await tools.store.entries.many({ where: { queueId: hotlineQueue, state: { in: ['WAITING', 'RESERVED'] } }, limit: 2000 });
    if (entries.length === 0) return new Map();
    const activeAgents = await tools.store.sessions.count({ state: { in: ['READY', 'RINGING', 'TALKING', 'HOLDING', 'ACW'] } });
    const handle = await averageHandleSeconds();
    const sorted = entries.map((entry) => ({ ...entry, entryId: entry.id, enqueuedAt: entry.enqueuedAt.getTime() })).sort(compareCallers);
    return new Map(
      sorted.map((entry, index) => [
        entry.callId,
        { position: index + 1, band: waitBand(expectedWaitSeconds({ position: index + 1, activeAgents, averageHandleSeconds: handle })) },
      ]),
    );
  };

  const overview = async (actor: Actor): Promise<QueueOverviewView> => {
    tools.policy.require(actor, 'queue.read');
    const now = tools.clock.now();
    const start = startOfShanghaiDay(shanghaiDay(now)).getTime();
    const settings = await tools.settings();
    const [entries, sessions, today, openCallbackTasks] = await Promise.all([
      tools.store.entries.many({ where: { queueId: hotlineQueue, state: { in: ['WAITING', 'RESERVED'] } } }),
      tools.store.sessions.many({ where: { state: { not: 'OFFLINE' } } }),
      tools.store.calls.many({ where: { arrivedAt: { gte: start } } }),
      tools.store.tasks.count({ state: { not: 'CLOSED' } }),
    ]);
    const agents: Record<string, number> = {};
    for (const session of sessions) agents[session.state] = (agents[session.state] ?? 0) + 1;
    return {
      waiting: entries.length,
      longestWaitSeconds: Math.round(Math.max(0, ...entries.map((entry) => secondsBetween(entry.enqueuedAt, now)))),
      ringing: today.filter((call) => call.state === 'OFFERED').length,
      talking: today.filter((call) => call.state === 'TALKING').length,
      agents,
      signedIn: sessions.length,
      openCallbackTasks,
      today: figuresOf(today, settings.missedAfter),
      at: toShanghaiIso(now),
    };
  };

  return { overview, waiting };
};
