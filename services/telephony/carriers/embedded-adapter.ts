import type { IceServer, TelProgram } from '#contracts/realtime/telephony';
import type { Clock } from '#kernel';
import type { Caps, SoftphoneGrant, TelephonyAdapter, TelEvent, WaitProgram } from '../port';

/** How the adapter reaches the pages; the server fills it with sockets, a test with anything. */
export interface EmbeddedTransport {
  toCitizen(callId: string, message: EmbeddedMessage): void;
  toAgent(agentId: string, message: EmbeddedMessage): void;
  /** To whoever is in the call, on either side. */
  toAgentOfCall(callId: string, message: EmbeddedMessage): void;
}

export type EmbeddedMessage =
  | { readonly event: 'park'; readonly body: { readonly callId: string; readonly program: TelProgram } }
  | { readonly event: 'join'; readonly body: { readonly callId: string; readonly legId: string } }
  | { readonly event: 'mix'; readonly body: { readonly callId: string; readonly held: boolean } }
  | { readonly event: 'play'; readonly body: { readonly callId: string; readonly prompt: string } }
  | { readonly event: 'ended'; readonly body: { readonly callId: string; readonly cause: string; readonly callback: boolean } };

export interface MediaReport {
  readonly callId: string;
  readonly legId: string;
  readonly party: 'CITIZEN' | 'AGENT';
  /** The agent's leg of this conversation, which ends when the citizen hears nothing any more. */
  readonly agentLegId: string;
  readonly nego: string;
  readonly packets: number;
}

export interface EmbeddedAdapter extends TelephonyAdapter {
  attach(transport: EmbeddedTransport): void;
  /** The citizen's page is there. */
  citizenUp(callId: string, legId: string): Promise<void>;
  citizenGone(callId: string, legId: string, how: 'normal' | 'media_lost'): Promise<void>;
  keyPressed(given: { readonly callId: string; readonly legId: string; readonly digit: string; readonly eventId: string }): Promise<void>;
  /** Packets since the negotiation began; `restart` asks the two pages to negotiate anew. */
  media(report: MediaReport): Promise<'ok' | 'restart' | 'lost' | 'none'>;
  forget(legId: string): void;
}

const caps: Caps = {
  media: 'p2p',
  recording: 'client',
  channels: 2,
  pstn: false,
  outbound: false,
  dtmf: true,
  monitor: false,
  liveAudio: false,
  maxParties: 2,
  survivesAppRestart: true,
};

/** design-channels §1.3.4 */
const stalledAfterMs = 6_000;
const lostAfterMs = 15_000;

interface Flow {
  readonly agentLegId: string;
  readonly nego: string;
  packets: number;
  heardAt: number;
  flowing: boolean;
  restartedAt: number | null;
}

const toProgram = (program: WaitProgram): TelProgram => ({ music: program.music, say: program.say.map((line) => ({ ...line })), keys: { ...program.keys } });

const unsupported = (what: string) => (): Promise<never> => Promise.reject(new Error(`embedded: ${what} is not available`));

/**
 * Web call over WebRTC: two browsers talk to each other, the server only tells them what to do. It never hangs up by itself: it
 * reports what the pages say, the call service decides.
 */
