import type { Namespace, Server, Socket } from 'socket.io';
import { type TelMedia, telNamespace, telPublicNamespace, type TelSignal } from '#contracts/realtime/telephony';
import { DomainError, type StaffActor } from '#kernel';
import type { Logger } from '#platform';
import type { EmbeddedTransport, Telephony } from '#telephony';

export interface TelephonySockets {
  readonly io: Server;
  readonly telephony: Telephony;
  /** The staff member behind a socket, asked anew while it lives (security A-8). */
  readonly authenticateStaff: (socket: Socket) => Promise<StaffActor | null>;
  readonly logger: Logger;
  /** How often pages are asked for a sign of life; tests ask more often. */
  readonly probeMs?: number;
}

/** What a socket speaks for; set by the server only. */
export interface Party {
  readonly callId: string;
  readonly legId: string;
  readonly epoch: number;
  lastSeq: number;
  keys: number;
}

export interface Wire {
  readonly agents: Namespace;
  readonly citizens: Namespace;
  send(namespace: Namespace, room: string, message: { readonly event: string; readonly body: unknown }): void;
  relay(from: 'AGENT' | 'CITIZEN', party: Party, signal: TelSignal): void;
  /** Counts packets and asks for a new negotiation when they stop. */
  heard(from: 'AGENT' | 'CITIZEN', party: Party, media: TelMedia): Promise<void>;
  negotiate(callId: string, agentLegId: string): void;
}

export const callRoom = (callId: string): string => `call:${callId}`;
export const staffRoom = (staffId: string): string => `staff:${staffId}`;

const acknowledgedWithinMs = 3_000;

const foreign = (): DomainError => new DomainError({ kind: 'forbidden', code: 'telephony/not-your-call', message: '这不是您正在进行的通话。' });

/** A page speaks for its own leg of its own call, in its newest epoch; nothing else is passed on (design-channels C18). */
const requireOwn = (party: Party, said: { readonly callId: string; readonly legId: string; readonly epoch: number }): void => {
  if (said.callId !== party.callId || said.legId !== party.legId || said.epoch !== party.epoch) throw foreign();
};

const transportOf = (wire: Wire): EmbeddedTransport => ({
  toCitizen: (callId, message) => {
    wire.send(wire.citizens, callRoom(callId), message);
  },
  toAgent: (agentId, message) => {
    wire.send(wire.agents, staffRoom(agentId), message);
  },
  toAgentOfCall: (callId, message) => {
    wire.send(wire.agents, callRoom(callId), message);
    if (message.event === 'ended') wire.agents.in(callRoom(callId)).socketsLeave(callRoom(callId));
  },
});

export const createWire = ({ io, telephony, logger }: TelephonySockets): Wire => {
  const agents = io.of(telNamespace);
  const citizens = io.of(telPublicNamespace);
  const { embedded } = telephony.signalling;

  const send: Wire['send'] = (namespace, room, { event, body }) => {
    // A page that does not acknowledge is found by the probes; whoever comes back is told the whole state.
    namespace
      .to(room)
      .timeout(acknowledgedWithinMs)
      .emit(event, body, (error: Error | null) => {
        if (error !== null) logger.info({ event: 'telephony.not-acknowledged', name: event });
      });
  };

  const negotiate: Wire['negotiate'] = (callId, agentLegId) => {
    send(citizens, callRoom(callId), { event: 'negotiate', body: { callId, peerLegId: agentLegId } });
  };

  const wire: Wire = {
    agents,
    citizens,
    send,
    negotiate,
    relay: (from, party, signal) => {
      requireOwn(party, signal);
      if (signal.seq <= party.lastSeq) return;
      party.lastSeq = signal.seq;
      send(from === 'AGENT' ? citizens : agents, callRoom(party.callId), { event: 'signal', body: signal });
    },
    heard: async (from, party, media) => {
      requireOwn(party, media);
      const agentLegId = from === 'AGENT' ? party.legId : media.peerLegId;
      const flow = await embedded.media({ callId: party.callId, legId: party.legId, party: from, agentLegId, nego: media.nego, packets: media.packets });
      if (flow === 'restart') negotiate(party.callId, agentLegId);
    },
  };
  embedded.attach(transportOf(wire));
  return wire;
};
