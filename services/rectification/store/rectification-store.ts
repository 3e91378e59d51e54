import type { Predicate } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { CaseDeadline, CasePause } from '../domain/clocks';
import type { Attempt, Hand, HandPart, Rectification, RectificationChange } from '../domain/rectification';

export interface ServiceKey {
  readonly sourceSystem: string;
  readonly projectNo: string;
  readonly serviceNumber: number;
}

export interface CaseLink {
  readonly originId: string;
  readonly kind: 'rating' | 'quarantine';
  readonly rectificationId: string;
  readonly at: number;
}

export interface CaseDraft {
  readonly rectificationId: string;
  /** Sealed. */
  readonly content: string;
  readonly savedBy: string;
  readonly savedAt: number;
  readonly draftVersion: number;
}

export interface CaseFilter {
  readonly states?: readonly string[] | undefined;
  readonly orgPath?: string | undefined;
  readonly regionPrefix?: string | undefined;
  readonly level?: string | undefined;
  readonly channel?: string | undefined;
  readonly isRealName?: boolean | undefined;
  /** Due before this instant, still running. */
  readonly overdueAt?: number | undefined;
  readonly dueBefore?: number | undefined;
  readonly ratingId?: string | undefined;
  /** Came back from the review or the rater. */
  readonly sentBack?: boolean | undefined;
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

/** Most time lost first: the running clock's due instant, closed ones last. */
export interface CaseListQuery {
  readonly scope: Predicate;
  readonly filter: CaseFilter;
  readonly sortBy: 'timeLost' | 'newest';
  readonly limit: number;
  readonly after: readonly [number, string] | null;
}

export interface OfCase {
  readonly rectificationId: string;
}

export interface RectificationStore {
  /** Locked until the transaction ends when `work` is given. */
  find(id: string, work?: UnitOfWork): Promise<Rectification | null>;
  findByServices(services: readonly ServiceKey[], work: UnitOfWork): Promise<readonly Rectification[]>;
  insert(rows: readonly Rectification[], work: UnitOfWork): Promise<void>;
  changeIfUnchanged(row: Rectification, change: RectificationChange, work: UnitOfWork): Promise<boolean>;
  /** A second bad rating may make the rater known; never the other way (security G-4). No move, so no new version. */
  makeNamed(id: string, work: UnitOfWork): Promise<void>;
  nextCaseNumbers(day: string, count: number, work: UnitOfWork): Promise<number>;
  link(links: readonly CaseLink[], work: UnitOfWork): Promise<void>;
  linksOf(rectificationIds: readonly string[], work?: UnitOfWork): Promise<readonly CaseLink[]>;
  linkedAmong(originIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  handsOf(ids: readonly string[], work?: UnitOfWork): Promise<readonly (Hand & OfCase)[]>;
  addHands(id: string, staffId: string, given: { readonly parts: readonly HandPart[]; readonly work: UnitOfWork }): Promise<void>;
  attemptsOf(kind: 'contact' | 'callback', ids: readonly string[], work?: UnitOfWork): Promise<readonly (Attempt & OfCase)[]>;
  addAttempt(
    kind: 'contact' | 'callback',
    attempt: Attempt & { readonly rectificationId: string; readonly phoneHash: string | null },
    work: UnitOfWork,
  ): Promise<void>;
  deadlinesOf(ids: readonly string[], work?: UnitOfWork): Promise<readonly CaseDeadline[]>;
  insertDeadlines(rows: readonly CaseDeadline[], work: UnitOfWork): Promise<void>;
  saveDeadlines(rows: readonly CaseDeadline[], work: UnitOfWork): Promise<void>;
  provisionalDeadlines(after: string, limit: number): Promise<readonly CaseDeadline[]>;
  pausesOf(id: string, work?: UnitOfWork): Promise<readonly CasePause[]>;
  savePauses(rows: readonly CasePause[], work: UnitOfWork): Promise<void>;
  draftsOf(ids: readonly string[], work?: UnitOfWork): Promise<readonly CaseDraft[]>;
  saveDraft(draft: CaseDraft, work: UnitOfWork): Promise<void>;
  dropDraft(id: string, work: UnitOfWork): Promise<void>;
  list(query: CaseListQuery): Promise<readonly Rectification[]>;
  count(scope: Predicate, filter: CaseFilter): Promise<number>;
}
