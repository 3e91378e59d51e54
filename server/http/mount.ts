import { type Request, type Response, Router } from 'express';
import type { Policy } from '#identity';
import { DomainError, forbidden } from '#kernel';
import {
  canonical,
  type Database,
  type FieldCrypto,
  findStoredAnswer,
  type IdempotencyContext,
  isUniqueViolation,
  storeAnswer,
  type StoredAnswer,
  withIdempotency,
} from '#platform';
import { contextOf } from './context';
import { answerDeadlineMs, slowDeadlineMs, within } from './deadline';
import type { Answer, Call, Endpoint, UploadedFile } from './endpoint';
import { sessionCookie } from './middleware/authenticate';
import { readJsonBody, readUpload } from './read-body';
import { parseWith } from './validate';

export interface MountDeps {
  readonly database: Database;
  readonly crypto: FieldCrypto;
  readonly policy: Policy;
  readonly secureCookies: boolean;
}

type AnyCall = Call<unknown, unknown, unknown>;

const signInFirst = (): DomainError =>
  new DomainError({ kind: 'unauthenticated', code: 'sign-in-required', message: '请先登录，或登录已过期；您填写的内容没有丢失。' });

/** Role or scope; data scope and state are judged by the use-case with the same policy module (security A-1). */
const checkAccess = (endpoint: Endpoint, call: Pick<AnyCall, 'actor'>, policy: Policy): void => {
  const { access } = endpoint;
  const { actor } = call;
  if (access === 'public') return;
  if (actor.kind === 'citizen') throw signInFirst();
  if (access === 'signedIn') {
    if (actor.kind !== 'staff') throw forbidden();
    return;
  }
  if (actor.kind === 'client') {
    if (access.scopes?.some((scope) => actor.scopes.includes(scope)) !== true) throw forbidden('这个接口账号没有所需的授权范围。', 'scope-missing');
    return;
  }
  if (access.permission === undefined) throw forbidden();
  policy.require(actor, access.permission);
};

const versionOf = (request: Request): number => {
  const header = request.headers['if-match'];
  if (header === undefined)
    throw new DomainError({ kind: 'preconditionRequired', code: 'if-match-required', message: '请带上 If-Match 请求头（所见内容的版本号）。' });
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header);
  if (match?.[1] === undefined) throw new DomainError({ kind: 'unreadable', code: 'if-match-invalid', message: 'If-Match 应为版本号，例如 "3"。' });
  return Number(match[1]);
};

const keyOf = (request: Request): string => {
  const key = request.headers['idempotency-key'];
  if (key === undefined)
    throw new DomainError({
      kind: 'preconditionRequired',
      code: 'idempotency-key-required',
      message: '请带上 Idempotency-Key 请求头，重复提交时才不会重复办理。',
    });
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(key))
    throw new DomainError({ kind: 'unreadable', code: 'idempotency-key-invalid', message: 'Idempotency-Key 应为 1 至 64 个可见字符。' });
  return key;
};

