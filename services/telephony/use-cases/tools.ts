import type { Permission } from '#identity';
import { type Actor, type Clock, DomainError, type Ids } from '#kernel';
import type { Performer, UnmetGuard } from '#contracts/lifecycles/lifecycle';
import type { Database, FieldCrypto, Logger, UnitOfWork } from '#platform';
import type { NumberPlan } from '../domain/phone-number';
import type { QueueSettings } from '../domain/settings';
import type { AdapterId, TelephonyAdapter } from '../port';
import type { TelephonyStore } from '../store/telephony-store';

/** What telephony needs of the policy module. */
export interface CallPolicy {
  require(actor: Actor, permission: Permission): void;
  allows(actor: Actor, permission: Permission): boolean;
}

export interface DraftRequest {
  readonly callId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly orgId: string;
  /** Plain, so that the draft can seal it for itself; null when the caller is hidden. */
  readonly phone: string | null;
  readonly numberHash: string | null;
  /** The draft of the same caller that an earlier agent had open. */
  readonly ticketId: string | null;
  readonly startedAt: Date;
}

/** Filled by composition with the tickets' door; must answer the same ticket for the same call however often it is asked. */
export interface Drafts {
  openForCall(request: DraftRequest): Promise<{ readonly ticketId: string; readonly number: string }>;
}

export interface TelephonyTools {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly policy: CallPolicy;
  readonly logger: Logger;
  readonly store: TelephonyStore;
  readonly drafts: Drafts;
  readonly maySeeTicket: (actor: Actor, ticketId: string) => Promise<boolean>;
  readonly adapters: ReadonlyMap<AdapterId, TelephonyAdapter>;
  readonly numberPlan: NumberPlan;
  readonly settings: (work?: UnitOfWork) => Promise<QueueSettings>;
  /** Asks for routing, commands and drafts to be looked at soon. */
  readonly wake: () => void;
}

export const hotlineQueue = 'HOTLINE';

export const performersOf = (actor: Actor): readonly Performer[] => {
  if (actor.kind === 'staff') return actor.roles;
  return [actor.kind === 'citizen' ? 'CITIZEN' : 'SYSTEM'];
};

export const refusal = (why: string, unmet: readonly UnmetGuard[]): DomainError => {
  if (why === 'wrong-role') return new DomainError({ kind: 'forbidden', code: 'telephony/wrong-role', message: '您的角色不能进行这项操作。' });
  if (why === 'condition') {
    return new DomainError({ kind: 'conflict', code: 'telephony/condition', message: unmet.map((entry) => entry.message).join('；'), unmet });
  }
  return new DomainError({ kind: 'conflict', code: 'telephony/wrong-state', message: '当前状态不能进行这项操作，请刷新后再看。' });
};

/** Somebody else changed the row between reading and writing; the whole step is read and decided anew. */
export class RowChanged extends Error {
  constructor() {
    super('row changed');
    this.name = 'RowChanged';
  }
}

const attempts = 5;

/** Runs a step in a transaction of its own, again when it lost a race; each attempt decides on what it reads. */
export const settled = async <T>(tools: TelephonyTools, step: (work: UnitOfWork) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tools.database.inTransaction(step);
    } catch (error) {
      const lost = error instanceof RowChanged || (error as Error).name === 'SequelizeUniqueConstraintError';
      if (!lost || attempt >= attempts) throw error;
    }
  }
};
