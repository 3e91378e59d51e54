import { inject, type InjectionKey } from 'vue';
import { newKey } from './keys';
import { noAnswer, toProblem } from './problem';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface CallOptions {
  readonly query?: Query;
  readonly body?: unknown;
  /** The version that the person saw. */
  readonly ifMatch?: number;
  /** `true` makes a new key; pass a key of your own to repeat a request that got no answer. */
  readonly idempotencyKey?: string | true;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Paths are below /api/v1. Answers are typed by the contract the caller names; the server validates both directions. */
export interface Api {
  get<T>(path: string, options?: CallOptions): Promise<T>;
  post<T>(path: string, options?: CallOptions): Promise<T>;
  put<T>(path: string, options?: CallOptions): Promise<T>;
  patch<T>(path: string, options?: CallOptions): Promise<T>;
  remove<T>(path: string, options?: CallOptions): Promise<T>;
  /** Multipart, for evidence and attachments. */
  upload<T>(path: string, form: FormData, options?: CallOptions): Promise<T>;
}

export interface ApiDeps {
  readonly fetch: typeof fetch;
  readonly csrfToken: () => string | null;
  /** The session is over; the page stays as it is, with everything typed in it. */
  readonly onSignedOut: () => void;
  /** Every answer tells the server's clock; screens count deadlines by it. */
  readonly onServerTime?: (at: number) => void;
}

const DEFAULT_TIMEOUT_MS = 10_000;

const addressOf = (path: string, query: Query | undefined): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  const text = params.toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
};

const headersOf = (method: string, options: CallOptions, csrf: string | null): Headers => {
  const headers = new Headers({ Accept: 'application/json' });
  if (options.body !== undefined && !(options.body instanceof FormData)) headers.set('Content-Type', 'application/json');
  if (method !== 'GET' && csrf !== null) headers.set('X-CSRF-Token', csrf);
  if (options.ifMatch !== undefined) headers.set('If-Match', `"${options.ifMatch}"`);
  if (options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey === true ? newKey() : options.idempotencyKey);
  return headers;
};

const bodyOf = (body: unknown): BodyInit | null => {
  if (body === undefined) return null;
  return body instanceof FormData ? body : JSON.stringify(body);
};

const readJson = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const linked = (given: AbortSignal | undefined, timeoutMs: number) => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort('timeout'), timeoutMs);
  const stop = () => controller.abort('stopped');
  given?.addEventListener('abort', stop, { once: true });
  if (given?.aborted === true) stop();
  const close = () => {
    clearTimeout(timer);
    given?.removeEventListener('abort', stop);
  };
  return { signal: controller.signal, close };
};

export const createApi = (deps: ApiDeps): Api => {
  const call = async <T>(method: string, path: string, options: CallOptions = {}): Promise<T> => {
    const link = linked(options.signal, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    try {
      const response = await deps.fetch(addressOf(path, options.query), {
        method,
        credentials: 'same-origin',
        headers: headersOf(method, options, deps.csrfToken()),
        body: bodyOf(options.body),
        signal: link.signal,
      });
      const serverTime = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(serverTime)) deps.onServerTime?.(serverTime);
      const body = await readJson(response);
      if (response.ok) return body as T;
      // A wrong password is the answer to a sign-in, not the end of a session.
      if (response.status === 401 && path !== '/session') deps.onSignedOut();
      throw toProblem(response.status, body);
    } catch (error) {
      if (error instanceof Error && error.name === 'ApiProblem') throw error;
      // The caller took the question back: nobody waits for a sentence.
      if (options.signal?.aborted === true) throw error;
      throw noAnswer(link.signal.aborted);
    } finally {
      link.close();
    }
  };
  return {
    get: (path, options) => call('GET', path, options),
    post: (path, options) => call('POST', path, options),
    put: (path, options) => call('PUT', path, options),
    patch: (path, options) => call('PATCH', path, options),
    remove: (path, options) => call('DELETE', path, options),
    upload: (path, form, options) => call('POST', path, { timeoutMs: 120_000, ...options, body: form }),
  };
};

export const apiKey: InjectionKey<Api> = Symbol('api');

export const useApi = (): Api => {
  const api = inject(apiKey);
  if (api === undefined) throw new Error('no api was provided');
  return api;
};
