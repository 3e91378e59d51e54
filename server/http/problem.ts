import { DomainError, type ErrorKind } from '#kernel';
import { KnowledgeError } from '#knowledge-base';
import { isConnectionLoss, isStorageFull } from '#platform';

const statusOf: Readonly<Record<ErrorKind, number>> = {
  unreadable: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  tooLarge: 413,
  invalid: 422,
  preconditionRequired: 428,
  limited: 429,
  unavailable: 503,
};

const titles: Readonly<Record<number, string>> = {
  400: '请求无法读取',
  401: '请先登录',
  403: '没有权限',
  404: '没有找到',
  405: '不支持这种请求方式',
  408: '请求超时',
  409: '与当前状态冲突',
  410: '已失效',
  412: '内容已更新',
  413: '内容过大',
  415: '不支持的内容类型',
  422: '填写有误',
  428: '缺少必要的请求头',
  429: '请求过于频繁',
  431: '请求头过大',
  500: '系统出现意外错误',
  503: '系统暂时不可用',
};

/** RFC 9457; `instance` is the request, `code` is stable, `errors[]` and `unmet[]` say what to mend. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly unknown[];
  readonly unmet?: readonly unknown[];
  readonly [fact: string]: unknown;
}

export interface ProblemAnswer {
  readonly status: number;
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

interface Source {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number | undefined;
}

const fromDomain = (error: DomainError): Source => ({
  status: error.code === 'unsupported-media-type' ? 415 : error.code === 'method-not-allowed' ? 405 : statusOf[error.kind],
  code: error.code,
  detail: error.message,
  extra: {
    ...error.facts,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
    ...(error.unmet.length > 0 || error.kind === 'conflict' ? { unmet: error.unmet } : {}),
  },
  retryAfterSeconds: error.retryAfterSeconds,
});

/** What the file server throws for a path outside its folder, a file that is gone or a part that is not there: its faults carry a 4xx. */
const isFileFault = (error: unknown): boolean => {
  const { statusCode } = (typeof error === 'object' && error !== null ? error : {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
};

const sourceOf = (error: unknown): Source => {
  if (error instanceof DomainError) return fromDomain(error);
  // The knowledge base knows nothing of its host and has an error of the same fields.
  if (error instanceof KnowledgeError) return fromDomain(new DomainError(error));
  // What the router throws when a part of the path cannot be decoded, such as %E0%A4%A.
  if (error instanceof URIError) return { status: 400, code: 'unreadable-address', detail: '地址中有无法识别的字符。' };
  if (isFileFault(error)) return { status: 404, code: 'not-found', detail: '没有找到这个页面或文件。' };
  if (isConnectionLoss(error))
    return { status: 503, code: 'database-unavailable', detail: '系统暂时繁忙，请稍后再试；您填写的内容没有提交。', retryAfterSeconds: 3 };
  if (isStorageFull(error)) return { status: 503, code: 'STORAGE_LOW', detail: '存储空间不足，暂时不能保存；已通知管理员。', retryAfterSeconds: 60 };
  return { status: 500, code: 'unexpected', detail: '系统出现意外错误，请稍后再试；可把下方的请求编号告诉管理员。' };
};

const toAnswer = (source: Source, request: { readonly requestId: string; readonly path: string }): ProblemAnswer => ({
  status: source.status,
  problem: {
    ...source.extra,
    type: `/problems/${source.code}`,
    title: titles[source.status] ?? titles[500] ?? '',
    status: source.status,
    detail: source.detail,
    instance: request.path,
    code: source.code,
    requestId: request.requestId,
  },
  headers: source.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(source.retryAfterSeconds) },
});

export const toProblem = (error: unknown, request: { readonly requestId: string; readonly path: string }): ProblemAnswer => toAnswer(sourceOf(error), request);

const brokenRequests: Readonly<Record<string, Source>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers-too-large', detail: '请求头或地址过长。' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request-too-slow', detail: '请求没有在规定时间内发送完。' },
};

/** For what never became a request, because the parser refused it before any middleware ran. */
export const brokenRequest = (code: string | undefined): ProblemAnswer =>
  toAnswer(brokenRequests[code ?? ''] ?? { status: 400, code: 'unreadable-request', detail: '请求不符合 HTTP 规范，无法读取。' }, { requestId: '', path: '' });
