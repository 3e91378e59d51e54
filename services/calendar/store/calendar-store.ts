import type { UnitOfWork } from '#platform';
import type { Arrangement } from '../domain/arrangement';

/** One import: which year and region it replaced, and from which version on it holds. */
export interface CalendarVersion {
  readonly version: number;
  readonly year: number;
  readonly region: string;
  readonly source: string;
  readonly contentHash: string;
  readonly importedBy: string;
  readonly importedAt: Date;
}

export interface StoredArrangement extends Arrangement {
  readonly version: number;
}

/** Versions are only added; an earlier calendar can always be asked again (security I-15, G-5). */
export interface CalendarStore {
  versions(work?: UnitOfWork): Promise<readonly CalendarVersion[]>;
  arrangements(): Promise<readonly StoredArrangement[]>;
  /** Throws a unique violation when somebody else took the version first. */
  add(version: CalendarVersion, arrangement: Arrangement, work: UnitOfWork): Promise<void>;
}
