import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSearchCore, type SearchCoreOptions } from './search-core';
import type { SearchEngine } from './search-port';
import { createWorkerEngine, workerFile } from './worker-engine';

/** The event loop is not held longer than this while documents are added in place (design 6: no pause over 50 ms). */
const sliceMs = 12;

const createLocalEngine = (options: SearchCoreOptions): SearchEngine => {
  const core = createSearchCore(options);
  return {
    put: async (documents) => {
      let since = performance.now();
      for (const document of documents) {
        core.put([document]);
        if (performance.now() - since < sliceMs) continue;
        await nextTurn();
        since = performance.now();
      }
    },
    remove: async (ids) => core.remove(ids),
    settle: async () => core.settle(),
    search: async (query) => core.search(query),
    size: async () => core.size,
    close: async () => undefined,
  };
};

/** A worker thread needs compiled files; run from TypeScript source (jest, tsx) the engine works in place. */
export const createSearchEngine = (options: SearchCoreOptions & { readonly useWorker: boolean }): SearchEngine =>
  options.useWorker && workerFile !== null ? createWorkerEngine(options, workerFile) : createLocalEngine(options);
