import type { CallOutcome, CallState, OverflowKind } from '#contracts/lifecycles/call.lifecycle';
import type { LegCause, LegState } from '#contracts/lifecycles/leg.lifecycle';
import type { NumberKind } from './phone-number';

/** The carriers that design-channels §1.4 names; which are present is decided by composition. */
export type AdapterId = 'embedded' | 'twilio' | 'sip' | 'ari' | 'fake';

/** One matter of one citizen on the phone, ours whatever the carrier calls it. */
export interface Call {
  readonly id: string;
  readonly queueId: string;
  readonly adapter: AdapterId;
  readonly extCall: string;
  readonly direction: 'INBOUND' | 'OUTBOUND';
  readonly state: CallState;
  readonly outcome: CallOutcome | null;
  readonly overflowKind: OverflowKind | null;
  readonly taskId: string | null;
  readonly ticketId: string | null;
  /** Who has the draft open; the next agent of the same caller is given the same one. */
  readonly draftAgentId: string | null;
  readonly numberSealed: string | null;
  readonly numberHash: string | null;
  readonly numberKind: NumberKind;
  readonly dialled: string;
  readonly addressHash: string | null;
  readonly agentId: string | null;
  readonly recordingId: string | null;
  readonly arrivedAt: Date;
  readonly enqueuedAt: Date | null;
  readonly firstRingAt: Date | null;
  readonly answeredAt: Date | null;
  /** Since when the present agent and the citizen hear each other; null while not (again) connected. */
  readonly connectedAt: Date | null;
  readonly heldAt: Date | null;
  readonly holdMs: number;
  readonly hangupAt: Date | null;
  readonly hangupBy: HangupParty | null;
  readonly wrapExtensions: number;
  readonly closedAt: Date | null;
  readonly mediaFailures: number;
  readonly requeues: number;
  readonly version: number;
}

/** LOST: the connection went, nobody pressed anything. */
export type HangupParty = 'CITIZEN' | 'AGENT' | 'SYSTEM' | 'LOST';

export interface Leg {
  readonly id: string;
  readonly callId: string;
  readonly party: 'CITIZEN' | 'AGENT';
  readonly agentId: string | null;
  readonly state: LegState;
  readonly cause: LegCause | null;
  /** Rises on every page reload; signals of older epochs are ignored. */
  readonly epoch: number;
  readonly tokenHash: string | null;
  readonly resumeHash: string | null;
  /** Given out but not yet used; either opens the leg until the new one is. */
  readonly nextResumeHash: string | null;
  /** Last sign of life of a browser; null where the carrier itself reports the end of a leg. */
  readonly seenAt: Date | null;
  readonly mediaOkAt: Date | null;
  readonly createdAt: Date;
  readonly upAt: Date | null;
  readonly endedAt: Date | null;
  readonly version: number;
}

/** A caller's place in the queue; `enqueuedAt` never moves forward (I4). */
export interface Entry {
  readonly id: string;
  readonly callId: string;
  readonly queueId: string;
  readonly lane: 'EMERGENCY' | 'NORMAL';
  readonly enqueuedAt: Date;
  readonly boost: number;
  readonly prefAgent: string | null;
  readonly excluded: readonly { readonly agentId: string; readonly until: number }[];
  readonly state: 'WAITING' | 'RESERVED' | 'SERVED' | 'LEFT';
  readonly version: number;
}

export interface Offer {
  readonly id: string;
  readonly callId: string;
  readonly agentId: string;
  readonly state: 'RINGING' | 'ACCEPTED' | 'REJECTED' | 'EXPIRED' | 'WITHDRAWN';
  readonly why: string;
  readonly offeredAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  /** The ids again while the offer rings, else null: unique, so that neither side ever has two (I3). */
  readonly liveCallId: string | null;
  readonly liveAgentId: string | null;
}

export type CustodyHolder = 'QUEUE' | 'OFFER' | 'TALK' | 'WRAP' | 'SELF_SERVICE' | 'EXTERNAL' | 'CALLBACK';

/** Who answers for a call that is not closed, and until when before the sweeper looks (I1). */
export interface Custody {
  readonly callId: string;
  readonly holder: CustodyHolder;
  readonly ref: string | null;
  readonly since: Date;
  readonly deadline: Date;
}

export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly settings: string;
  readonly version: number;
}

export interface StoredEvent {
  readonly adapter: AdapterId;
  readonly eventId: string;
  readonly callId: string | null;
  readonly legId: string | null;
  readonly kind: string;
  readonly detail: string;
  readonly applied: boolean;
  readonly at: Date;
  readonly receivedAt: Date;
}

export interface StoredCommand {
  readonly id: string;
  readonly callId: string;
  readonly adapter: AdapterId;
  readonly kind: 'park' | 'connectAgent' | 'setMix' | 'drop' | 'end' | 'play';
  readonly detail: string;
  readonly state: 'PENDING' | 'DONE' | 'FAILED';
  readonly attempts: number;
  readonly nextAt: Date;
  readonly at: Date;
}

/** Seconds waited before the call ended or an agent was reached. */
export const waitedSeconds = (call: Call, now: Date): number =>
  Math.max(0, ((call.answeredAt ?? now).getTime() - (call.enqueuedAt ?? call.arrivedAt).getTime()) / 1000);
