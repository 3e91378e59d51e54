import type { LegCause } from '#contracts/lifecycles/leg.lifecycle';
import type { AdapterId } from './domain/call';

/** The carrier is replaceable (design-channels §1.2): this file is all that the call service knows of it. */
export type { AdapterId };

/** What the carrier cannot do, the console hides. */
export interface Caps {
  readonly media: 'p2p' | 'server';
  readonly recording: 'client' | 'server';
  readonly channels: 1 | 2;
  readonly pstn: boolean;
  readonly outbound: boolean;
  readonly dtmf: boolean;
  readonly monitor: boolean;
  readonly liveAudio: boolean;
  readonly maxParties: number;
  readonly survivesAppRestart: boolean;
}

/** Idempotent by `cmdId`; a command with an old fence is refused, so that a deposed leader changes nothing. */
export interface Cmd {
  readonly cmdId: string;
  readonly fence: number;
  readonly callId: string;
}

/** Names a stored number; it is decrypted inside the adapter only. */
export interface ContactRef {
  readonly kind: 'call' | 'callbackTask' | 'external';
  readonly id: string;
}

/** As the carrier wrote it; normalising is ours. */
export type RawNumber = string;
export type PromptId = string;
export type Cause = LegCause;

export interface WaitProgram {
  readonly music: PromptId;
  readonly say: readonly { readonly everySec: number; readonly text: 'position' | 'band' | 'callbackOffer' | 'voicemailOffer' | 'apology' }[];
  readonly keys: Readonly<Record<string, 'callback' | 'voicemail'>>;
}

interface EventHead {
  /** Unique per adapter: whatever is repeated has one effect. */
  readonly eventId: string;
  readonly adapter: AdapterId;
  readonly extCall: string;
  readonly callId?: string;
  readonly leg?: string;
  readonly at: Date;
  readonly seq?: number;
}

export type TelEvent = EventHead &
  (
    | { readonly t: 'call.offered'; readonly from: RawNumber; readonly dialled: RawNumber; readonly diversion?: RawNumber; readonly leg: string }
    | { readonly t: 'leg.state'; readonly state: 'RINGING' | 'UP' | 'HELD' | 'ENDED'; readonly cause?: Cause }
    | { readonly t: 'leg.input'; readonly digits: string; readonly prompt?: PromptId }
    | { readonly t: 'leg.media'; readonly flow: 'ok' | 'stalled'; readonly lossPct?: number; readonly rttMs?: number }
    | {
        readonly t: 'rec.state';
        readonly recId: string;
        readonly state: 'started' | 'paused' | 'available' | 'failed';
        readonly ms?: number;
        readonly uri?: string;
        readonly channels?: 1 | 2;
      }
    | { readonly t: 'speech'; readonly who: string; readonly text: string; readonly final: boolean }
    | { readonly t: 'adapter.state'; readonly up: boolean; readonly detail: string }
  );

export interface LiveCall {
  readonly callId: string | null;
  readonly extCall: string;
  readonly from: RawNumber;
  readonly dialled: RawNumber;
  readonly leg: string;
}

/** Short-lived: what a browser needs to be a telephone. */
export interface SoftphoneGrant {
  readonly iceServers: readonly { readonly urls: readonly string[]; readonly username?: string; readonly credential?: string }[];
  readonly carrierToken?: string;
  readonly expiresAt: Date;
}

export interface AdapterHealth {
  readonly ok: boolean;
  readonly detail: string;
  readonly since: Date;
}

/** No adapter decides routing, rating, ticket or retry policy, and none hangs up a citizen on its own failure: it reports. */
export interface TelephonyAdapter {
  readonly id: AdapterId;
  readonly caps: Caps;
  start(sink: (event: TelEvent) => Promise<void>): Promise<void>;
  stop(options: { readonly drainMs: number }): Promise<void>;
  health(): Promise<AdapterHealth>;
  /** What the carrier still holds, after any restart. */
  reconcile(): Promise<readonly LiveCall[]>;
  /** Music, position, prompts, keys to listen for. */
  park(command: Cmd & { readonly leg: string; readonly program: WaitProgram }): Promise<void>;
  /** After the agent accepted; joins the call's mix. */
  connectAgent(command: Cmd & { readonly offerId: string; readonly agentId: string }): Promise<{ readonly leg: string }>;
  dial(
    command: Cmd & {
      readonly to: ContactRef;
      readonly purpose: 'consult' | 'third' | 'callback' | 'external';
      readonly amd?: boolean;
      readonly ringSec: number;
    },
  ): Promise<{ readonly leg: string }>;
  /** Who hears whom: hold, consult, three-party and transfer are all mixes. */
  setMix(command: Cmd & { readonly groups: readonly (readonly string[])[] }): Promise<void>;
  mute(command: Cmd & { readonly leg: string; readonly on: boolean }): Promise<void>;
  sendDigits(command: Cmd & { readonly leg: string; readonly digits: string }): Promise<void>;
  monitor(command: Cmd & { readonly supervisorId: string; readonly mode: 'listen' | 'whisper' | 'barge' }): Promise<{ readonly leg: string }>;
  play(
    command: Cmd & { readonly leg: string; readonly prompt: PromptId; readonly collect?: { readonly digits: number; readonly timeoutSec: number } },
  ): Promise<void>;
  record(command: Cmd & { readonly op: 'start' | 'pause' | 'resume' | 'stop'; readonly why: string }): Promise<{ readonly recId: string }>;
  captureMessage(command: Cmd & { readonly leg: string; readonly maxSec: number }): Promise<{ readonly recId: string }>;
  drop(command: Cmd & { readonly leg: string; readonly cause: string }): Promise<void>;
  end(command: Cmd & { readonly cause: string }): Promise<void>;
  credentials(agentId: string): Promise<SoftphoneGrant>;
}
