import { z } from 'zod';

const problemBody = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  code: z.string().optional(),
  requestId: z.string().optional(),
  errors: z
    .array(z.object({ pointer: z.string().optional(), path: z.string().optional(), message: z.string().optional(), detail: z.string().optional() }))
    .optional(),
  unmet: z.array(z.object({ guard: z.string(), message: z.string() })).optional(),
});

export interface FieldFault {
  /** JSON pointer without its first stroke: `content`, `places/from`. */
  readonly field: string;
  readonly message: string;
}

export interface UnmetCondition {
  readonly guard: string;
  readonly message: string;
}

interface ProblemParts {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly faults?: readonly FieldFault[];
  readonly unmet?: readonly UnmetCondition[];
  readonly requestId?: string | undefined;
}

/** A refused or failed request in the server's own words (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly faults: readonly FieldFault[];
  readonly unmet: readonly UnmetCondition[];
  readonly requestId: string | undefined;

  constructor(parts: ProblemParts) {
    super(parts.detail);
    this.name = 'ApiProblem';
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.faults = parts.faults ?? [];
    this.unmet = parts.unmet ?? [];
    this.requestId = parts.requestId;
  }

  /** Somebody else was faster; what was typed here is not lost. */
  get isStale(): boolean {
    return this.status === 412;
  }
  get isMissing(): boolean {
    return this.status === 404 || this.status === 410;
  }
  /** The same request may succeed in a moment: no answer, overload, or a database that is away. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
  /** The sentence for a field, if the server complained about it. */
  faultOf(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field)?.message;
  }
}

const fieldName = (pointer: string): string => pointer.replace(/^#?\//, '').replace(/^body\//, '');

/** Reads a refused answer; what is not problem+json (a proxy's page) still becomes a sentence. */
export const toProblem = (status: number, body: unknown): ApiProblem => {
  const parsed = problemBody.safeParse(body);
  const given = parsed.success ? parsed.data : {};
  return new ApiProblem({
    status,
    code: given.code ?? `http-${status}`,
    title: given.title ?? '没有办成',
    detail: given.detail ?? given.title ?? `服务器没有给出原因（${status}），请稍后再试。`,
    faults: (given.errors ?? []).map((fault) => ({
      field: fieldName(fault.pointer ?? fault.path ?? ''),
      message: fault.message ?? fault.detail ?? '填写有误',
    })),
    unmet: given.unmet ?? [],
    requestId: given.requestId,
  });
};

export const noAnswer = (timedOut: boolean): ApiProblem =>
  new ApiProblem({
    status: 0,
    code: timedOut ? 'timeout' : 'unreachable',
    title: timedOut ? '等待超时' : '连不上服务器',
    detail: timedOut ? '服务器没有及时回答，填写的内容还在，可以重试。' : '暂时连不上服务器，填写的内容还在，可以重试。',
  });

export const isProblem = (error: unknown): error is ApiProblem => error instanceof ApiProblem;

/** Any thrown thing as a problem, so that a screen has one way to show it. */
export const asProblem = (error: unknown): ApiProblem =>
  isProblem(error)
    ? error
    : new ApiProblem({ status: -1, code: 'unexpected', title: '页面出错', detail: error instanceof Error ? error.message : '页面出现意外错误，请刷新。' });
