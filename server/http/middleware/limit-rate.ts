import type { RequestHandler } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DomainError } from '#kernel';
import { contextOf } from '../context';

/** Citizens' requests per minute and address (security F-12); staff and systems are known and not limited here. */
export const limitPublicRate = (perMinute: number): RequestHandler => {
  const limiter = new RateLimiterMemory({ points: Math.max(1, perMinute), duration: 60 });
  return async (request, _response, next) => {
    const { actor, address, refused } = contextOf(request);
    if (perMinute > 0 && actor.kind === 'citizen') {
      try {
        await limiter.consume(address);
      } catch {
        throw new DomainError({ kind: 'limited', code: 'too-many-requests', message: '操作过于频繁，请一分钟后再试。', retryAfterSeconds: 60 });
      }
    }
    if (refused !== null) throw refused;
    next();
  };
};
