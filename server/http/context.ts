import type { Request } from 'express';
import type { Actor, DomainError } from '#kernel';

/** What the middleware learns about a request before its endpoint runs. */
export interface RequestContext {
  readonly requestId: string;
  readonly startedAt: number;
  readonly address: string;
  actor: Actor;
  /** Time spent on finding out who asks; the rest of the deadline is for the deed. Reading a slow sender's body does not count. */
  askedMs: number;
  /** A wrong key counts against the public limit before it is refused, so that keys cannot be tried without end. */
  refused: DomainError | null;
  csrf: string | null;
  sessionToken: string | null;
  bearer: string | null;
  route: string;
  code: string;
}

const contexts = new WeakMap<Request, RequestContext>();

export const setContext = (request: Request, context: RequestContext): void => void contexts.set(request, context);

export const contextOf = (request: Request): RequestContext => {
  const context = contexts.get(request);
  if (context === undefined) throw new Error('the request has no context: the first middleware did not run');
  return context;
};
