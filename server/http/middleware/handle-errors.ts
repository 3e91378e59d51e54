import type { ErrorRequestHandler } from 'express';
import type { Logger } from '#platform';
import { contextOf } from '../context';
import { toProblem } from '../problem';

/** Function names and line numbers only: a message could hold parameters of a query (security P-3). */
export const framesOf = (error: unknown): string =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => line.trimStart().startsWith('at '))
        .slice(0, 6)
        .map((line) => line.trim().replace(/\(?\/.*\/(?=[^/]+$)/, '('))
        .join(' < ')
        .slice(0, 290)
    : '';

/** The one place where an error becomes an answer; never logs messages, parameters or causes. */
export const handleErrors =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const context = contextOf(request);
    const { status, problem, headers } = toProblem(error, { requestId: context.requestId, path: request.originalUrl.split('?')[0] ?? '' });
    context.code = problem.code;
    if (status >= 500) {
      const code = (error as { code?: unknown; parent?: { code?: unknown } } | null)?.parent?.code ?? (error as { code?: unknown } | null)?.code;
      logger[status === 500 ? 'error' : 'warn']({
        event: 'http.failed',
        requestId: context.requestId,
        route: context.route,
        errorName: error instanceof Error ? error.name : 'unknown',
        errorCode: typeof code === 'string' ? code : '',
        frames: framesOf(error),
      });
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.status(status).type('application/problem+json').send(JSON.stringify(problem));
  };
