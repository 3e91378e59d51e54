import type { Clock } from '#kernel';
import type { Caps, Cause, Cmd, LiveCall, SoftphoneGrant, TelephonyAdapter, TelEvent } from '../port';

/** Faults that a script can switch on. */
export interface FakeFaults {
  /** Agents accept and no sound comes about. */
  noMedia: boolean;
  /** Every event is delivered this many times. */
  repeat: number;
  /** Commands fail before they have an effect. */
  failCommands: boolean;
}

export interface FakeAdapter extends TelephonyAdapter {
  readonly faults: FakeFaults;
  /** Every command with an effect, in order. */
  readonly log: readonly string[];
  /** Somebody rings; answers the carrier's name of the call. */
  ring(from: string): Promise<string>;
  hangUp(extCall: string, cause?: Cause): Promise<void>;
  press(extCall: string, digits: string): Promise<void>;
  /** What the agent's side reports of the leg that `connectAgent` made. */
  agentLegEnds(leg: string, cause: Cause): Promise<void>;
  /** The carrier loses a call without telling. */
  vanish(extCall: string): void;
  live(): readonly string[];
  callIdOf(extCall: string): string | undefined;
}

const caps: Caps = {
  media: 'server',
  recording: 'server',
  channels: 2,
  pstn: true,
  outbound: true,
  dtmf: true,
  monitor: true,
  liveAudio: false,
  maxParties: 4,
  survivesAppRestart: true,
};

interface Held {
  readonly extCall: string;
  readonly from: string;
  readonly leg: string;
  callId: string | null;
}

/** In memory, by the clock it is given, scriptable: for model tests and the simulator; production cannot choose it. */
export const createFakeAdapter = (deps: { readonly clock: Clock; readonly nextId: () => string }): FakeAdapter => {
  const held = new Map<string, Held>();
  const done = new Set<string>();
  const log: string[] = [];
  const faults: FakeFaults = { noMedia: false, repeat: 1, failCommands: false };
  let sink: (event: TelEvent) => Promise<void> = () => Promise.resolve();
  let newestFence = 0;
  const since = deps.clock.now();

  const emit = async (event: TelEvent): Promise<void> => {
    for (let time = 0; time < faults.repeat; time += 1) await sink(event);
  };
  const head = (extCall: string, leg: string) => ({ eventId: deps.nextId(), adapter: 'fake' as const, extCall, leg, at: deps.clock.now() });
  const ofCall = (callId: string): Held | undefined => [...held.values()].find((one) => one.callId === callId);

  /** Twice sent, once done; an old fence is refused (design-channels C13). */
  const once = (command: Cmd, what: string): boolean => {
    if (command.fence < newestFence) throw new Error('stale fence');
    newestFence = command.fence;
    if (faults.failCommands) throw new Error('carrier refused');
    if (done.has(command.cmdId)) return false;
    done.add(command.cmdId);
    log.push(what);
    return true;
  };

  const quiet = (name: string) => (command: Cmd) => {
    once(command, `${name} ${command.callId}`);
    return Promise.resolve();
  };

  return {
    id: 'fake',
    caps,
    faults,
    log,
    start: (to) => {
      sink = to;
      return Promise.resolve();
    },
    stop: () => {
      sink = () => Promise.resolve();
      return Promise.resolve();
    },
    health: () => Promise.resolve({ ok: true, detail: '模拟线路', since }),
    reconcile: () =>
      Promise.resolve(
        [...held.values()].map((one): LiveCall => ({ callId: one.callId, extCall: one.extCall, from: one.from, dialled: '12345', leg: one.leg })),
      ),
    park: (command) => {
      const call = [...held.values()].find((one) => one.leg === command.leg);
      if (call !== undefined) call.callId = command.callId;
      once(command, `park ${command.callId}`);
      return Promise.resolve();
    },
    connectAgent: async (command) => {
      if (!once(command, `connect ${command.callId} ${command.agentId}`)) return { leg: command.offerId };
      const call = ofCall(command.callId);
      // The sound arrives after the command was answered, as with a real carrier.
      if (!faults.noMedia && call !== undefined) {
        void Promise.resolve().then(() => emit({ ...head(call.extCall, command.offerId), t: 'leg.state', state: 'UP' }));
      }
      return { leg: command.offerId };
    },
    dial: (command) => {
      once(command, `dial ${command.callId}`);
      return Promise.resolve({ leg: command.cmdId });
    },
    setMix: quiet('mix'),
    mute: quiet('mute'),
    sendDigits: quiet('digits'),
    play: quiet('play'),
    drop: quiet('drop'),
    monitor: (command) => {
      once(command, `monitor ${command.callId}`);
      return Promise.resolve({ leg: command.cmdId });
    },
    record: (command) => {
      once(command, `record ${command.callId}`);
      return Promise.resolve({ recId: command.cmdId });
    },
    captureMessage: (command) => {
      once(command, `capture ${command.callId}`);
      return Promise.resolve({ recId: command.cmdId });
    },
    end: (command) => {
      if (once(command, `end ${command.callId}`)) {
        const call = ofCall(command.callId);
        if (call !== undefined) held.delete(call.extCall);
      }
      return Promise.resolve();
    },
    credentials: (): Promise<SoftphoneGrant> => Promise.resolve({ iceServers: [], expiresAt: new Date(deps.clock.now().getTime() + 3_600_000) }),

    ring: async (from) => {
      const extCall = deps.nextId();
      const call: Held = { extCall, from, leg: deps.nextId(), callId: null };
      held.set(extCall, call);
      await emit({ ...head(extCall, call.leg), t: 'call.offered', from, dialled: '12345' });
      await emit({ ...head(extCall, call.leg), t: 'leg.state', state: 'UP' });
      return extCall;
    },
    hangUp: async (extCall, cause = 'normal') => {
      const call = held.get(extCall);
      if (call === undefined) return;
      held.delete(extCall);
      await emit({ ...head(extCall, call.leg), t: 'leg.state', state: 'ENDED', cause });
    },
    press: async (extCall, digits) => {
      const call = held.get(extCall);
      if (call !== undefined) await emit({ ...head(extCall, call.leg), t: 'leg.input', digits });
    },
    agentLegEnds: async (leg, cause) => {
      await emit({ ...head('', leg), t: 'leg.state', state: 'ENDED', cause });
    },
    vanish: (extCall) => void held.delete(extCall),
    live: () => [...held.keys()],
    callIdOf: (extCall) => held.get(extCall)?.callId ?? undefined,
  };
};
