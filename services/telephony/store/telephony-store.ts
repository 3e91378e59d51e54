import type { AgentLogRow, AgentSession } from '../domain/agent-session';
import type { Call, Custody, Entry, Leg, Offer, Queue, StoredCommand, StoredEvent } from '../domain/call';
import type { CallbackAttempt, CallbackTask } from '../domain/callback-task';
import type { Table } from './table';

/** One invariant of design-channels §2.5: how much was looked at and which objects break it. */
export interface TelephonyFinding {
  readonly invariant: string;
  readonly checked: number;
  readonly offending: readonly string[];
  readonly note?: string;
}

/** The tables of design-channels §2.1; timers, sockets and SDP are in memory only and are rebuilt from these rows. */
export interface TelephonyStore {
  readonly queues: Table<Queue>;
  readonly calls: Table<Call>;
  readonly legs: Table<Leg>;
  readonly custodies: Table<Custody>;
  readonly entries: Table<Entry>;
  readonly offers: Table<Offer>;
  readonly sessions: Table<AgentSession>;
  readonly agentLog: Table<AgentLogRow>;
  readonly tasks: Table<CallbackTask>;
  readonly attempts: Table<CallbackAttempt>;
  readonly events: Table<StoredEvent>;
  readonly commands: Table<StoredCommand>;
  /** What SQL alone can tell; at most so many offending ids each. */
  brokenInvariants(shown: number): Promise<readonly TelephonyFinding[]>;
}
