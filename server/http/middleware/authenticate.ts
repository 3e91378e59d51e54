import type { Request, RequestHandler } from 'express';
import type { Identity } from '#identity';
import { DomainError } from '#kernel';
import { contextOf } from '../context';
import { answerDeadlineMs, within } from '../deadline';

export const cookieNames = { secure: '__Host-huiyin', plain: 'huiyin' } as const;

const cookiesOf = (header: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (header ?? '').split(';').flatMap((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const];
    }),
  );

/** The session token of a cookie header; sockets use the same. */
export const sessionTokenOf = (cookieHeader: string | undefined, secure: boolean): string | null =>
  cookiesOf(cookieHeader).get(secure ? cookieNames.secure : cookieNames.plain) ?? null;

export const sessionCookie = (token: string | null, secure: boolean, maxAgeSeconds = 12 * 3600): string =>
  [
    `${secure ? cookieNames.secure : cookieNames.plain}=${token ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    ...(secure ? ['Secure'] : []),
    `Max-Age=${token === null ? 0 : maxAgeSeconds}`,
  ].join('; ');

const bearerOf = (request: Request): string | null => {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const match = /^Bearer ([A-Za-z0-9._~+/=-]{1,400})$/.exec(header);
  return match?.[1] ?? null;
};

const badKey = (): DomainError => new DomainError({ kind: 'unauthenticated', code: 'invalid-api-key', message: '接口密钥无效、已过期或已撤销。' });

/** Finds out who calls: a person by session cookie, a system by its key; a wrong key is refused at once, a stale cookie is nobody. */
export const authenticate =
  (deps: { readonly identity: Identity; readonly secureCookies: boolean }): RequestHandler =>
  async (request, _response, next) => {
    const context = contextOf(request);
    const begun = performance.now();
    context.bearer = bearerOf(request);
    if (context.bearer?.startsWith('hy_') === true) {
      const client = await within(answerDeadlineMs, deps.identity.apiClients.authenticate(context.bearer, context.address));
      if (client === null) context.refused = badKey();
      else context.actor = client;
      context.askedMs = performance.now() - begun;
      next();
      return;
    }
    const token = sessionTokenOf(request.headers.cookie, deps.secureCookies);
    const session = token === null ? null : await within(answerDeadlineMs, deps.identity.sessions.actorOf(token, context.address));
    if (session !== null) {
      context.actor = session.actor;
      context.csrf = session.csrf;
      context.sessionToken = token;
    }
    context.askedMs = performance.now() - begun;
    next();
  };
