import { parentPort, workerData } from 'node:worker_threads';
import { createSearchCore, type SearchCore, type SearchCoreOptions } from './search-core';
import type { WorkerAnswer, WorkerRequest } from './worker-protocol';

const answerTo = (core: SearchCore, request: WorkerRequest): unknown => {
  switch (request.method) {
    case 'put':
      return core.put(request.input);
    case 'remove':
      return core.remove(request.input);
    case 'settle':
      return core.settle();
    case 'search':
      return core.search(request.input);
    case 'size':
      return core.size;
  }
};

// Only the thread that starts this file sets workerData, with these options.
const core = createSearchCore(workerData as SearchCoreOptions);

parentPort?.on('message', (request: WorkerRequest) => {
  let answer: WorkerAnswer;
  try {
    answer = { call: request.call, value: answerTo(core, request) };
  } catch (reason) {
    answer = { call: request.call, error: reason instanceof Error ? reason.message : String(reason) };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answer);
});
