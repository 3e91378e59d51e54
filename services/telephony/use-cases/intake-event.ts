import { type CitizenActor, systemActor } from '#kernel';
import { isUniqueViolation, type UnitOfWork } from '#platform';
import { suspendReasons } from '../domain/agent-session';
import type { Call, Leg } from '../domain/call';
import type { TelEvent } from '../port';
import { arriveCall, enqueueCall } from './arrive-call';
import { citizenGone, turnIntoCallback } from './end-call';
import { agentLost, connected } from './lost-parties';
import { moveLeg } from './move-leg';
import { settled, type TelephonyTools } from './tools';

const asCitizen = (call: Call): CitizenActor => ({ kind: 'citizen', id: call.id, address: '' });

const findCall = async (tools: TelephonyTools, work: UnitOfWork, event: TelEvent): Promise<Call | null> =>
  event.callId === undefined
    ? tools.store.calls.one({ adapter: event.adapter, extCall: event.extCall }, work)
    : tools.store.calls.one({ id: event.callId, adapter: event.adapter }, work);

const arrived = async (tools: TelephonyTools, work: UnitOfWork, event: TelEvent & { t: 'call.offered' }): Promise<boolean> => {
  if ((await findCall(tools, work, event)) !== null) return false;
  await arriveCall(tools, work, {
    callId: event.callId ?? tools.ids.next(),
    adapter: event.adapter,
    extCall: event.extCall,
    from: event.from,
    dialled: event.dialled.slice(0, 40),
    address: null,
    leg: { id: event.leg, token: null, resumeToken: null, watched: tools.adapters.get(event.adapter)?.caps.media === 'p2p' },
    actor: systemActor,
  });
  return true;
};

const legEnded = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly call: Call; readonly leg: Leg; readonly cause: string | undefined },
): Promise<void> => {
  const { call, leg } = given;
  const pressed = given.cause === undefined || given.cause === 'normal' || given.cause === 'cancelled';
  if (leg.party === 'CITIZEN') {
    const actor = pressed ? asCitizen(call) : systemActor;
    await citizenGone(tools, work, call, { by: pressed ? 'CITIZEN' : 'LOST', actor, cause: pressed ? 'normal' : 'media_lost' });
    return;
  }
  // Only the leg of the present talk counts; the end of an earlier agent's is history.
  const custody = await tools.store.custodies.one({ callId: call.id }, work);
  if (call.state === 'TALKING' && custody?.ref === leg.id) await agentLost(tools, work, call, suspendReasons.CUT_OFF);
};

/** What a leg's new state means for its call. */
const follow = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly event: TelEvent & { t: 'leg.state' }; readonly call: Call; readonly leg: Leg },
): Promise<void> => {
  const { event, call, leg } = given;
  if (event.state === 'ENDED') return legEnded(tools, work, { call, leg, cause: event.cause });
  if (event.state !== 'UP') return;
  if (leg.party === 'CITIZEN' && call.state === 'ARRIVING') await enqueueCall(tools, work, { call, leg: leg.id, actor: asCitizen(call) });
  if (leg.party === 'AGENT' && call.state === 'TALKING' && call.connectedAt === null) await connected(tools, work, call);
};

const legChanged = async (tools: TelephonyTools, work: UnitOfWork, event: TelEvent & { t: 'leg.state' }): Promise<boolean> => {
  const leg = await tools.store.legs.one({ id: event.leg ?? '' }, work);
  const call = leg === null ? null : await tools.store.calls.one({ id: leg.callId, adapter: event.adapter }, work);
  // A page speaks for its own call only, whatever leg it names.
  if (leg === null || call === null || (event.callId !== undefined && event.callId !== call.id)) return false;
  const moved = await moveLeg(tools, work, leg, { state: event.state, at: event.at, ...(event.cause === undefined ? {} : { cause: event.cause }) });
  if (moved === null) return false;
  await follow(tools, work, { event, call, leg });
  return true;
};

