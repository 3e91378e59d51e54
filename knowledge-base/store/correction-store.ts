import type { CorrectionQuery, CorrectionReport, CorrectionStatus } from '../contracts';
import type { KnowledgeWork } from './knowledge-store';

export interface CorrectionRecord extends CorrectionReport {
  readonly id: string;
  readonly status: CorrectionStatus;
  readonly ownerOrg: string;
  readonly answer: string | null;
  readonly reportedBy: string;
  readonly reportedAt: number;
  readonly dueAt: number | null;
  readonly revision: number;
  readonly updatedAt: number;
}

export interface CorrectionStore {
  find(id: string, work?: KnowledgeWork): Promise<CorrectionRecord | null>;
  /** Newest first, at most 200. */
  list(query: CorrectionQuery): Promise<readonly CorrectionRecord[]>;
  /** Of these guides, those with a report nobody has answered yet (待核). */
  openGuides(guideIds: readonly string[]): Promise<ReadonlySet<string>>;
  insert(correction: CorrectionRecord, work: KnowledgeWork): Promise<void>;
  replaceIfUnchanged(correction: CorrectionRecord, work: KnowledgeWork): Promise<boolean>;
}
