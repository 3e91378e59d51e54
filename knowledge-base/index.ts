import {
  type AnswerCard,
  type AnswerCardRequest,
  type Correction,
  type CorrectionAction,
  type CorrectionMove,
  type CorrectionQuery,
  type CorrectionReport,
  type GuideSearchRequest,
  type GuideSearchResult,
  type GuideView,
  type ServiceItem,
} from './contracts';
import { createAnswerCard } from './corpus/answer-card/answer-card';
import type { CorpusTools, KnowledgeActor, KnowledgeBaseDeps } from './corpus/deps';
import { createGuideIndex } from './corpus/guide-index';
import { correctionMissing, itemMissing } from './corpus/knowledge-error';
import { createExportGuides } from './corpus/queries/export-guides';
import { createGetDraft, createGetGuide, createListVersions, type VersionSummary } from './corpus/queries/get-guide';
import { createMoveCorrection, createReportCorrection, presentCorrection } from './corpus/use-cases/correct-guide';
import { createDraftGuide, createReviseGuide, createSubmitGuide, type GuideInput } from './corpus/use-cases/draft-guide';
import { createImportGuides } from './corpus/use-cases/import-guides';
import { createImportItems, createSaveItems } from './corpus/use-cases/import-items';
import type { ImportReport } from './corpus/use-cases/import-report';
import { createPublishGuide, createVerifyGuide, createWithdrawGuide } from './corpus/use-cases/publish-guide';
import { createSeedDemo, type SeedReport } from './seed/seed-demo';
import { type GuideRecord } from './store/knowledge-store';
import { createSequelizeCorrectionStore } from './store/sequelize-correction-store';
import { createSequelizeKnowledgeStore } from './store/sequelize-knowledge-store';

export { KnowledgeError } from './corpus/knowledge-error';
export type { GuideChange } from './corpus/diff-guides';
export type { KnowledgeActor, KnowledgeBaseDeps } from './corpus/deps';
export type { GuideInput } from './corpus/use-cases/draft-guide';
export type { ImportReport, RowFault } from './corpus/use-cases/import-report';
export type { VersionSummary } from './corpus/queries/get-guide';
export type { SeedReport } from './seed/seed-demo';
export type { GuideRecord, KnowledgeDatabase } from './store/knowledge-store';
export type { RegionEntry } from './search/region-table';
export { evaluateSearch, type SearchReport } from './search/evaluate';

/** Guides, their versions, their search and the card that answers a cross-province question. It knows nothing of its host. */
export interface KnowledgeBase {
  search(request: GuideSearchRequest): Promise<GuideSearchResult>;
  answerCard(request: AnswerCardRequest): Promise<AnswerCard>;
  getGuide(id: string, version?: number): Promise<GuideView>;
  listVersions(id: string): Promise<readonly VersionSummary[]>;
  getDraft(id: string): Promise<GuideRecord>;
  listItems(): Promise<readonly ServiceItem[]>;
  getItem(id: string): Promise<ServiceItem>;
  /** True for a published version of a guide; what a ticket may cite. */
  isCitable(guideId: string, version: number): Promise<boolean>;

  draftGuide(input: GuideInput, actor: KnowledgeActor): Promise<string>;
  reviseGuide(id: string, revision: number, input: GuideInput, actor: KnowledgeActor): Promise<void>;
  submitGuide(id: string, revision: number): Promise<void>;
  publishGuide(id: string, revision: number, actor: KnowledgeActor): Promise<number>;
  withdrawGuide(id: string, revision: number): Promise<void>;
  verifyGuide(id: string, revision: number, verifiedBy: string): Promise<void>;
  importGuides(lines: Iterable<string> | AsyncIterable<string>, actor: KnowledgeActor): Promise<ImportReport>;
  exportGuides(): AsyncIterable<string>;
  importItems(rows: unknown): Promise<ImportReport>;
  /** A guide is wrong or missing; the owner is asked at once (rules 9, product moonshot 8). */
  reportCorrection(report: CorrectionReport, actor: KnowledgeActor): Promise<string>;
  moveCorrection(id: string, revision: number, action: CorrectionAction, input: CorrectionMove): Promise<void>;
  listCorrections(query: CorrectionQuery): Promise<readonly Correction[]>;
  getCorrection(id: string): Promise<Correction>;

  /** Catalogue and demonstration guides; a second time it changes nothing. */
  seedDemo(): Promise<SeedReport>;
  /** The catalogue alone, for a real site. */
  seedCatalogue(): Promise<ImportReport>;

  /** Builds the index from the table; questions are answered meanwhile from what is there. */
  start(): Promise<void>;
  /** Called on the facts guide.published and guide.withdrawn, on every node. */
  refresh(guideIds: readonly string[]): Promise<void>;
  indexSize(): Promise<number>;
  close(): Promise<void>;
}

export const createKnowledgeBase = (deps: KnowledgeBaseDeps): KnowledgeBase => {
  const { database, clock, ids } = deps;
  const store = createSequelizeKnowledgeStore(database.sequelize);
  const corrections = createSequelizeCorrectionStore(database.sequelize);
  const index = createGuideIndex({ store, clock, regions: deps.regions, useWorker: deps.useWorker ?? __filename.endsWith('.js') });
  const tools: CorpusTools = { database, store, clock, ids, refresh: index.refresh };
  const correctionTools = { ...tools, corrections, dueAt: deps.correctionDueAt };
  const importGuides = createImportGuides(tools, index.placeOf);
  const saveItems = createSaveItems(tools);
  const seed = createSeedDemo({ saveItems, importGuides });
  return {
    search: index.search,
    answerCard: createAnswerCard({ store, index, clock }),
    getGuide: createGetGuide(store, corrections, clock),
    listVersions: createListVersions(store),
    getDraft: createGetDraft(store),
    listItems: store.items,
    getItem: async (id) => {
      const item = (await store.items()).find((one) => one.id === id);
      if (item === undefined) throw itemMissing();
      return item;
    },
    isCitable: async (guideId, version) => (await store.version(guideId, version)) !== null,
    draftGuide: createDraftGuide(tools),
    reviseGuide: createReviseGuide(tools),
    submitGuide: createSubmitGuide(tools),
    publishGuide: createPublishGuide(tools),
    withdrawGuide: createWithdrawGuide(tools),
    verifyGuide: createVerifyGuide(tools),
    importGuides,
    exportGuides: createExportGuides(store),
    importItems: createImportItems(tools),
    seedDemo: seed.demo,
    seedCatalogue: seed.catalogue,
    reportCorrection: createReportCorrection(correctionTools),
    moveCorrection: createMoveCorrection(correctionTools),
    listCorrections: async (query) => (await corrections.list(query)).map(presentCorrection),
    getCorrection: async (id) => {
      const found = await corrections.find(id);
      if (found === null) throw correctionMissing();
      return presentCorrection(found);
    },
    start: index.rebuild,
    refresh: index.refresh,
    indexSize: index.size,
    close: index.close,
  };
};
