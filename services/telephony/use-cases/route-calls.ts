import { systemActor } from '#kernel';
import type { AgentSession } from '../domain/agent-session';
import type { Entry, Leg } from '../domain/call';
import { type PlannedOffer, planOffers } from '../domain/routing';
import { after, type QueueSettings } from '../domain/settings';
import { moveAgent } from './move-agent';
import { moveCall } from './move-call';
import { hotlineQueue, RowChanged, type TelephonyTools } from './tools';

/** A citizen whose page went silent is not offered to anybody until it is heard again. */
export const isHeard = (leg: Leg | undefined, now: Date): boolean =>
  leg !== undefined && leg.state !== 'ENDED' && (leg.seenAt === null || now.getTime() - leg.seenAt.getTime() <= 8_000);

/** Seats that may be rung: READY, phone heard from within 6 seconds, device checked. */
export const eligibleAgents = async (tools: TelephonyTools, settings: QueueSettings, now: Date): Promise<readonly AgentSession[]> =>
  tools.store.sessions.many({
    where: { state: 'READY', deviceOk: true, callId: null, heartbeatAt: { gte: now.getTime() - settings.agentFresh * 1000 } },
    limit: 1000,
  });

export const waitingEntries = async (tools: TelephonyTools, now: Date): Promise<readonly Entry[]> => {
  const entries = await tools.store.entries.many({ where: { queueId: hotlineQueue, state: 'WAITING' }, order: [['enqueuedAt', 'ASC']], limit: 2000 });
  if (entries.length === 0) return [];
  const legs = await tools.store.legs.many({ where: { callId: { in: entries.map((entry) => entry.callId) }, party: 'CITIZEN' } });
  const legByCall = new Map(legs.map((leg) => [leg.callId, leg]));
  return entries.filter((entry) => isHeard(legByCall.get(entry.callId), now));
};

/** Both sides by compare-and-set in one transaction; the loser changes nothing and the plan is made anew (design-channels §2.3). */
const makeOffer = (tools: TelephonyTools, planned: PlannedOffer, settings: QueueSettings): Promise<void> =>
  tools.database.inTransaction(async (work) => {
    const call = await tools.store.calls.one({ id: planned.callId, state: 'QUEUED' }, work);
    const entry = await tools.store.entries.one({ id: planned.entryId, state: 'WAITING' }, work);
    const session = await tools.store.sessions.one({ agentId: planned.agentId, state: 'READY' }, work);
    if (call === null || entry === null || session === null) throw new RowChanged();
    const expiresAt = after(work.now, settings.ring);
    const offerId = tools.ids.next();
    await moveAgent(tools, work, session, { action: 'ring', changes: { callId: call.id } });
    if ((await tools.store.entries.update({ id: entry.id, version: entry.version }, { state: 'RESERVED', version: entry.version + 1 }, work)) !== 1)
      throw new RowChanged();
    await tools.store.offers.insert(
      {
        id: offerId,
        callId: call.id,
        agentId: session.agentId,
        state: 'RINGING',
        why: planned.why,
        offeredAt: work.now,
        expiresAt,
        endedAt: null,
        liveCallId: call.id,
        liveAgentId: session.agentId,
      },
      work,
    );
    await moveCall(tools, work, call, {
      action: 'offer',
      actor: systemActor,
      changes: { firstRingAt: call.firstRingAt ?? work.now },
      custody: { holder: 'OFFER', ref: offerId, deadline: expiresAt },
      staff: [session.agentId],
    });
  });

const isLostRace = (error: unknown): boolean => error instanceof RowChanged || (error as Error).name === 'SequelizeUniqueConstraintError';

const tryOffer = async (tools: TelephonyTools, planned: PlannedOffer, settings: QueueSettings): Promise<number> => {
  try {
    await makeOffer(tools, planned, settings);
    return 1;
  } catch (error) {
    if (isLostRace(error)) return 0;
    throw error;
  }
};

/** Runs on every change, over the whole table, until nothing more can be offered (I6). */
export const createRouteCalls = (tools: TelephonyTools) => async (): Promise<number> => {
  let made = 0;
  for (let round = 0; round < 20; round += 1) {
    const now = tools.clock.now();
    const settings = await tools.settings();
    const agents = await eligibleAgents(tools, settings, now);
    if (agents.length === 0) return made;
    const entries = await waitingEntries(tools, now);
    const plan = planOffers(
      entries.map((entry) => ({ ...entry, entryId: entry.id, enqueuedAt: entry.enqueuedAt.getTime() })),
      agents.map((agent) => ({ agentId: agent.agentId, idleSince: (agent.idleSince ?? agent.since).getTime() })),
      { now: now.getTime(), settings },
    );
    if (plan.length === 0) return made;
    for (const planned of plan) made += await tryOffer(tools, planned, settings);
  }
  return made;
};
