import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { forbidden } from '#kernel';
import { contextOf } from '../context';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

const equal = (given: string, expected: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Whether the browser says that a page of our own sent this; no Origin header means: not a browser's cross-site request. */
export const originFits = (origin: string | undefined, given: { readonly host: string | undefined; readonly publicUrl: string | undefined }): boolean => {
  if (origin === undefined) return true;
  if (given.publicUrl !== undefined && origin === new URL(given.publicUrl).origin) return true;
  try {
    return given.host !== undefined && new URL(origin).host === given.host;
  } catch {
    return false;
  }
};

/** Writes of signed-in people carry the token of their session, and all writes come from our own pages (security A-7). */
export const guardWrites =
  (publicUrl: string | undefined): RequestHandler =>
  (request: Request, _response, next) => {
    if (safeMethods.has(request.method)) {
      next();
      return;
    }
    const context = contextOf(request);
    if (context.actor.kind !== 'client' && !originFits(request.headers.origin, { host: request.headers.host, publicUrl })) {
      throw forbidden('请求来自其他网站，已拒绝。', 'foreign-origin');
    }
    if (context.csrf !== null && !request.path.endsWith('/session') && !request.path.startsWith('/public/')) {
      const token = request.headers['x-csrf-token'];
      if (typeof token !== 'string' || !equal(token, context.csrf)) throw forbidden('页面已过期，请刷新后重试。', 'csrf-token-invalid');
    }
    next();
  };
