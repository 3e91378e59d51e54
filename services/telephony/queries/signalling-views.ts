import type { IceServer, TelAgentView, TelCallView } from '#contracts/realtime/telephony';
import { toShanghaiIso } from '#kernel';
import type { EmbeddedAdapter } from '../carriers/embedded-adapter';
import type { AgentSession } from '../domain/agent-session';
import type { Call } from '../domain/call';
import { waitProgram } from '../use-cases/commands';
import type { TelephonyTools } from '../use-cases/tools';
import { isoOrNull } from './present-call';
import { createQueueQueries } from './queue-overview';

/** What the pages of the two sides are told: enough to be right after whatever they missed. */
export const createSignallingViews = (tools: TelephonyTools, embedded: EmbeddedAdapter) => {
  const queue = createQueueQueries(tools);

  const iceServers = async (agentId: string): Promise<readonly IceServer[]> => (await embedded.credentials(agentId)).iceServers;

  const callView = async (call: Call): Promise<TelCallView> => {
    const waiting = call.state === 'QUEUED' || call.state === 'OFFERED';
    const settings = await tools.settings();
    const custody = await tools.store.custodies.one({ callId: call.id });
    const program = waitProgram({
      hasNumber: call.numberHash !== null,
      apology: call.requeues > 0 && call.answeredAt !== null,
      callbackOfferAfter: settings.callbackOfferAfter,
    });
    return {
      callId: call.id,
      state: call.state,
      held: call.heldAt !== null,
      connectedAt: isoOrNull(call.connectedAt),
      enqueuedAt: call.enqueuedAt === null ? null : toShanghaiIso(call.enqueuedAt),
      agentLegId: call.state === 'TALKING' ? (custody?.ref ?? null) : null,
      program: waiting ? program : null,
      wait: waiting ? ((await queue.waiting()).get(call.id) ?? null) : null,
      callback: call.taskId !== null,
    };
  };

  return {
    iceServers,
    waiting: queue.waiting,
    /** For the handshake: is this the token of a call that still lives? */
    knowsToken: async (token: string): Promise<boolean> => {
      const leg = await tools.store.legs.one({ tokenHash: tools.crypto.hashOf('token', token) });
      return leg !== null && leg.state !== 'ENDED';
    },
    callView: async (callId: string): Promise<TelCallView | null> => {
      const call = await tools.store.calls.one({ id: callId });
      return call === null ? null : callView(call);
    },
    agentView: async (session: AgentSession): Promise<TelAgentView> => {
      const call = session.callId === null ? null : await tools.store.calls.one({ id: session.callId });
      return {
        agentId: session.agentId,
        epoch: session.epoch,
        state: session.state,
        callId: session.callId,
        call: call === null ? null : await callView(call),
        iceServers: await iceServers(session.agentId),
      };
    },
    /** May this agent speak on this leg now? */
    agentLegOf: async (callId: string, agentId: string): Promise<string | null> => {
      const call = await tools.store.calls.one({ id: callId });
      if (call === null || call.state !== 'TALKING' || call.agentId !== agentId || call.adapter !== 'embedded') return null;
      return (await tools.store.custodies.one({ callId }))?.ref ?? null;
    },
  };
};
