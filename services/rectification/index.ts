import type { ClosureCases, ClosureCasesQuery, ClosureQuery, ClosureReport } from '#contracts/api/reports';
import type {
  ExplainedCaseDeadline,
  MustDo,
  RectificationDetail,
  RectificationForm,
  RectificationItem,
  RectificationQuery,
} from '#contracts/api/rectification';
import type { RectificationInput } from '#contracts/lifecycles/rectification.lifecycle';
import { defaultRectificationTerms, type RectificationClock } from '#contracts/vocabulary/rectification-terms';
import { type Actor, hasRole, matches, type Page, type StaffActor } from '#kernel';
import type { Reaction } from '#platform';
import type { OpenCases } from '#ratings';
import { isOpen } from './domain/rectification';
import { createExplainDeadline, createGetCase } from './queries/case-detail';
import { createListCases } from './queries/case-items';
import { createClosureReport } from './queries/closure-report';
import { createMustDo } from './queries/must-do';
import { createVerifyRectification, type RectificationFinding } from './queries/verify-rectification';
import { createRecomputeProvisional } from './reactions/recompute-provisional';
import { createSequelizeRectificationStore } from './store/sequelize-rectification-store';
import { createVerifyChecks } from './store/verify-checks';
import type { CaseTools, RectificationDeps } from './use-cases/deps';
import { createMoveCase, createReopenCase, type Moved, type MoveRequest } from './use-cases/move-case';
import { createOpenCases } from './use-cases/open-cases';
import { createRecordCallback, createRecordContact } from './use-cases/record-attempts';
import { createRevealRater, type RevealRequest } from './use-cases/reveal-rater';
import { createSaveDraft, type SavedDraft } from './use-cases/save-draft';

export interface RectificationModule {
  /** Port of the ratings module: opens, joins or reopens inside the transaction that stores the ratings. */
  readonly openCases: OpenCases;
  /** The one door through which a case changes its state. */
  moveCase(id: string, request: MoveRequest, actor: Actor): Promise<Moved>;
  recordContact(id: string, contact: NonNullable<RectificationInput['contact']>, actor: Actor): Promise<void>;
  recordCallback(id: string, callback: NonNullable<RectificationInput['callback']>, actor: Actor): Promise<void>;
  saveDraft(id: string, form: RectificationForm, actor: Actor): Promise<SavedDraft>;
  /** One field of the rater in the clear, with reason and audit entry. */
  revealRater(id: string, request: RevealRequest, actor: Actor): Promise<string>;
  listCases(query: RectificationQuery, actor: Actor): Promise<Page<RectificationItem>>;
  getCase(id: string, actor: Actor): Promise<RectificationDetail>;
  explainDeadline(id: string, clock: RectificationClock, actor: Actor): Promise<ExplainedCaseDeadline>;
  mustDo(actor: Actor): Promise<MustDo>;
  closureReport(query: ClosureQuery, actor: Actor): Promise<ClosureReport>;
  closureCases(query: ClosureCasesQuery, actor: Actor): Promise<ClosureCases>;
  /** For rooms and files of a case: the same answer as the list (security I-14). */
  canSee(actor: StaffActor, id: string): Promise<boolean>;
  mayAttach(actor: StaffActor, id: string): Promise<boolean>;
  readonly reactions: readonly Reaction[];
  verify(): Promise<readonly RectificationFinding[]>;
}

export const createRectification = (deps: RectificationDeps): RectificationModule => {
  const store = createSequelizeRectificationStore(deps.database);
  const tools: CaseTools = {
    ...deps,
    store,
    hasOpenSupervision: deps.hasOpenSupervision ?? (() => Promise.resolve(false)),
    termsOf: deps.termsOf ?? (() => defaultRectificationTerms),
  };
  const reports = createClosureReport(tools);
  const visible = async (actor: StaffActor, id: string) => {
    const row = tools.policy.allows(actor, 'rectification.read') ? await store.find(id) : null;
    return row !== null && matches(tools.policy.scope(actor, 'rectification'), { ...row }) ? row : null;
  };
  return {
    openCases: createOpenCases(tools, createReopenCase(tools)),
    moveCase: createMoveCase(tools),
    recordContact: createRecordContact(tools),
    recordCallback: createRecordCallback(tools),
    saveDraft: createSaveDraft(tools),
    revealRater: createRevealRater(tools),
    listCases: createListCases(tools),
    getCase: createGetCase(tools),
    explainDeadline: createExplainDeadline(tools),
    mustDo: createMustDo(tools),
    closureReport: reports.report,
    closureCases: reports.cases,
    canSee: async (actor, id) => (await visible(actor, id)) !== null,
    mayAttach: async (actor, id) => {
      const row = await visible(actor, id);
      const isOfUnit = row?.orgPath !== null && row?.orgPath !== undefined && actor.orgPath.startsWith(row.orgPath);
      return row !== null && isOpen(row) && isOfUnit && hasRole(actor, 'HANDLER', 'ORG_APPROVER');
    },
    reactions: [createRecomputeProvisional(tools)],
    verify: createVerifyRectification({ checks: createVerifyChecks(deps.database), store, ratings: deps.ratings }),
  };
};

export type { RectificationFinding } from './queries/verify-rectification';
export type { RectificationDeps } from './use-cases/deps';
export type { Moved, MoveRequest } from './use-cases/move-case';
export type { SavedDraft } from './use-cases/save-draft';
