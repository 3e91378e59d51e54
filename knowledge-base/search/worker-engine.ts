import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SearchCoreOptions } from './search-core';
import type { SearchEngine } from './search-port';
import type { WorkerAnswer, WorkerCall } from './worker-protocol';

/** The compiled worker, or null when this file itself runs from source. */
export const workerFile: string | null = __filename.endsWith('.js') ? join(__dirname, 'search-worker.js') : null;

/** Posting thousands of documents at once would hold the event loop while they are copied. */
const batchSize = 200;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

export const createWorkerEngine = ({ regions, synonyms }: SearchCoreOptions, file: string): SearchEngine => {
  const worker = new Worker(file, { workerData: { regions, synonyms } satisfies SearchCoreOptions });
  const waiting = new Map<number, Waiting>();
  let lastCall = 0;
  let failure: Error | null = null;
  const fail = (reason: Error): void => {
    failure = reason;
    for (const call of waiting.values()) call.reject(reason);
    waiting.clear();
  };
  worker.on('message', (answer: WorkerAnswer) => {
    const call = waiting.get(answer.call);
    waiting.delete(answer.call);
    if (answer.error === undefined) call?.resolve(answer.value);
    else call?.reject(new Error(answer.error));
  });
  worker.on('error', (reason) => fail(reason instanceof Error ? reason : new Error(String(reason))));
  worker.on('exit', () => fail(failure ?? new Error('The search worker has stopped.')));
  // An idle index must not keep a command-line run alive.
  worker.unref();
  const call = <M extends keyof WorkerCall>(method: M, input: WorkerCall[M]['input']): Promise<WorkerCall[M]['output']> => {
    if (failure !== null) return Promise.reject(failure);
    lastCall += 1;
    const number = lastCall;
    worker.ref();
    return new Promise((resolve, reject) => {
      const done = (): void => {
        if (waiting.size === 0) worker.unref();
      };
      waiting.set(number, {
        // The worker answers each method with that method's output.
        resolve: (value) => {
          done();
          resolve(value as WorkerCall[M]['output']);
        },
        reject: (reason) => {
          done();
          reject(reason);
        },
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage({ call: number, method, input });
    });
  };
  return {
    put: async (documents) => {
      for (let start = 0; start < documents.length; start += batchSize) await call('put', documents.slice(start, start + batchSize));
    },
    remove: (ids) => call('remove', ids),
    settle: () => call('settle', null),
    search: (query) => call('search', query),
    size: () => call('size', null),
    close: async () => {
      await worker.terminate();
    },
  };
};
