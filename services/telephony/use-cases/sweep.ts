import { systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { suspendReasons } from '../domain/agent-session';
import type { Call, Custody } from '../domain/call';
import { after, type QueueSettings, secondsBetween } from '../domain/settings';
import { citizenGone, turnIntoCallback } from './end-call';
import { noAnswer, noMedia, seatSilent, talkCheckSeconds } from './lost-parties';
import { moveAgent } from './move-agent';
import { RowChanged, settled, type TelephonyTools } from './tools';
import { finishWrapUp } from './wrap-up';

/** Waited too long: by a call-back where there is a number, else the caller is kept and looked at again. */
const waitedTooLong = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly call: Call; readonly settings: QueueSettings }): Promise<void> => {
  const { call, settings } = given;
  const waited = secondsBetween(call.enqueuedAt ?? call.arrivedAt, work.now);
  if (waited >= settings.convertAfter) {
    const closed = await turnIntoCallback(tools, work, call, { kind: 'OVERFLOW', overflow: 'CALLBACK', actor: systemActor });
    if (closed !== null) return;
  }
  const deadline = after(work.now, Math.max(30, settings.convertAfter - waited));
  await tools.store.custodies.update({ callId: call.id }, { deadline }, work);
};

const act = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly call: Call; readonly custody: Custody }): Promise<void> => {
  const { call, custody } = given;
  const settings = await tools.settings(work);
  switch (call.state) {
    case 'ARRIVING':
      return void (await citizenGone(tools, work, call, { by: 'LOST', actor: systemActor, cause: 'unreachable' }));
    case 'QUEUED':
      return waitedTooLong(tools, work, { call, settings });
    case 'OFFERED':
      return void (await noAnswer(tools, work, call));
    case 'TALKING':
      if (call.connectedAt === null) return void (await noMedia(tools, work, call));
      return void (await tools.store.custodies.update({ callId: call.id }, { deadline: after(work.now, talkCheckSeconds) }, work));
    case 'WRAP':
      return void (await finishWrapUp(tools, work, call));
    default:
      return void (await tools.store.custodies.remove({ callId: custody.callId }, work));
  }
};

const overdueCustodies = async (tools: TelephonyTools): Promise<number> => {
  const now = tools.clock.now();
  const due = await tools.store.custodies.many({ where: { deadline: { lte: now.getTime() } }, order: [['deadline', 'ASC']], limit: 200 });
  for (const custody of due) {
    await guarded(tools, custody.callId, () =>
      settled(tools, async (work) => {
        const current = await tools.store.custodies.one({ callId: custody.callId }, work);
        const call = await tools.store.calls.one({ id: custody.callId }, work);
        if (current === null || call === null || current.deadline > work.now) return;
        await act(tools, work, { call, custody: current });
      }),
    );
  }
  return due.length;
};

/** One call that cannot be handled must not keep the sweeper from the others. */
const guarded = async (tools: TelephonyTools, callId: string | null, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof RowChanged)) tools.logger.error({ event: 'telephony.sweep-failed', callId, errorName: (error as Error).name });
  }
};

const silentCitizens = async (tools: TelephonyTools): Promise<void> => {
  const settings = await tools.settings();
  const before = tools.clock.now().getTime() - settings.citizenGrace * 1000;
  const legs = await tools.store.legs.many({ where: { party: 'CITIZEN', state: { in: ['UP', 'HELD'] }, seenAt: { lt: before } }, limit: 200 });
  for (const leg of legs) {
    await guarded(tools, leg.callId, () =>
      settled(tools, async (work) => {
        const call = await tools.store.calls.one({ id: leg.callId }, work);
        const current = await tools.store.legs.one({ id: leg.id }, work);
        if (call === null || current === null || current.seenAt === null || current.seenAt.getTime() >= before) return;
        await citizenGone(tools, work, call, { by: 'LOST', actor: systemActor, cause: 'media_lost' });
      }),
    );
  }
};

const silentSeats = async (tools: TelephonyTools): Promise<void> => {
  const settings = await tools.settings();
  const now = tools.clock.now().getTime();
  const before = now - settings.agentSilent * 1000;
  const sessions = await tools.store.sessions.many({
    where: { state: { not: 'OFFLINE' }, anyOf: [{ heartbeatAt: { lt: before } }, { heartbeatAt: null }] },
    limit: 500,
  });
  for (const found of sessions) {
    await guarded(tools, found.callId, () =>
      settled(tools, async (work) => {
        const session = await tools.store.sessions.one({ agentId: found.agentId }, work);
        if (session === null || (session.heartbeatAt !== null && session.heartbeatAt.getTime() >= before)) return;
        const offline = session.state === 'BUSY' && session.reason === suspendReasons.OFFLINE;
        if (!offline) return seatSilent(tools, work, session);
        if (session.heartbeatAt === null || now - session.heartbeatAt.getTime() >= settings.agentGone * 1000) {
          await moveAgent(tools, work, session, { action: 'signOut', reason: suspendReasons.OFFLINE });
        }
      }),
    );
  }
};

/** Acts on everything that is due (design-channels §2.5 I1); the caller holds the lease. */
export const createSweep = (tools: TelephonyTools) => async (): Promise<number> => {
  await silentSeats(tools);
  await silentCitizens(tools);
  return overdueCustodies(tools);
};
