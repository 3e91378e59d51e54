/** Product policy of one queue, stored with it (design-channels §2.2 to §2.4); all times in seconds. */
export interface QueueSettings {
  readonly ring: number;
  readonly wrapUp: number;
  readonly wrapUpExtensions: number;
  /** How long an agent who rejected is spared this caller. */
  readonly rejectExclusion: number;
  /** A second reject within this time shows the agent as BUSY. */
  readonly rejectWindow: number;
  /** From accepting to sound. */
  readonly mediaWithin: number;
  /** After so many calls without sound the fault is the citizen's path, not the seats'. */
  readonly mediaFailures: number;
  /** The citizen's page after POST, before its socket is there. */
  readonly connectWithin: number;
  /** Converted to a call-back when waiting longer. */
  readonly convertAfter: number;
  readonly callbackOfferAfter: number;
  /** An abandoned wait at least this long is a missed call. */
  readonly missedAfter: number;
  readonly citizenGrace: number;
  readonly agentSilent: number;
  readonly agentGone: number;
  readonly agentFresh: number;
  readonly preferredWait: number;
  readonly recoveredBoost: number;
  readonly sameCallerWithin: number;
}

export const defaultSettings: QueueSettings = {
  ring: 15,
  wrapUp: 30,
  wrapUpExtensions: 2,
  rejectExclusion: 30,
  rejectWindow: 600,
  mediaWithin: 8,
  mediaFailures: 2,
  connectWithin: 30,
  convertAfter: 600,
  callbackOfferAfter: 60,
  missedAfter: 5,
  citizenGrace: 30,
  agentSilent: 15,
  agentGone: 60,
  agentFresh: 6,
  preferredWait: 10,
  recoveredBoost: 300,
  sameCallerWithin: 600,
};

export const parseSettings = (stored: string): QueueSettings => ({ ...defaultSettings, ...(JSON.parse(stored) as Partial<QueueSettings>) });

export const after = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);
export const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
