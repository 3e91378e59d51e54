import { systemActor } from '#kernel';
import type { Call } from '../domain/call';
import { after } from '../domain/settings';
import type { LiveCall, TelephonyAdapter, TelEvent } from '../port';
import { citizenGone } from './end-call';
import { requeueCall } from './requeue-call';
import { settled, type TelephonyTools } from './tools';

/** Everybody gets time to come back before they are taken for lost. */
const graceSeconds = 15;

const grantGrace = (tools: TelephonyTools): Promise<void> =>
  tools.database.inTransaction(async (work) => {
    const now = work.now.getTime();
    await tools.store.sessions.update({ state: { not: 'OFFLINE' } }, { heartbeatAt: work.now }, work);
    await tools.store.legs.update({ party: 'CITIZEN', state: { not: 'ENDED' }, seenAt: { not: null } }, { seenAt: work.now }, work);
    await tools.store.custodies.update({ deadline: { lt: now + graceSeconds * 1000 } }, { deadline: after(work.now, graceSeconds) }, work);
  });

/** A ring that was cut by the restart: the caller waits on with the old place, the seat is READY again. */
const withdrawOffer = (tools: TelephonyTools, callId: string): Promise<void> =>
  settled(tools, async (work) => {
    const call = await tools.store.calls.one({ id: callId, state: 'OFFERED' }, work);
    if (call === null) return;
    await requeueCall(tools, work, call, { actor: systemActor, action: 'requeue', offerEnds: 'WITHDRAWN', seat: { action: 'stopRinging', keepIdle: true } });
  });

const vanished = (tools: TelephonyTools, callId: string): Promise<void> =>
  settled(tools, async (work) => {
    const call = await tools.store.calls.one({ id: callId }, work);
    if (call !== null) await citizenGone(tools, work, call, { by: 'LOST', actor: systemActor, cause: 'carrier_error' });
  });

const adoption = (adapter: TelephonyAdapter, live: LiveCall, at: Date): readonly TelEvent[] => {
  const head = { adapter: adapter.id, extCall: live.extCall, leg: live.leg, at };
  return [
    { ...head, eventId: `adopt:${live.extCall}`, t: 'call.offered', from: live.from, dialled: live.dialled },
    { ...head, eventId: `adopt-up:${live.extCall}`, t: 'leg.state', state: 'UP' },
  ];
};

/** What the carrier holds and we do not know is taken in; what we believe and it no longer holds is gone. */
const compare = async (given: {
  readonly tools: TelephonyTools;
  readonly intake: (event: TelEvent) => Promise<boolean>;
  readonly adapter: TelephonyAdapter;
  readonly open: readonly Call[];
}): Promise<void> => {
  const { tools, intake, adapter, open } = given;
  const live = await adapter.reconcile();
  const known = new Set(open.map((call) => call.extCall));
  const unknown = live.filter((one) => !known.has(one.extCall));
  for (const event of unknown.flatMap((one) => adoption(adapter, one, tools.clock.now()))) await intake(event);
  // Browsers talk to each other and come back by themselves; only a carrier that holds the media can say that a call is gone.
  if (adapter.caps.media === 'p2p') return;
  const held = new Set(live.map((one) => one.extCall));
  for (const call of open) if (call.state !== 'WRAP' && !held.has(call.extCall)) await vanished(tools, call.id);
};

/**
 * After a restart of ours (design-channels §2.6): rings are withdrawn, live conversations kept, calls that the carrier no longer
 * holds become call-backs, and calls that we do not know are taken in.
 */
export const createReconcile = (tools: TelephonyTools, intake: (event: TelEvent) => Promise<boolean>) => async (): Promise<void> => {
  await grantGrace(tools);
  const open: readonly Call[] = await tools.store.calls.many({ where: { state: { not: 'CLOSED' } }, limit: 5000 });
  for (const call of open) if (call.state === 'OFFERED') await withdrawOffer(tools, call.id);
  for (const adapter of tools.adapters.values()) await compare({ tools, intake, adapter, open: open.filter((call) => call.adapter === adapter.id) });
  tools.wake();
};
