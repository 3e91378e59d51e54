import type { Socket } from 'socket.io';
import { telProbeAnswer } from '#contracts/realtime/telephony';
import { agentSocketOf, openAgentNamespace } from './telephony-agent';
import { citizenSocketOf, openCitizenNamespace } from './telephony-citizen';
import { createWire, type TelephonySockets, type Wire } from './telephony-wire';

export type { TelephonySockets } from './telephony-wire';

export interface TelephonySignalling {
  /** Asks every page of this node for a sign of life and tells waiting callers their place; runs by its own timer. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

const answer = async (socket: Socket, withinMs: number): Promise<ReturnType<typeof telProbeAnswer.safeParse>['data'] | null> => {
  try {
    const parsed = telProbeAnswer.safeParse(await socket.timeout(withinMs).emitWithAck('probe', { at: new Date().toISOString() }));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

const probeCitizen = async (deps: TelephonySockets, wire: Wire, given: { readonly socket: Socket; readonly withinMs: number }): Promise<void> => {
  const { party } = citizenSocketOf(given.socket);
  if (party === null) return;
  const said = await answer(given.socket, given.withinMs);
  if (said === null || said === undefined) return;
  deps.telephony.presence.legSeen(party.legId);
  if (said.media !== null) await wire.heard('CITIZEN', party, said.media);
};

const probeAgent = async (deps: TelephonySockets, wire: Wire, given: { readonly socket: Socket; readonly withinMs: number }): Promise<void> => {
  const { socket } = given;
  const agent = agentSocketOf(socket);
  const staff = await deps.authenticateStaff(socket);
  if (agent === null || staff === null || staff.id !== agent.staff.id || staff.roles.join() !== agent.staff.roles.join()) {
    socket.disconnect(true);
    return;
  }
  if (agent.epoch === null) return;
  const said = await answer(socket, given.withinMs);
  if (said === null || said === undefined) return;
  deps.telephony.presence.agentSeen(agent.staff.id);
  if (said.media !== null && agent.party !== null) await wire.heard('AGENT', agent.party, said.media);
};

/** Place and band, only to those for whom it changed. */
const tellPlaces = async (deps: TelephonySockets, wire: Wire): Promise<void> => {
  const sockets = [...wire.citizens.sockets.values()].filter((socket) => citizenSocketOf(socket).party !== null);
  if (sockets.length === 0) return;
  const places = await deps.telephony.signalling.waiting();
  for (const socket of sockets) {
    const citizen = citizenSocketOf(socket);
    const callId = citizen.party?.callId ?? '';
    const place = places.get(callId);
    const told = place === undefined ? '' : `${place.position}:${place.band}`;
    if (place === undefined || told === citizen.told) continue;
    citizen.told = told;
    wire.send(wire.citizens, socket.id, { event: 'wait', body: { callId, position: place.position, band: place.band } });
  }
};

/** Signalling of the built-in web call: the server passes on what the two browsers of one call say to each other, and nothing else. */
export const attachTelephony = (deps: TelephonySockets): TelephonySignalling => {
  const wire = createWire(deps);
  openAgentNamespace(deps, wire);
  openCitizenNamespace(deps, wire);
  const probeMs = deps.probeMs ?? 3_000;
  const withinMs = Math.max(200, probeMs - 500);
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    const citizens = [...wire.citizens.sockets.values()].map((socket) => probeCitizen(deps, wire, { socket, withinMs }));
    const agents = [...wire.agents.sockets.values()].map((socket) => probeAgent(deps, wire, { socket, withinMs }));
    const results = await Promise.allSettled([...citizens, ...agents, tellPlaces(deps, wire)]);
    const failed = results.filter((result) => result.status === 'rejected').length;
    if (failed > 0) deps.logger.warn({ event: 'telephony.probe-failed', count: failed });
  };

  const probe = (): Promise<void> => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };

  const timer = setInterval(() => void probe(), probeMs);
  return {
    probe,
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