/** A key of the waiting caller: 1 asks to be rung back and keeps the original place in time. */
const keyPressed = async (tools: TelephonyTools, work: UnitOfWork, event: TelEvent & { t: 'leg.input' }): Promise<boolean> => {
  const call = await findCall(tools, work, event);
  if (call === null || event.digits !== '1') return false;
  if (call.state !== 'QUEUED' && call.state !== 'OFFERED') return false;
  return (await turnIntoCallback(tools, work, call, { kind: 'REQUESTED', overflow: 'CALLBACK', actor: asCitizen(call) })) !== null;
};

/** Where browsers carry the sound, the agent's leg is up when each side has heard the other. */
const bothHear = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly call: Call; readonly at: Date }): Promise<void> => {
  const { call } = given;
  if (call.state !== 'TALKING' || call.connectedAt !== null) return;
  const custody = await tools.store.custodies.one({ callId: call.id }, work);
  const legs = await tools.store.legs.many({ where: { callId: call.id } }, work);
  const agent = legs.find((leg) => leg.id === custody?.ref);
  const citizen = legs.find((leg) => leg.party === 'CITIZEN');
  if (agent === undefined || agent.mediaOkAt === null || citizen === undefined || citizen.mediaOkAt === null) return;
  if ((await moveLeg(tools, work, agent, { state: 'UP', at: given.at })) !== null) await connected(tools, work, call);
};

const mediaChanged = async (tools: TelephonyTools, work: UnitOfWork, event: TelEvent & { t: 'leg.media' }): Promise<boolean> => {
  const call = await findCall(tools, work, event);
  if (call === null || event.leg === undefined) return false;
  if (event.flow === 'ok') {
    await tools.store.legs.update({ id: event.leg, callId: call.id, mediaOkAt: null }, { mediaOkAt: event.at }, work);
    if (tools.adapters.get(event.adapter)?.caps.media === 'p2p') await bothHear(tools, work, { call, at: event.at });
  }
  const agent = call.agentId === null ? [] : [`staff:${call.agentId}`];
  work.announce({ name: 'call.media', payload: { callId: call.id, legId: event.leg, flow: event.flow }, rooms: [`call:${call.id}`, ...agent] });
  return true;
};

const apply = (tools: TelephonyTools, work: UnitOfWork, event: TelEvent): Promise<boolean> => {
  switch (event.t) {
    case 'call.offered':
      return arrived(tools, work, event);
    case 'leg.state':
      return legChanged(tools, work, event);
    case 'leg.input':
      return keyPressed(tools, work, event);
    case 'leg.media':
      return mediaChanged(tools, work, event);
    case 'adapter.state':
      work.announce({ name: 'telephony.adapterChanged', payload: { adapter: event.adapter, up: event.up }, rooms: ['hotline'] });
      return Promise.resolve(true);
    default:
      return Promise.resolve(false);
  }
};

/** What is worth keeping of an event; numbers, keys and speech stay out. */
const detailOf = (event: TelEvent): string => {
  if (event.t === 'leg.state') return JSON.stringify({ state: event.state, cause: event.cause ?? null });
  if (event.t === 'leg.media') return JSON.stringify({ flow: event.flow, lossPct: event.lossPct ?? null, rttMs: event.rttMs ?? null });
  if (event.t === 'rec.state') return JSON.stringify({ recId: event.recId, state: event.state, ms: event.ms ?? null });
  return event.t === 'adapter.state' ? JSON.stringify({ up: event.up }) : '{}';
};

/**
 * The only way in for carriers and browsers: they report, this decides. An event and what it changes are one transaction, so a
 * repeated, delayed or reordered event has one effect (security I-02, F-09).
 */
export const createIntakeEvent =
  (tools: TelephonyTools) =>
  async (event: TelEvent): Promise<boolean> => {
    const key = { adapter: event.adapter, eventId: event.eventId };
    const step = async (work: UnitOfWork): Promise<boolean> => {
      if ((await tools.store.events.one(key, work)) !== null) return false;
      const applied = await apply(tools, work, event);
      const callId = event.callId ?? (await findCall(tools, work, event))?.id ?? null;
      await tools.store.events.insert(
        { ...key, callId, legId: event.leg ?? null, kind: event.t, detail: detailOf(event), applied, at: event.at, receivedAt: work.now },
        work,
      );
      work.afterCommit(tools.wake);
      return applied;
    };
    try {
      return await settled(tools, step);
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  };
