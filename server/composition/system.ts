import type { Calendar } from '#calendar';
import type { Identity } from '#identity';
import type { Inquiries } from '#inquiries';
import type { KnowledgeBase } from '#knowledge-base';
import type { Clock, Ids, StaffActor } from '#kernel';
import type { Attachments, ChainReport, Database, Facts, FieldCrypto, Lease, Logger, Reactions, Trails } from '#platform';
import type { Ratings } from '#ratings';
import type { RectificationModule } from '#rectification';
import type { Telephony } from '#telephony';
import type { Tickets } from '#tickets';
import type { Config } from '../config';
import type { Metrics } from '../metrics';
import type { WakeBus } from '../wake-bus';
import type { Rooms } from './rooms';

export interface Readiness {
  readonly ready: boolean;
  readonly database: 'up' | 'down';
  readonly migrations: 'done' | 'pending' | 'unknown';
  readonly redis: 'off' | 'up' | 'down';
  readonly disk: 'ok' | 'low';
  readonly outboxSeconds: number;
}

/** One finding of `verify`: an invariant of security.md §1, how much was looked at and which objects break it. */
export interface Finding {
  readonly invariant: string;
  readonly checked: number;
  readonly offending: readonly string[];
  readonly note?: string;
}

/** What a module says of one of its cases to sockets and attachments. */
export interface CaseJudge {
  canSee(actor: StaffActor, id: string): Promise<boolean>;
  mayAttach(actor: StaffActor, id: string): Promise<boolean>;
}

/** Everything that was built, by name; what routes, sockets, jobs and the command line are given. */
export interface System {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly crypto: FieldCrypto;
  readonly database: Database;
  readonly facts: Facts;
  readonly reactions: Reactions;
  readonly trails: Trails;
  readonly lease: Lease;
  readonly wakeBus: WakeBus;
  readonly rooms: Rooms;
  readonly attachments: Attachments;
  readonly cases: { readonly ticket: CaseJudge; readonly rectification: CaseJudge };
  readonly secureCookies: boolean;
  readonly demo: boolean;
  readonly identity: Identity;
  readonly calendar: Calendar;
  readonly knowledge: KnowledgeBase;
  readonly ratings: Ratings;
  readonly rectification: RectificationModule;
  readonly tickets: Tickets;
  readonly inquiries: Inquiries;
  readonly telephony: Telephony;
  /** Reads what is kept in memory: calendar, search index. After migrating, before serving. */
  load(): Promise<void>;
  readiness(): Promise<Readiness>;
  /** Read-only check of the invariants and chains (security T-1). */
  verify(): Promise<{ readonly findings: readonly Finding[]; readonly chains: readonly ChainReport[] }>;
  /** Numbers the outbox and runs all reactions until nothing is left; jobs do the same bit by bit. */
  settle(): Promise<void>;
  close(): Promise<void>;
}
