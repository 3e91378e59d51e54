import { type Actor, DomainError } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Call, Entry, Leg } from '../domain/call';
import type { PhoneNumber } from '../domain/phone-number';
import { after } from '../domain/settings';
import type { AdapterId } from '../port';
import { order, waitProgram } from './commands';
import { moveCall } from './move-call';
import { normalizeNumber } from './normalize-number';
import { hotlineQueue, type TelephonyTools } from './tools';

export interface Arrival {
  readonly callId: string;
  readonly adapter: AdapterId;
  readonly extCall: string;
  readonly from: string | null;
  readonly dialled: string;
  readonly address: string | null;
  readonly leg: { readonly id: string; readonly token: string | null; readonly resumeToken: string | null; readonly watched: boolean };
  readonly actor: Actor;
}

/** rules §11.2: the number is sealed, and found again only by its keyed hash. */
const numberColumns = (tools: TelephonyTools, number: PhoneNumber) => ({
  numberSealed: number.e164 === null ? null : tools.crypto.seal(number.e164),
  numberHash: number.e164 === null ? null : tools.crypto.hashOf('phone', number.e164),
  numberKind: number.kind,
});

/** Somebody who was cut off and rings again soon continues the same matter, with the same draft (design-channels §3.3). */
const earlierDraft = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly numberHash: string | null; readonly within: number },
): Promise<Call | null> => {
  if (given.numberHash === null) return null;
  const since = work.now.getTime() - given.within * 1000;
  const [last] = await tools.store.calls.many(
    { where: { numberHash: given.numberHash, arrivedAt: { gte: since } }, order: [['arrivedAt', 'DESC']], limit: 1 },
    work,
  );
  return last?.hangupBy === 'LOST' && last.ticketId !== null ? last : null;
};

const newCall = (arrival: Arrival, now: Date): Omit<Call, 'numberSealed' | 'numberHash' | 'numberKind' | 'ticketId' | 'addressHash'> => ({
  id: arrival.callId,
  queueId: hotlineQueue,
  adapter: arrival.adapter,
  extCall: arrival.extCall,
  direction: 'INBOUND',
  state: 'ARRIVING',
  outcome: null,
  overflowKind: null,
  taskId: null,
  draftAgentId: null,
  dialled: arrival.dialled,
  agentId: null,
  recordingId: null,
  arrivedAt: now,
  enqueuedAt: null,
  firstRingAt: null,
  answeredAt: null,
  connectedAt: null,
  heldAt: null,
  holdMs: 0,
  hangupAt: null,
  hangupBy: null,
  wrapExtensions: 0,
  closedAt: null,
  mediaFailures: 0,
  requeues: 0,
  version: 1,
});

const newLeg = (tools: TelephonyTools, arrival: Arrival, now: Date): Leg => ({
  id: arrival.leg.id,
  callId: arrival.callId,
  party: 'CITIZEN',
  agentId: null,
  state: 'RINGING',
  cause: null,
  epoch: 0,
  tokenHash: arrival.leg.token === null ? null : tools.crypto.hashOf('token', arrival.leg.token),
  resumeHash: arrival.leg.resumeToken === null ? null : tools.crypto.hashOf('token', arrival.leg.resumeToken),
  nextResumeHash: null,
  seenAt: arrival.leg.watched ? now : null,
  mediaOkAt: null,
  createdAt: now,
  upAt: null,
  endedAt: null,
  version: 1,
});

/** The call exists, with its leg and somebody who answers for it, before the carrier gets its first answer. */
export const arriveCall = async (tools: TelephonyTools, work: UnitOfWork, arrival: Arrival): Promise<Call> => {
  const settings = await tools.settings(work);
  const number = numberColumns(tools, normalizeNumber(arrival.from, tools.numberPlan));
  const earlier = await earlierDraft(tools, work, { numberHash: number.numberHash, within: settings.sameCallerWithin });
  const addressHash = arrival.address === null ? null : tools.crypto.hashOf('token', arrival.address);
  const call: Call = { ...newCall(arrival, work.now), ...number, ticketId: earlier?.ticketId ?? null, addressHash };
  await tools.store.calls.insert(call, work);
  await tools.store.legs.insert(newLeg(tools, arrival, work.now), work);
  await tools.store.custodies.insert(
    { callId: call.id, holder: 'SELF_SERVICE', ref: null, since: work.now, deadline: after(work.now, settings.connectWithin) },
    work,
  );
  work.trail({ subject: 'call', subjectId: call.id, version: 1, action: 'arrive', from: null, to: 'ARRIVING', actor: arrival.actor });
  work.announce({
    name: 'call.moved',
    payload: { callId: call.id, action: 'arrive', from: null, to: 'ARRIVING', by: arrival.actor.id, agentId: null, outcome: null, version: 1 },
    rooms: ['hotline', `call:${call.id}`],
  });
  return call;
};

