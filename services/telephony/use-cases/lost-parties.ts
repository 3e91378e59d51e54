import { systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { type AgentSession, suspendReasons } from '../domain/agent-session';
import type { Call } from '../domain/call';
import { settleTasks } from './callback-tasks';
import { turnIntoCallback } from './end-call';
import { moveAgent } from './move-agent';
import { moveCall } from './move-call';
import { requeueCall } from './requeue-call';
import { after } from '../domain/settings';
import type { TelephonyTools } from './tools';
import { finishWrapUp } from './wrap-up';

/** The seat is gone while the caller is not: apology, head of the queue, the next agent gets the same draft (design-channels §2.6). */
export const agentLost = (tools: TelephonyTools, work: UnitOfWork, call: Call, reason: string): Promise<Call> =>
  requeueCall(tools, work, call, {
    actor: systemActor,
    action: 'requeue',
    offerEnds: 'WITHDRAWN',
    apology: call.state === 'TALKING',
    seat: { action: 'suspend', reason },
  });

/** Nobody picked up within the ring time: a dead seat meets one caller only. */
export const noAnswer = (tools: TelephonyTools, work: UnitOfWork, call: Call): Promise<Call> =>
  requeueCall(tools, work, call, {
    actor: systemActor,
    action: 'requeue',
    offerEnds: 'EXPIRED',
    seat: { action: 'suspend', reason: suspendReasons.NO_ANSWER },
  });

/** Accepted, but no sound: back to the head; after the second time the fault is on the caller's path, and no third seat is taken out by it. */
export const noMedia = async (tools: TelephonyTools, work: UnitOfWork, call: Call): Promise<Call> => {
  const settings = await tools.settings(work);
  const failures = call.mediaFailures + 1;
  if (failures >= settings.mediaFailures) {
    const closed = await turnIntoCallback(tools, work, call, { kind: 'FAILURE', overflow: 'FAILURE', actor: systemActor });
    if (closed !== null) return closed;
  }
  return requeueCall(tools, work, call, {
    actor: systemActor,
    action: 'requeue',
    offerEnds: 'WITHDRAWN',
    apology: true,
    seat: { action: 'suspend', reason: suspendReasons.DEVICE_FAULT },
    changes: { mediaFailures: failures },
  });
};

/** Both hear each other: the call counts as answered from here, and an open promise to ring this number back is kept. */
export const connected = async (tools: TelephonyTools, work: UnitOfWork, call: Call): Promise<Call> => {
  const custody = await tools.store.custodies.one({ callId: call.id }, work);
  const moved = await moveCall(tools, work, call, {
    action: 'connect',
    actor: systemActor,
    changes: { connectedAt: work.now, answeredAt: call.answeredAt ?? work.now },
    custody: { holder: 'TALK', ...(custody?.ref ? { ref: custody.ref } : {}), deadline: after(work.now, talkCheckSeconds) },
  });
  await settleTasks(tools, work, moved);
  return moved;
};

/** How often the sweeper looks at a running conversation. */
export const talkCheckSeconds = 60;

/** No answer from the seat's page for 15 seconds. */
export const seatSilent = async (tools: TelephonyTools, work: UnitOfWork, session: AgentSession): Promise<void> => {
  const call = session.callId === null ? null : await tools.store.calls.one({ id: session.callId }, work);
  if (call?.state === 'OFFERED' || call?.state === 'TALKING') {
    await agentLost(tools, work, call, suspendReasons.OFFLINE);
    return;
  }
  if (call?.state === 'WRAP') await finishWrapUp(tools, work, call, { keepSeat: true });
  const action = session.state === 'BUSY' ? 'busy' : 'suspend';
  await moveAgent(tools, work, session, { action, reason: suspendReasons.OFFLINE, changes: { callId: null, pendingState: null, pendingReason: null } });
};
