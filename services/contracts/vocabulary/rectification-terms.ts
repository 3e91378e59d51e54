/** The deadlines of a rectification that are policy (rules §6.4, §6.3.5); all in working days. */
export interface RectificationTerms {
  readonly version: number;
  readonly verifyNamed: number;
  readonly verifyAnonymous: number;
  readonly immediateFix: number;
  readonly timedFix: number;
  readonly explanation: number;
  readonly appealFile: number;
  readonly appealReview: number;
  readonly callback: number;
  /** The most that a rectification may last with its extension. */
  readonly longestRectify: number;
  readonly maxRounds: number;
  readonly callbackAttempts: number;
  readonly callbackDays: number;
  /** Different parts of the day: forenoon, afternoon, evening. */
  readonly callbackDayParts: number;
}

export const defaultRectificationTerms: RectificationTerms = {
  version: 1,
  verifyNamed: 1,
  verifyAnonymous: 2,
  immediateFix: 1,
  timedFix: 5,
  explanation: 5,
  appealFile: 2,
  appealReview: 3,
  callback: 3,
  longestRectify: 15,
  maxRounds: 2,
  callbackAttempts: 3,
  callbackDays: 2,
  callbackDayParts: 2,
};

export const rectificationClocks = {
  verify: '联系核实',
  rectify: '整改',
  appealFile: '申诉提出',
  appealReview: '申诉复核',
  callback: '回访',
} as const;
export type RectificationClock = keyof typeof rectificationClocks;
