import type { RectificationForm } from '#contracts/api/rectification';
import type { RectificationState } from '#contracts/lifecycles/rectification.lifecycle';

export type OutcomeName = 'IMMEDIATE_FIX' | 'TIMED_FIX' | 'EXPLANATION';
export type CallbackOutcome = 'ACCEPTED' | 'DISSATISFIED' | 'UNREACHABLE';

/** A rectification as it is stored; instants are milliseconds since 1970. */
export interface Rectification {
  readonly id: string;
  readonly caseNo: string;
  readonly sourceSystem: string;
  readonly projectNo: string;
  readonly serviceNumber: number;
  readonly state: RectificationState;
  readonly version: number;
  readonly round: number;
  readonly level: string;
  readonly channel: string;
  readonly caseType: string;
  readonly taskCode: string;
  readonly taskName: string;
  readonly regionCode: string;
  readonly deptCode: string;
  readonly windowName: string | null;
  readonly isRealName: boolean;
  readonly orgId: string | null;
  readonly orgPath: string | null;
  readonly ratedOrgPath: string | null;
  readonly ratedStaffId: string | null;
  readonly ratedAt: number;
  readonly openedAt: number;
  readonly roundStartedAt: number;
  readonly verifiedAt: number | null;
  readonly isTrue: boolean | null;
  readonly isReasonable: boolean | null;
  readonly outcome: OutcomeName | null;
  readonly appealedAt: number | null;
  readonly pausedAt: number | null;
  readonly extensions: number;
  readonly submittedAt: number | null;
  readonly repliedAt: number | null;
  readonly reviewedAt: number | null;
  readonly calledBackAt: number | null;
  readonly callbackResult: CallbackOutcome | null;
  readonly closedAt: number | null;
  readonly closedDissatisfied: boolean;
  readonly notAdoptedCategory: string | null;
  readonly verifyDueAt: number;
  readonly rectifyDueAt: number;
  readonly rectifyFirstDueAt: number;
  readonly appealFileDueAt: number | null;
  readonly currentDueAt: number | null;
  readonly ledgerDueAt: number;
  readonly ledgerMonth: string;
  readonly evidenceCount: number;
  /** Sealed; what the department wrote over all rounds. */
  readonly content: string | null;
}

export type RectificationChange = Partial<Omit<Rectification, 'id' | 'version' | 'caseNo'>>;

/** The part somebody played in a case; people of different parts are different people (rules §6.3.3). */
export type HandPart = 'HANDLER' | 'APPELLANT' | 'REVIEWER' | 'CALLER' | 'APPEAL_REVIEWER';

export interface Hand {
  readonly staffId: string;
  readonly part: HandPart;
}

export interface Attempt {
  readonly id: string;
  readonly round: number;
  readonly at: number;
  readonly method: string;
  readonly result: string;
  readonly note: string;
  readonly staffId: string;
  readonly recordedAt: number;
}

/** What the department wrote: kept as given, drafts included. */
export type CaseForm = Readonly<RectificationForm>;

/** All that a decision about a case looks at, read under a lock inside the transaction that decides. */
export interface CaseSnapshot {
  readonly row: Rectification;
  readonly hands: readonly Hand[];
  readonly contacts: readonly Attempt[];
  readonly callbacks: readonly Attempt[];
  /** Written over all rounds, without the draft. */
  readonly written: CaseForm;
  readonly draft: CaseForm;
  /** All files of the case; those uploaded as evidence. */
  readonly attachmentIds: readonly string[];
  readonly evidenceIds: readonly string[];
  /** Working days of the running rectify clock. */
  readonly rectifyAmount: number;
  readonly hasOpenSupervision: boolean;
}

export const isOpen = (row: Pick<Rectification, 'state'>): boolean => row.state !== 'CLOSED' && row.state !== 'CLOSED_NOT_ADOPTED';