const send = (response: Response, answer: Answer, method: string): void => {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.setHeader('Cache-Control', answer.headers?.['Cache-Control'] ?? 'no-store');
  if (answer.raw !== undefined) {
    response.status(answer.status).type(answer.raw.contentType).send(answer.raw.content);
    return;
  }
  const { body } = answer;
  if (typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number') response.setHeader('ETag', `"${body.version}"`);
  if (body === undefined || method === 'HEAD') response.status(answer.status).end();
  else response.status(answer.status).type('application/json').send(JSON.stringify(body));
};

const conflictingKey = (): DomainError =>
  new DomainError({ kind: 'invalid', code: 'idempotency-key-reused', message: '这个 Idempotency-Key 已用于另一份内容，请换一个。' });

const stillRunning = (): DomainError =>
  new DomainError({ kind: 'conflict', code: 'idempotency-in-progress', message: '相同的请求正在处理，请稍后再试。', retryAfterSeconds: 1 });

/** security D-7: the first answer again, word for word, or made anew from what the key created. */
const repeated = async (endpoint: Endpoint, call: AnyCall, stored: StoredAnswer): Promise<Answer> => {
  const headers = { 'Idempotency-Replayed': 'true' };
  if (stored.answer !== null && stored.status !== null) return { status: stored.status, body: JSON.parse(stored.answer) as unknown, headers };
  if (endpoint.replay === undefined || stored.ref === null) throw stillRunning();
  return { ...(await endpoint.replay(stored.ref, call as Call<never, never, never>)), headers };
};

/** Answers hold receipt codes and names: they are kept sealed (security I-18). */
const opened = (stored: StoredAnswer | null, crypto: FieldCrypto): StoredAnswer | null =>
  stored === null || stored.answer === null ? stored : { ...stored, answer: crypto.open(stored.answer) };

const running = new Set<string>();

const handleOnce = async (endpoint: Endpoint, call: AnyCall, { database, crypto }: MountDeps): Promise<Answer> => {
  const caller = `${call.actor.kind}:${call.actor.id}`.slice(0, 60);
  const context: IdempotencyContext = {
    caller,
    operation: endpoint.id,
    key: keyOf(call.request),
    // Keyed, because a plain hash of a form with one unknown number in it is reversed in minutes (security P-1).
    bodyHash: crypto.hashOf('token', canonical([call.params, call.query, call.body])),
  };
  const mark = `${caller}\n${context.operation}\n${context.key}`;
  const before = opened(await findStoredAnswer(database.sequelize, context), crypto);
  if (before !== null) {
    if (before.bodyHash !== context.bodyHash) throw conflictingKey();
    return repeated(endpoint, call, before);
  }
  if (running.has(mark)) throw stillRunning();
  running.add(mark);
  try {
    const answer = await withIdempotency(context, () => endpoint.handle(call as Call<never, never, never>));
    if (answer.body !== undefined) {
      await database.inTransaction((work) =>
        storeAnswer(database.sequelize, { context, transaction: work.transaction, status: answer.status, answer: crypto.seal(JSON.stringify(answer.body)) }),
      );
    }
    return answer;
  } catch (error) {
    // Another node was faster with the same key: its answer is ours.
    const after = isUniqueViolation(error) ? opened(await findStoredAnswer(database.sequelize, context), crypto) : null;
    if (after === null) throw error;
    if (after.bodyHash !== context.bodyHash) throw conflictingKey();
    return repeated(endpoint, call, after);
  } finally {
    running.delete(mark);
  }
};

const toCall = async (endpoint: Endpoint, request: Request, response: Response, deps: MountDeps): Promise<AnyCall> => {
  const context = contextOf(request);
  checkAccess(endpoint, context, deps.policy);
  const ifMatch = endpoint.ifMatch === true ? versionOf(request) : 0;
  if (endpoint.idempotent === true) keyOf(request);
  const upload = endpoint.upload === undefined ? undefined : await readUpload(request, response, endpoint);
  const files: readonly UploadedFile[] = upload?.files ?? [];
  const raw = upload?.fields ?? (request.method === 'GET' || endpoint.upload !== undefined ? undefined : await readJsonBody(request, endpoint));
  return {
    params: parseWith(endpoint.request?.params, request.params, '地址中的参数'),
    query: parseWith(endpoint.request?.query, { ...request.query }, '查询条件'),
    body: parseWith(endpoint.request?.body, raw ?? {}, '提交的内容'),
    actor: context.actor,
    ifMatch,
    address: context.address,
    bearer: context.bearer,
    file: files[0] ?? null,
    files,
    session: { token: context.sessionToken, cookie: (token, maxAge) => sessionCookie(token, deps.secureCookies, maxAge) },
    request,
  };
};

/** One express route per endpoint, all with the same order of checks: access, headers, body, schema, deed. */
export const mountEndpoints = (endpoints: readonly Endpoint[], deps: MountDeps): Router => {
  const router = Router({ strict: false, caseSensitive: true });
  const methods = new Map<string, Set<string>>();
  for (const endpoint of endpoints) {
    methods.set(endpoint.path, (methods.get(endpoint.path) ?? new Set()).add(endpoint.method.toUpperCase()));
    router[endpoint.method](endpoint.path, async (request: Request, response: Response) => {
      contextOf(request).route = endpoint.id;
      const call = await toCall(endpoint, request, response, deps);
      const run = endpoint.idempotent === true ? handleOnce(endpoint, call, deps) : endpoint.handle(call as Call<never, never, never>);
      send(response, await within(endpoint.slow === true ? slowDeadlineMs : answerDeadlineMs - contextOf(request).askedMs, run), request.method);
    });
  }
  for (const [path, allowed] of methods) {
    router.all(path, (request, response) => {
      contextOf(request).route = path;
      response.setHeader('Allow', [...allowed].join(', '));
      throw new DomainError({ kind: 'invalid', code: 'method-not-allowed', message: '这个地址不支持这种请求方式。' });
    });
  }
  return router;
};
