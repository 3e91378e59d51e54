import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from '#platform';
import type { Metrics } from '../../metrics';
import { contextOf, setContext } from '../context';

/** First of all: an id for the request, and one log line with allowed fields when it ends. */
export const openContext =
  (deps: { readonly logger: Logger; readonly metrics: Metrics }): RequestHandler =>
  (request, response, next) => {
    const address = request.ip ?? request.socket.remoteAddress ?? 'unknown';
    setContext(request, {
      requestId: randomBytes(9).toString('base64url'),
      startedAt: performance.now(),
      address,
      actor: { kind: 'citizen', id: 'anonymous', address },
      askedMs: 0,
      refused: null,
      csrf: null,
      sessionToken: null,
      bearer: null,
      route: 'unmatched',
      code: '',
    });
    const context = contextOf(request);
    response.setHeader('X-Request-Id', context.requestId);
    response.on('finish', () => {
      const durationMs = Math.round(performance.now() - context.startedAt);
      deps.metrics.observeRequest({ route: context.route, method: request.method, status: response.statusCode, seconds: durationMs / 1000 });
      if (context.route === 'static' || context.route === 'healthz') return;
      deps.logger.info({
        event: 'http.request',
        requestId: context.requestId,
        method: request.method,
        route: context.route,
        status: response.statusCode,
        durationMs,
        actorKind: context.actor.kind,
        actorId: context.actor.id,
        ...(context.code === '' ? {} : { code: context.code }),
      });
    });
    next();
  };