/** rules §4: no menu before a person; the caller hears music and waits for the next free seat. */
export const enqueueCall = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly call: Call; readonly leg: string; readonly actor: Actor },
): Promise<Call> => {
  const { call } = given;
  const settings = await tools.settings(work);
  const entry: Entry = {
    id: tools.ids.next(),
    callId: call.id,
    queueId: call.queueId,
    lane: 'NORMAL',
    enqueuedAt: work.now,
    boost: 0,
    prefAgent: null,
    excluded: [],
    state: 'WAITING',
    version: 1,
  };
  await tools.store.entries.insert({ ...entry, prefAgent: await agentOfDraft(tools, work, call) }, work);
  const queued = await moveCall(tools, work, call, {
    action: 'enqueue',
    actor: given.actor,
    changes: { enqueuedAt: work.now },
    custody: { holder: 'QUEUE', deadline: after(work.now, settings.convertAfter) },
  });
  const program = waitProgram({ hasNumber: call.numberHash !== null, callbackOfferAfter: settings.callbackOfferAfter });
  await order(tools, work, call, { kind: 'park', leg: given.leg, program });
  return queued;
};

const agentOfDraft = async (tools: TelephonyTools, work: UnitOfWork, call: Call): Promise<string | null> => {
  if (call.ticketId === null) return null;
  const [earlier] = await tools.store.calls.many({ where: { ticketId: call.ticketId, id: { not: call.id } }, order: [['arrivedAt', 'DESC']], limit: 1 }, work);
  return earlier?.draftAgentId ?? null;
};

export interface WebCallRequest {
  readonly phone: string | null;
  readonly dialled: string;
  readonly actor: Actor;
  readonly address: string;
}

export interface WebCallStarted {
  readonly callId: string;
  readonly legId: string;
  /** Opens the signalling socket of this one call. */
  readonly token: string;
  readonly resumeToken: string;
  /** A number that can be rung was left. */
  readonly canBeCalledBack: boolean;
}

const callsPerAddress = { live: 20, perTenMinutes: 60 } as const;

const limitAddress = async (tools: TelephonyTools, work: UnitOfWork, address: string): Promise<void> => {
  const addressHash = tools.crypto.hashOf('token', address);
  const live = await tools.store.calls.count({ addressHash, state: { not: 'CLOSED' } }, work);
  const recent = await tools.store.calls.count({ addressHash, arrivedAt: { gte: work.now.getTime() - 600_000 } }, work);
  if (live < callsPerAddress.live && recent < callsPerAddress.perTenMinutes) return;
  throw new DomainError({ kind: 'limited', code: 'telephony/too-many-calls', message: '当前网络发起的通话过多，请稍后再拨。', retryAfterSeconds: 60 });
};

/** A citizen presses 网络电话: an anonymous token for this one call, nothing else. */
export const createStartWebCall =
  (tools: TelephonyTools, mintToken: () => string) =>
  (request: WebCallRequest): Promise<WebCallStarted> =>
    tools.database.inTransaction(async (work) => {
      await limitAddress(tools, work, request.address);
      const started = { callId: tools.ids.next(), legId: tools.ids.next(), token: mintToken(), resumeToken: mintToken() };
      const call = await arriveCall(tools, work, {
        callId: started.callId,
        adapter: 'embedded',
        extCall: started.callId,
        from: request.phone,
        dialled: request.dialled,
        address: request.address,
        leg: { id: started.legId, token: started.token, resumeToken: started.resumeToken, watched: true },
        actor: request.actor,
      });
      work.created(started.callId);
      return { ...started, canBeCalledBack: call.numberHash !== null };
    });
