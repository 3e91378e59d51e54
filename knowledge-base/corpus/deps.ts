import type { RegionEntry } from '../search/region-table';
import type { KnowledgeDatabase, KnowledgeStore } from '../store/knowledge-store';

/** What the host gives; the module imports nothing of it. */
export interface KnowledgeBaseDeps {
  readonly database: KnowledgeDatabase;
  readonly clock: { now(): Date };
  readonly ids: { next(): string };
  readonly regions: readonly RegionEntry[] | (() => Promise<readonly RegionEntry[]>);
  /** The instant by which the owner answers a report, one working day on (rules 9); without it reports carry no deadline. */
  readonly correctionDueAt?: (from: Date) => Date;
  /** Index in a thread of its own; by default where the code runs compiled. */
  readonly useWorker?: boolean;
}

/** Who writes; rules on roles are the host's. */
export interface KnowledgeActor {
  readonly id: string;
}

/** What the use-cases work with. */
export interface CorpusTools {
  readonly database: KnowledgeDatabase;
  readonly store: KnowledgeStore;
  readonly clock: { now(): Date };
  readonly ids: { next(): string };
  /** Makes changed guides findable on this node without waiting for the fact. */
  readonly refresh: (guideIds: readonly string[]) => Promise<void>;
}
