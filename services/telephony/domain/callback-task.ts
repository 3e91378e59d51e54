import type { CallbackKind, CallbackTaskState } from '#contracts/lifecycles/callback-task.lifecycle';
import { shanghaiDay, startOfShanghaiDay } from '#kernel';

export interface CallbackTask {
  readonly id: string;
  readonly kind: CallbackKind;
  readonly state: CallbackTaskState;
  /** The latest call that asks for it. */
  readonly callId: string;
  readonly numberSealed: string;
  readonly numberHash: string;
  /** The hash again while not CLOSED, else null: unique, so that one number has one open task (I2). */
  readonly openHash: string | null;
  readonly calls: number;
  readonly ticketId: string | null;
  readonly attempts: number;
  readonly lastResult: string | null;
  readonly dueAt: Date;
  readonly claimedBy: string | null;
  readonly claimedByName: string | null;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly version: number;
}

export interface CallbackAttempt {
  readonly id: string;
  readonly taskId: string;
  readonly agentId: string;
  readonly result: string;
  readonly noteSealed: string | null;
  readonly at: Date;
}

/** Attempts at +0, +15 min, +2 h and next morning (design-channels §2.6). */
export const callbackPolicy = { attempts: 4, delaysMinutes: [0, 15, 120], opensAt: 8, closesAt: 21 } as const;

const hourMs = 3_600_000;

/** Citizens are rung between 08:00 and 21:00; what falls outside waits for the morning. */
export const withinCallingHours = (at: Date): Date => {
  const start = startOfShanghaiDay(shanghaiDay(at)).getTime();
  const opens = start + callbackPolicy.opensAt * hourMs;
  if (at.getTime() < opens) return new Date(opens);
  if (at.getTime() < start + callbackPolicy.closesAt * hourMs) return at;
  return new Date(opens + 24 * hourMs);
};

/** When to try again after `attempts` tries without success. */
export const nextAttemptAt = (attempts: number, now: Date): Date => {
  const delay = callbackPolicy.delaysMinutes[attempts];
  if (delay !== undefined) return withinCallingHours(new Date(now.getTime() + delay * 60_000));
  const tomorrow = startOfShanghaiDay(shanghaiDay(new Date(now.getTime() + 24 * hourMs)));
  return new Date(tomorrow.getTime() + callbackPolicy.opensAt * hourMs);
};
