import type { RectificationTerms } from '#contracts/vocabulary/rectification-terms';
import type { Calendar } from '#calendar';
import type { OrganizationQueries, Policy, StaffQueries } from '#identity';
import type { Clock, Ids } from '#kernel';
import type { Attachments, Database, FieldCrypto, Trails } from '#platform';
import type { RatingReader } from '#ratings';
import type { RectificationStore } from '../store/rectification-store';

/** What the composition root gives. */
export interface RectificationDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly calendar: Calendar;
  readonly policy: Policy;
  readonly organizations: Pick<OrganizationQueries, 'find' | 'pathOf' | 'namesOf'>;
  readonly staff: Pick<StaffQueries, 'namesOf'>;
  readonly trails: Trails;
  readonly ratings: RatingReader;
  readonly attachments: Pick<Attachments, 'listOfMany'>;
  /** Whether a supervision of this case is still open (rules §3.7); nobody supervises where the port is not filled. */
  readonly hasOpenSupervision?: (rectificationId: string) => Promise<boolean>;
  /** Deadlines by region; the rules' defaults where the port is not filled (rules §6.4). */
  readonly termsOf?: (regionCode: string) => RectificationTerms;
}

/** What the use-cases of the module share. */
export interface CaseTools extends Required<Omit<RectificationDeps, 'hasOpenSupervision' | 'termsOf'>> {
  readonly store: RectificationStore;
  readonly hasOpenSupervision: (rectificationId: string) => Promise<boolean>;
  readonly termsOf: (regionCode: string) => RectificationTerms;
}
