import type { CoreResult, SearchQuery } from './search-core';
import type { SearchDocument } from './search-document';

/** The engine as the rest of the module sees it, wherever it runs. */
export interface SearchEngine {
  put(documents: readonly SearchDocument[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Packs the index; worth it after a bulk load. */
  settle(): Promise<void>;
  search(query: SearchQuery): Promise<CoreResult>;
  size(): Promise<number>;
  close(): Promise<void>;
}
