import type { Actor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { AgentAction } from '#contracts/lifecycles/agent-state.lifecycle';
import type { AgentSession } from '../domain/agent-session';
import type { Call, Entry, Offer } from '../domain/call';
import { after } from '../domain/settings';
import { order, waitProgram } from './commands';
import { moveAgent } from './move-agent';
import { moveCall } from './move-call';
import { citizenLegOf, endLegs } from './move-leg';
import { RowChanged, type TelephonyTools } from './tools';

export interface Requeue {
  readonly actor: Actor;
  readonly action: 'requeue' | 'reject';
  /** How the offer ended, where it was still ringing. */
  readonly offerEnds: Offer['state'];
  /** What becomes of the seat. */
  readonly seat: { readonly action: AgentAction; readonly reason?: string; readonly keepIdle?: boolean; readonly changes?: Partial<AgentSession> };
  readonly exclude?: boolean;
  readonly apology?: boolean;
  readonly changes?: Partial<Call>;
}

export const endOffer = async (tools: TelephonyTools, work: UnitOfWork, callId: string, state: Offer['state']): Promise<Offer | null> => {
  const offer = await tools.store.offers.one({ liveCallId: callId }, work);
  if (offer === null) return null;
  await tools.store.offers.update({ id: offer.id }, { state, endedAt: work.now, liveCallId: null, liveAgentId: null }, work);
  return offer;
};

export const changeEntry = async (tools: TelephonyTools, work: UnitOfWork, callId: string, changesOf: (entry: Entry) => Partial<Entry>): Promise<void> => {
  const entry = await tools.store.entries.one({ callId }, work);
  if (entry === null) return;
  const changes = { ...changesOf(entry), version: entry.version + 1 };
  if ((await tools.store.entries.update({ id: entry.id, version: entry.version }, changes, work)) !== 1) throw new RowChanged();
};

/** The seat that has this call, whatever it is doing with it. */
export const seatOf = (tools: TelephonyTools, work: UnitOfWork, callId: string): Promise<AgentSession | null> => tools.store.sessions.one({ callId }, work);

export const heldSince = (call: Call, now: Date): Partial<Call> =>
  call.heldAt === null ? {} : { heldAt: null, holdMs: call.holdMs + Math.max(0, now.getTime() - call.heldAt.getTime()) };

/** Back to the queue with the old place: `enqueuedAt` stays, and whoever lost an agent stands at the head (I4, design-channels §2.6). */
export const requeueCall = async (tools: TelephonyTools, work: UnitOfWork, call: Call, how: Requeue): Promise<Call> => {
  const settings = await tools.settings(work);
  const wasTalking = call.state === 'TALKING';
  const seat = await seatOf(tools, work, call.id);
  const offer = await endOffer(tools, work, call.id, how.offerEnds);
  const agentId = offer?.agentId ?? call.agentId;
  await changeEntry(tools, work, call.id, (entry) => ({
    state: 'WAITING',
    boost: wasTalking ? Math.max(entry.boost, settings.recoveredBoost) : entry.boost,
    excluded:
      how.exclude === true && agentId !== null
        ? [...entry.excluded.filter((one) => one.agentId !== agentId), { agentId, until: work.now.getTime() + settings.rejectExclusion * 1000 }]
        : entry.excluded,
  }));
  if (wasTalking) await dropAgentLegs(tools, work, call);
  const moved = await moveCall(tools, work, call, {
    action: how.action,
    actor: how.actor,
    changes: { ...heldSince(call, work.now), ...how.changes, agentId: null, connectedAt: null, requeues: call.requeues + 1 },
    custody: { holder: 'QUEUE', deadline: after(call.enqueuedAt ?? work.now, settings.convertAfter) },
    isOffered: how.actor.kind === 'staff' && offer?.agentId === how.actor.id,
    ...(agentId === null ? {} : { staff: [agentId] }),
  });
  if (seat !== null) await moveAgent(tools, work, seat, { ...how.seat, changes: { ...how.seat.changes, callId: null } });
  await parkAgain(tools, work, { call, apology: how.apology === true, wasTalking });
  return moved;
};

/** A page that is still there stops listening; one that is gone does not matter. */
const dropAgentLegs = async (tools: TelephonyTools, work: UnitOfWork, call: Call): Promise<void> => {
  const legs = await tools.store.legs.many({ where: { callId: call.id, party: 'AGENT', state: { not: 'ENDED' } } }, work);
  for (const leg of legs) await order(tools, work, call, { kind: 'drop', leg: leg.id, cause: 'cancelled' });
  await endLegs(tools, work, { callId: call.id, party: 'AGENT', cause: 'media_lost' });
};

const parkAgain = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly call: Call; readonly apology: boolean; readonly wasTalking: boolean },
): Promise<void> => {
  if (!given.wasTalking) return;
  const leg = await citizenLegOf(tools, given.call.id, work);
  if (leg === null || leg.state === 'ENDED') return;
  const settings = await tools.settings(work);
  const program = waitProgram({ hasNumber: given.call.numberHash !== null, apology: given.apology, callbackOfferAfter: settings.callbackOfferAfter });
  await order(tools, work, given.call, { kind: 'park', leg: leg.id, program });
};
