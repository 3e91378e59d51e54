import type { QuarantineReason } from '#contracts/api/ratings';
import type { RatingChannel } from '#contracts/vocabulary/rating-channels';
import type { Satisfaction } from '#contracts/vocabulary/satisfaction';
import type { Predicate } from '#kernel';
import type { UnitOfWork } from '#platform';

/** A row of the table as it is written: sealed, hashed, instants as milliseconds. */
export interface RatingRow {
  readonly [column: string]: string | number | boolean | null;
  readonly id: string;
  readonly sourceSystem: string;
  readonly projectNo: string;
  readonly serviceNumber: number;
  readonly assessNumber: number;
  readonly receiptCode: string;
  readonly codeSystem: string;
  readonly level: Satisfaction;
  readonly channel: RatingChannel;
  readonly caseType: string;
  readonly proStatus: string;
  readonly taskCode: string;
  readonly taskHandleItem: string | null;
  readonly taskName: string;
  readonly deptCode: string;
  readonly areaCode: string;
  readonly regionCode: string;
  readonly orgId: string | null;
  readonly orgPath: string | null;
  readonly assessAt: number;
  readonly acceptAt: number;
  readonly receivedAt: number;
  /** Codes between commas. */
  readonly tags: string;
  readonly windowName: string | null;
  readonly subMatter: string | null;
  readonly dataSource: string | null;
  readonly userProp: string | null;
  readonly isAnonymous: boolean;
  readonly isRealName: boolean;
  readonly isDefault: boolean;
  readonly isBad: boolean;
  readonly nameSealed: string | null;
  readonly nameHash: string | null;
  readonly certSealed: string | null;
  readonly certHash: string | null;
  readonly phoneSealed: string | null;
  readonly phoneHash: string | null;
  readonly wordsSealed: string | null;
  readonly clerkSealed: string | null;
  readonly ratedStaffId: string | null;
  readonly salt: string;
  readonly identityCommitment: string;
  readonly wordsCommitment: string;
  readonly contentHash: string;
  readonly rectificationId: string | null;
  readonly receivedFrom: string;
}

export interface QuarantineRow {
  readonly [column: string]: string | number | boolean | null;
  readonly id: string;
  readonly sourceSystem: string;
  readonly projectNo: string;
  readonly serviceNumber: number;
  readonly assessNumber: number;
  readonly receiptCode: string;
  readonly reason: QuarantineReason;
  readonly level: Satisfaction;
  readonly channel: RatingChannel;
  readonly taskName: string;
  readonly deptCode: string;
  readonly regionCode: string;
  readonly orgId: string | null;
  readonly orgPath: string | null;
  readonly isBad: boolean;
  readonly isRealName: boolean;
  readonly ratedStaffId: string | null;
  readonly content: string;
  readonly contentHash: string;
  readonly ratingId: string | null;
  readonly rectificationId: string | null;
  readonly resolution: string | null;
  readonly at: number;
}

export type KeyedRating = Pick<
  RatingRow,
  'id' | 'receiptCode' | 'contentHash' | 'rectificationId' | 'level' | 'sourceSystem' | 'projectNo' | 'serviceNumber' | 'assessNumber'
>;

export interface RatingFilter {
  readonly level?: Satisfaction | undefined;
  readonly channel?: RatingChannel | undefined;
  readonly orgPath?: string | undefined;
  readonly regionPrefix?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly isRealName?: boolean | undefined;
  readonly isBad?: boolean | undefined;
  readonly q?: string | undefined;
}

export interface KeysetQuery {
  readonly scope: Predicate;
  readonly limit: number;
  /** Instant and id of the last row seen. */
  readonly after: readonly [number, string] | null;
}

export interface RatingStore {
  keyed(projectNos: readonly string[], work: UnitOfWork): Promise<readonly KeyedRating[]>;
  quarantined(projectNos: readonly string[], work: UnitOfWork): Promise<readonly QuarantineRow[]>;
  addQuarantined(rows: readonly QuarantineRow[], work: UnitOfWork): Promise<void>;
  holdReports(rows: readonly { readonly ratingId: string; readonly state: string; readonly at: number }[], work: UnitOfWork): Promise<void>;
  find(id: string): Promise<RatingRow | null>;
  findQuarantined(id: string): Promise<QuarantineRow | null>;
  /** All ratings of these 办件, first before follow-up. */
  ofProjects(projectNos: readonly string[]): Promise<readonly RatingRow[]>;
  list(query: KeysetQuery & { readonly filter: RatingFilter }): Promise<readonly RatingRow[]>;
  listQuarantined(query: KeysetQuery): Promise<readonly QuarantineRow[]>;
  excludedOf(ratingIds: readonly string[]): Promise<ReadonlySet<string>>;
  exclude(
    rows: readonly { readonly ratingId: string; readonly auditStatus: string; readonly rectificationId: string; readonly at: number }[],
    work: UnitOfWork,
  ): Promise<void>;
  /** Bad ratings in the order of their ids; for the verifier. */
  badAfter(id: string, limit: number): Promise<readonly Pick<RatingRow, 'id' | 'sourceSystem' | 'projectNo' | 'serviceNumber'>[]>;
  badQuarantinedAfter(id: string, limit: number): Promise<readonly Pick<RatingRow, 'id' | 'sourceSystem' | 'projectNo' | 'serviceNumber'>[]>;
}
