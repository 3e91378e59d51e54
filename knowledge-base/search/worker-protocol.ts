import type { CoreResult, SearchQuery } from './search-core';
import type { SearchDocument } from './search-document';

/** What the two threads say to each other: one answer for each numbered call. */
export interface WorkerCall {
  readonly put: { readonly input: readonly SearchDocument[]; readonly output: void };
  readonly remove: { readonly input: readonly string[]; readonly output: void };
  readonly settle: { readonly input: null; readonly output: void };
  readonly search: { readonly input: SearchQuery; readonly output: CoreResult };
  readonly size: { readonly input: null; readonly output: number };
}

export type WorkerRequest = {
  readonly [M in keyof WorkerCall]: { readonly call: number; readonly method: M; readonly input: WorkerCall[M]['input'] };
}[keyof WorkerCall];

export interface WorkerAnswer {
  readonly call: number;
  readonly value?: unknown;
  readonly error?: string;
}
