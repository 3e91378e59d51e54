/** What went wrong, in the words of HTTP: invalid 422, forbidden 403, missing 404, conflict 409, stale 412, gone 410, limited 429, unavailable 503. */
export type ErrorKind =
  | 'unreadable'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'tooLarge'
  | 'invalid'
  | 'preconditionRequired'
  | 'limited'
  | 'unavailable';

export interface FieldProblem {
  /** JSON pointer into the request body, or the name of the query parameter. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface DomainErrorDetails {
  readonly kind: ErrorKind;
  /** Stable and listed in contracts/api/problems.ts, such as `rectification/materials-missing`. */
  readonly code: string;
  /** One Chinese sentence for people; never personal data. */
  readonly message: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldProblem[];
  /** Sentences of the unmet conditions of a refused move. */
  readonly unmet?: readonly { readonly guard: string; readonly message: string }[];
  readonly retryAfterSeconds?: number;
}

/** The one error that crosses a module's door; one middleware turns it into problem+json (security B-1). */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldProblem[];
  readonly unmet: readonly { readonly guard: string; readonly message: string }[];
  readonly retryAfterSeconds: number | undefined;

  constructor(details: DomainErrorDetails) {
    super(details.message);
    this.name = 'DomainError';
    this.kind = details.kind;
    this.code = details.code;
    this.facts = details.facts ?? {};
    this.errors = details.errors ?? [];
    this.unmet = details.unmet ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** Throws; usable as an expression: `found ?? fail(missing('ticket'))`. */
export const fail = (error: DomainError): never => {
  throw error;
};

const things: Readonly<Record<string, string>> = {
  ticket: '工单',
  subOrder: '承办子单',
  rectification: '整改单',
  rating: '评价',
  organization: '单位',
  staff: '人员',
  guide: '办事指南',
  item: '事项',
  conversation: '会话',
  call: '通话',
  callbackTask: '回拨任务',
  attachment: '附件',
  quarantine: '隔离评价',
  apiClient: '接口账号',
  session: '登录',
  resource: '内容',
};

/** 404, for the absent and for the hidden alike (security B-2). */
export const missing = (thing: string): DomainError =>
  new DomainError({ kind: 'missing', code: 'not-found', message: `没有找到这个${things[thing] ?? '内容'}，或您无权查看。` });

/** 412, with the current version and who changed it, so that the screen can keep the typed text (security D-8). */
export const stale = (facts: {
  readonly currentVersion: number;
  readonly changedBy?: string | null;
  readonly changedAt?: string | null;
  readonly state?: string;
}): DomainError =>
  new DomainError({ kind: 'stale', code: 'stale-version', message: '内容已被他人更新，请核对最新内容后再提交；您填写的文字没有丢失。', facts });

export const forbidden = (message = '您的角色不能进行这项操作。', code = 'forbidden'): DomainError => new DomainError({ kind: 'forbidden', code, message });

export const invalid = (message: string, errors: readonly FieldProblem[] = [], code = 'invalid-input'): DomainError =>
  new DomainError({ kind: 'invalid', code, message, errors });
