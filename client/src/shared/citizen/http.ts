interface ProblemBody {
  readonly detail?: string;
  readonly title?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly path?: string; readonly message?: string }[];
}

/** Why a request did not succeed, in words for people; `status` 0 when no answer came. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: Readonly<Record<string, string>>;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? '没有办成，请稍后再试。');
    this.name = 'Refusal';
    this.status = status;
    this.code = body.code ?? '';
    this.faults = Object.fromEntries((body.errors ?? []).map((fault) => [(fault.path ?? '').replace(/^\//, ''), fault.message ?? '填写有误']));
  }

  /** Trying again may help; nothing was wrong with what was sent. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const asRefusal = (error: unknown): Refusal => (error instanceof Refusal ? error : new Refusal(-1, { detail: '页面出了意外，请刷新后再试。' }));

export interface Ask {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly token?: string;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

const timeoutMs = 10_000;

const addressOf = (path: string, query: Ask['query']): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
};

const headersOf = ({ body, token, idempotencyKey }: Ask): Record<string, string> => ({
  Accept: 'application/json',
  ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
});

const send = async (method: string, path: string, ask: Ask): Promise<Response> => {
  const given = ask.signal === undefined ? [] : [ask.signal];
  try {
    return await fetch(addressOf(path, ask.query), {
      method,
      credentials: 'same-origin',
      headers: headersOf(ask),
      body: ask.body === undefined ? null : JSON.stringify(ask.body),
      signal: AbortSignal.any([...given, AbortSignal.timeout(timeoutMs)]),
    });
  } catch (error) {
    if (ask.signal?.aborted === true) throw error;
    throw new Refusal(0, { detail: navigator.onLine ? '暂时连不上，您写的还在，可以再试一次。' : '手机或电脑没有联网，您写的还在，连上后再试。' });
  }
};

const call = async <T>(method: string, path: string, ask: Ask): Promise<T> => {
  const response = await send(method, path, ask);
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, body as ProblemBody);
  return body as T;
};

/** Paths are below /api/v1; answers have the shapes of the contracts. */
export const http = {
  get: <T>(path: string, ask: Ask = {}): Promise<T> => call<T>('GET', path, ask),
  post: <T>(path: string, ask: Ask = {}): Promise<T> => call<T>('POST', path, ask),
  put: <T>(path: string, ask: Ask = {}): Promise<T> => call<T>('PUT', path, ask),
};

/** Random text for keys: 128 bits, also where crypto.randomUUID is absent (plain HTTP in a town hall). */
export const randomKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
