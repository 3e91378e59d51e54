import { z } from 'zod';
import { id } from '../api/text';

/** Staff sockets, authenticated by the session cookie. */
export const telNamespace = '/tel';
/** Citizens' sockets, authenticated by the token that POST /public/calls minted for one call. */
export const telPublicNamespace = '/tel-pub';

/** Largest session description that is relayed; a real one with a single audio line is about 2 KiB. */
export const maxSignalLength = 20_000;

const token = z.string().min(20).max(100);
const epoch = z.int().min(0).max(1_000_000);

export const telHandshake = z.object({ token });

/** One step of the negotiation between the two browsers; `nego` names the attempt, so that late steps of an older one are ignored. */
export const telSignal = z.strictObject({
  callId: id,
  legId: id,
  epoch,
  seq: z.int().min(1).max(10_000_000),
  nego: z.string().regex(/^[0-9a-z]{4,20}$/),
  kind: z.enum(['offer', 'answer', 'ice', 'bye']),
  data: z.string().max(maxSignalLength),
});
export type TelSignal = z.infer<typeof telSignal>;

/** Packets received since the negotiation began: what tells whether a leg is alive. */
export const telMedia = z.strictObject({
  callId: id,
  legId: id,
  epoch,
  /** The other side's leg in this negotiation. */
  peerLegId: id,
  nego: z.string().max(20),
  packets: z.int().min(0),
  lossPct: z.number().min(0).max(100).optional(),
  rttMs: z.number().min(0).max(600_000).optional(),
});
export type TelMedia = z.infer<typeof telMedia>;

/** Answer to a probe; a tab in the background has slow timers, so it only answers. */
export const telProbeAnswer = z.object({ media: telMedia.nullable() });
export type TelProbeAnswer = z.infer<typeof telProbeAnswer>;

export const telAttach = z.strictObject({
  callId: id,
  legId: id,
  resumeToken: token,
  /** The epoch that this very page was given; null for a page that was just loaded. */
  epoch: epoch.nullable(),
});
export const telHello = z.strictObject({ deviceOk: z.boolean(), epoch: epoch.nullable() });
export const telReady = z.strictObject({ callId: id, legId: id, epoch });
export const telKey = z.strictObject({ digit: z.string().regex(/^[0-9*#]$/) });
export const telBye = z.strictObject({ callId: id });

export interface TelProblem {
  readonly code: string;
  readonly title: string;
  readonly status: number;
}
export type TelAck<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: TelProblem };

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** Where a caller stands; the wait is told in bands only. */
export interface TelWait {
  readonly position: number;
  readonly band: string;
}

export interface TelProgram {
  readonly music: string;
  readonly say: readonly { readonly everySec: number; readonly text: string }[];
  readonly keys: Readonly<Record<string, string>>;
}

/** All that a page must know to be right, whatever it missed. */
export interface TelCallView {
  readonly callId: string;
  readonly state: string;
  readonly held: boolean;
  readonly connectedAt: string | null;
  readonly enqueuedAt: string | null;
  /** The agent's leg of the present conversation. */
  readonly agentLegId: string | null;
  readonly program: TelProgram | null;
  readonly wait: TelWait | null;
  /** A call-back was promised. */
  readonly callback: boolean;
}

export interface TelAttached {
  readonly epoch: number;
  /** New with every epoch; null when this page keeps what it has. */
  readonly resumeToken: string | null;
  readonly call: TelCallView;
  readonly iceServers: readonly IceServer[];
}

export interface TelAgentView {
  readonly agentId: string;
  readonly epoch: number;
  readonly state: string;
  readonly callId: string | null;
  readonly call: TelCallView | null;
  readonly iceServers: readonly IceServer[];
}

export interface TelPublicClientEvents {
  attach: (input: z.input<typeof telAttach>, ack: (answer: TelAck<TelAttached>) => void) => void;
  ready: (input: z.input<typeof telReady>, ack: (answer: TelAck<null>) => void) => void;
  signal: (input: TelSignal, ack: (answer: TelAck<null>) => void) => void;
  media: (input: TelMedia, ack: (answer: TelAck<null>) => void) => void;
  key: (input: z.input<typeof telKey>, ack: (answer: TelAck<{ accepted: boolean }>) => void) => void;
  bye: (input: z.input<typeof telBye>, ack: (answer: TelAck<null>) => void) => void;
}

export interface TelClientEvents {
  hello: (input: z.input<typeof telHello>, ack: (answer: TelAck<TelAgentView>) => void) => void;
  ready: (input: z.input<typeof telReady>, ack: (answer: TelAck<TelCallView>) => void) => void;
  signal: (input: TelSignal, ack: (answer: TelAck<null>) => void) => void;
  media: (input: TelMedia, ack: (answer: TelAck<null>) => void) => void;
}

/** Sent to both sides; every one is acknowledged by the page. */
export interface TelServerEvents {
  probe: (input: { readonly at: string }, ack: (answer: TelProbeAnswer) => void) => void;
  /** Citizen only: make an offer to this leg now, with a new connection. */
  negotiate: (input: { readonly callId: string; readonly peerLegId: string }, ack: (answer: unknown) => void) => void;
  signal: (input: TelSignal, ack: (answer: unknown) => void) => void;
  /** Agent only: the accepted call is yours, say `ready`. */
  join: (input: { readonly callId: string; readonly legId: string }, ack: (answer: unknown) => void) => void;
  park: (input: { readonly callId: string; readonly program: TelProgram }, ack: (answer: unknown) => void) => void;
  wait: (input: { readonly callId: string } & TelWait, ack: (answer: unknown) => void) => void;
  mix: (input: { readonly callId: string; readonly held: boolean }, ack: (answer: unknown) => void) => void;
  play: (input: { readonly callId: string; readonly prompt: string }, ack: (answer: unknown) => void) => void;
  /** The citizen's network is away or back; the agent keeps the line. */
  peer: (input: { readonly callId: string; readonly present: boolean }, ack: (answer: unknown) => void) => void;
  ended: (input: { readonly callId: string; readonly cause: string; readonly callback: boolean }, ack: (answer: unknown) => void) => void;
  'taken-over': () => void;
}
