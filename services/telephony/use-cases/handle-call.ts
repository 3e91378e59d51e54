import { type Actor, DomainError, missing } from '#kernel';
import type { UnitOfWork } from '#platform';
import { suspendReasons } from '../domain/agent-session';
import type { Call } from '../domain/call';
import { after, secondsBetween } from '../domain/settings';
import { order } from './commands';
import { agentHangsUp } from './end-call';
import { moveAgent } from './move-agent';
import { moveCall } from './move-call';
import { citizenLegOf, moveLeg } from './move-leg';
import { changeEntry, endOffer, heldSince, requeueCall, seatOf } from './requeue-call';
import { settled, type TelephonyTools } from './tools';

const offerGone = (call: Call): DomainError =>
  new DomainError({
    kind: 'conflict',
    code: 'telephony/offer-gone',
    message: call.state === 'TALKING' || call.state === 'WRAP' ? '已被其他坐席接听。' : '来电已挂断或已转给其他坐席。',
  });

const findCall = async (tools: TelephonyTools, work: UnitOfWork, callId: string): Promise<Call> => {
  const call = await tools.store.calls.one({ id: callId }, work);
  if (call === null) throw missing('call');
  return call;
};

const accept = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly callId: string; readonly actor: Actor }): Promise<Call> => {
  const { actor, callId } = given;
  const call = await findCall(tools, work, callId);
  // A double click or a repeated request finds the work done.
  if (call.state === 'TALKING' && call.agentId === actor.id) return call;
  const offer = await tools.store.offers.one({ liveCallId: callId }, work);
  const seat = await seatOf(tools, work, callId);
  if (call.state !== 'OFFERED' || offer === null || offer.agentId !== actor.id || seat === null) throw offerGone(call);
  const settings = await tools.settings(work);
  await endOffer(tools, work, callId, 'ACCEPTED');
  await changeEntry(tools, work, callId, () => ({ state: 'SERVED' }));
  const moved = await moveCall(tools, work, call, {
    action: 'accept',
    actor,
    isOffered: true,
    changes: { agentId: actor.id, connectedAt: null },
    custody: { holder: 'TALK', ref: offer.id, deadline: after(work.now, settings.mediaWithin) },
  });
  await moveAgent(tools, work, seat, { action: 'answer' });
  await tools.store.legs.insert(
    {
      id: offer.id,
      callId,
      party: 'AGENT',
      agentId: actor.id,
      state: 'RINGING',
      cause: null,
      epoch: seat.epoch,
      tokenHash: null,
      resumeHash: null,
      nextResumeHash: null,
      // The seat's own heartbeat tells whether this leg lives.
      seenAt: null,
      mediaOkAt: null,
      createdAt: work.now,
      upAt: null,
      endedAt: null,
      version: 1,
    },
    work,
  );
  // Whom the citizen heard before does not count for this conversation.
  await tools.store.legs.update({ callId, party: 'CITIZEN' }, { mediaOkAt: null }, work);
  await order(tools, work, call, { kind: 'connectAgent', offerId: offer.id, agentId: actor.id });
  return moved;
};

/** 30 s spared this caller; the second reject in ten minutes shows the seat as BUSY (design-channels §2.3). */
const reject = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly callId: string; readonly actor: Actor }): Promise<Call> => {
  const call = await findCall(tools, work, given.callId);
  const offer = await tools.store.offers.one({ liveCallId: call.id }, work);
  const seat = await seatOf(tools, work, call.id);
  if (call.state !== 'OFFERED' || offer?.agentId !== given.actor.id || seat === null) throw offerGone(call);
  const settings = await tools.settings(work);
  const again = seat.lastRejectAt !== null && secondsBetween(seat.lastRejectAt, work.now) < settings.rejectWindow;
  return requeueCall(tools, work, call, {
    actor: given.actor,
    action: 'reject',
    offerEnds: 'REJECTED',
    exclude: true,
    seat: again
      ? { action: 'suspend', reason: suspendReasons.REJECTED, changes: { lastRejectAt: work.now } }
      : { action: 'stopRinging', changes: { lastRejectAt: work.now } },
  });
};

const hangUp = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly callId: string; readonly actor: Actor }): Promise<Call> => {
  const call = await findCall(tools, work, given.callId);
  if (call.agentId !== given.actor.id) throw missing('call');
  if (call.state === 'WRAP' || call.state === 'CLOSED') return call;
  if (call.state === 'TALKING' && call.connectedAt === null) {
    // Nobody has heard anybody yet: the caller must not pay for it with their place.
    return requeueCall(tools, work, call, {
      actor: { kind: 'system', id: 'SYSTEM' },
      action: 'requeue',
      offerEnds: 'WITHDRAWN',
      exclude: true,
      seat: { action: 'release' },
    });
  }
  return agentHangsUp(tools, work, call, given.actor);
};

/** Hold is a mix: music for the citizen, silence for the agent. Asked twice, it has the same end. */
const hold = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly callId: string; readonly actor: Actor; readonly on: boolean },
): Promise<Call> => {
  const { actor, on } = given;
  const call = await findCall(tools, work, given.callId);
  if (call.agentId !== actor.id) throw missing('call');
  if (call.state === 'TALKING' && (call.heldAt !== null) === on) return call;
  const moved = await moveCall(tools, work, call, { action: on ? 'hold' : 'unhold', actor, changes: on ? { heldAt: work.now } : heldSince(call, work.now) });
  const seat = await seatOf(tools, work, call.id);
  if (seat !== null) await moveAgent(tools, work, seat, { action: on ? 'hold' : 'unhold' });
  const citizen = await citizenLegOf(tools, call.id, work);
  const custody = await tools.store.custodies.one({ callId: call.id }, work);
  if (citizen !== null && custody?.ref !== null && custody?.ref !== undefined) {
    await moveLeg(tools, work, citizen, { state: on ? 'HELD' : 'UP', at: work.now });
    await order(tools, work, call, { kind: 'setMix', groups: on ? [[citizen.id], [custody.ref]] : [[citizen.id, custody.ref]] });
  }
  return moved;
};

/** What the agent's keys do; each step is one transaction and answers the call as it is afterwards. */
export const createHandleCall = (tools: TelephonyTools) => {
  const asAgent = (actor: Actor): void => tools.policy.require(actor, 'call.take');
  return {
    accept: async (callId: string, actor: Actor): Promise<Call> => {
      asAgent(actor);
      return settled(tools, (work) => accept(tools, work, { callId, actor }));
    },
    reject: async (callId: string, actor: Actor): Promise<Call> => {
      asAgent(actor);
      return settled(tools, (work) => reject(tools, work, { callId, actor }));
    },
    hangUp: async (callId: string, actor: Actor): Promise<Call> => {
      asAgent(actor);
      return settled(tools, (work) => hangUp(tools, work, { callId, actor }));
    },
    hold: async (callId: string, actor: Actor): Promise<Call> => {
      asAgent(actor);
      return settled(tools, (work) => hold(tools, work, { callId, actor, on: true }));
    },
    unhold: async (callId: string, actor: Actor): Promise<Call> => {
      asAgent(actor);
      return settled(tools, (work) => hold(tools, work, { callId, actor, on: false }));
    },
  };
};