export const createEmbeddedAdapter = (deps: { readonly clock: Clock; readonly iceServers: () => readonly IceServer[] }): EmbeddedAdapter => {
  const flows = new Map<string, Flow>();
  const since = deps.clock.now();
  let transport: EmbeddedTransport = { toCitizen: () => undefined, toAgent: () => undefined, toAgentOfCall: () => undefined };
  let sink: (event: TelEvent) => Promise<void> = () => Promise.resolve();

  const head = (callId: string, leg: string, eventId: string) => ({
    eventId: eventId.slice(0, 120),
    adapter: 'embedded' as const,
    extCall: callId,
    callId,
    leg,
    at: deps.clock.now(),
  });

  const report = async (media: MediaReport, flow: 'ok' | 'stalled'): Promise<void> => {
    const mark = flow === 'ok' ? media.nego : `${media.nego}:${deps.clock.now().getTime()}`;
    await sink({ ...head(media.callId, media.legId, `${media.legId}:${media.agentLegId}:${mark}:${flow}`), t: 'leg.media', flow });
  };

  const silence = async (media: MediaReport, flow: Flow, now: number): Promise<'restart' | 'lost' | 'none'> => {
    const silentMs = now - flow.heardAt;
    if (silentMs >= lostAfterMs && media.party === 'CITIZEN' && flow.restartedAt !== null) {
      flows.delete(media.legId);
      await sink({ ...head(media.callId, media.agentLegId, `${media.agentLegId}:lost`), t: 'leg.state', state: 'ENDED', cause: 'media_lost' });
      return 'lost';
    }
    if (silentMs < stalledAfterMs || flow.restartedAt !== null) return 'none';
    flow.restartedAt = now;
    await report(media, 'stalled');
    return 'restart';
  };

  const media = async (given: MediaReport): Promise<'ok' | 'restart' | 'lost' | 'none'> => {
    const now = deps.clock.now().getTime();
    const known = flows.get(given.legId);
    // Another agent is another conversation: what was silent with the last one is forgotten.
    const flow: Flow =
      known?.agentLegId === given.agentLegId
        ? known
        : { agentLegId: given.agentLegId, nego: given.nego, packets: 0, heardAt: now, flowing: false, restartedAt: null };
    // A new negotiation counts from zero, but how long nothing was heard goes on.
    const current: Flow = flow.nego === given.nego ? flow : { ...flow, nego: given.nego, packets: 0, flowing: false };
    flows.set(given.legId, current);
    if (given.packets <= current.packets) return silence(given, current, now);
    current.packets = given.packets;
    current.heardAt = now;
    current.restartedAt = null;
    if (!current.flowing) {
      current.flowing = true;
      await report(given, 'ok');
    }
    return 'ok';
  };

  return {
    id: 'embedded',
    caps,
    attach: (given) => {
      transport = given;
    },
    start: (to) => {
      sink = to;
      return Promise.resolve();
    },
    stop: () => {
      sink = () => Promise.resolve();
      return Promise.resolve();
    },
    health: () => Promise.resolve({ ok: true, detail: '内置网络电话', since }),
    // The browsers hold the sound and come back by themselves with their resume tokens.
    reconcile: () => Promise.resolve([]),
    park: (command) => {
      transport.toCitizen(command.callId, { event: 'park', body: { callId: command.callId, program: toProgram(command.program) } });
      return Promise.resolve();
    },
    connectAgent: (command) => {
      transport.toAgent(command.agentId, { event: 'join', body: { callId: command.callId, legId: command.offerId } });
      return Promise.resolve({ leg: command.offerId });
    },
    setMix: (command) => {
      const message: EmbeddedMessage = { event: 'mix', body: { callId: command.callId, held: command.groups.length > 1 } };
      transport.toAgentOfCall(command.callId, message);
      transport.toCitizen(command.callId, message);
      return Promise.resolve();
    },
    play: (command) => {
      transport.toCitizen(command.callId, { event: 'play', body: { callId: command.callId, prompt: command.prompt } });
      return Promise.resolve();
    },
    drop: (command) => {
      flows.delete(command.leg);
      transport.toAgentOfCall(command.callId, { event: 'ended', body: { callId: command.callId, cause: command.cause, callback: false } });
      return Promise.resolve();
    },
    end: (command) => {
      const message: EmbeddedMessage = { event: 'ended', body: { callId: command.callId, cause: command.cause, callback: command.cause === 'callback' } };
      transport.toCitizen(command.callId, message);
      transport.toAgentOfCall(command.callId, message);
      return Promise.resolve();
    },
    dial: unsupported('dialling out'),
    mute: unsupported('muting from the server'),
    sendDigits: unsupported('sending digits'),
    monitor: unsupported('monitoring'),
    record: unsupported('recording on the server'),
    captureMessage: unsupported('voicemail'),
    credentials: (): Promise<SoftphoneGrant> => Promise.resolve({ iceServers: deps.iceServers(), expiresAt: new Date(deps.clock.now().getTime() + 3_600_000) }),

    citizenUp: (callId, legId) => sink({ ...head(callId, legId, `${legId}:up`), t: 'leg.state', state: 'UP' }),
    citizenGone: (callId, legId, how) => sink({ ...head(callId, legId, `${legId}:ended`), t: 'leg.state', state: 'ENDED', cause: how }),
    keyPressed: ({ callId, legId, digit, eventId }) => sink({ ...head(callId, legId, eventId), t: 'leg.input', digits: digit }),
    media,
    forget: (legId) => void flows.delete(legId),
  };
};
