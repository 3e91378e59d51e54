import type { Role } from '#contracts/vocabulary/roles';
import type { Calendar } from '#calendar';
import type { Policy } from '#identity';
import type { Actor, Clock, Ids } from '#kernel';
import type { Attachments, Database, FieldCrypto, Trails } from '#platform';
import type { TicketPolicy } from './domain/ticket-policy';

/** What this module asks about units; filled by the identity module. */
export interface UnitReader {
  find(
    id: string,
  ): Promise<{ readonly id: string; readonly name: string; readonly path: string; readonly regionCode: string; readonly active: boolean } | null>;
  namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Which places have a hotline of this installation. */
  list(
    query: { readonly kind: 'HOTLINE_CENTER'; readonly limit: number },
    actor: Actor,
  ): Promise<{ readonly items: readonly { readonly regionCode: string }[] }>;
}

/** What this module asks about people; filled by the identity module. */
export interface StaffReader {
  find(
    id: string,
  ): Promise<{ readonly id: string; readonly name: string; readonly orgId: string; readonly active: boolean; readonly roles: readonly Role[] } | null>;
  namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Whether a cited version of a guide or knowledge entry exists; filled by the knowledge base. */
export type GuideReference = (guideId: string, version: number) => Promise<boolean>;

/** Whether somebody may look at what is to be tied to a ticket; asked of the module that owns it. */
export type TieJudge = (actor: Actor, tie: { readonly kind: 'CALL' | 'CONVERSATION' | 'RATING'; readonly refId: string }) => Promise<boolean>;

export interface TicketDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly calendar: Pick<Calendar, 'deadline' | 'explain' | 'workingDaysLeft' | 'isOverdue' | 'cautionLight' | 'reload'>;
  readonly policy: Policy;
  readonly organizations: UnitReader;
  readonly staff: StaffReader;
  readonly trails: Trails;
  /** Files of a ticket hang on `ticket/<id>`. */
  readonly attachments: Pick<Attachments, 'listOf'>;
  readonly guideReference: GuideReference;
  /** Without it nothing but tickets can be tied by hand. */
  readonly mayTie?: TieJudge;
  readonly figures?: Partial<TicketPolicy>;
}
