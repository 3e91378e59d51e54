import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { missing } from '#kernel';
import type { System } from '../composition/system';
import { contextOf } from './context';
import { apiDocsPage } from './docs-page';
import type { Endpoint } from './endpoint';
import { authenticate } from './middleware/authenticate';
import { guardWrites } from './middleware/guard-writes';
import { handleErrors } from './middleware/handle-errors';
import { limitPublicRate } from './middleware/limit-rate';
import { openContext } from './middleware/open-context';
import { mountEndpoints } from './mount';
import { openApiDocument } from './openapi';
import { allEndpoints } from './routes';

const staffPages = [
  '/console',
  '/desk',
  '/dispatch',
  '/review',
  '/callback',
  '/manage',
  '/supervise',
  '/wallboard',
  '/admin',
  '/sign-in',
  '/knowledge',
  '/tickets',
  '/rectifications',
];

/** Where Vite puts the pages: dist/client, whether this file runs from dist/server/http or from the sources. */
const clientFolder = (): string => {
  const fromBuild = join(__dirname, '..', '..', 'client');
  return existsSync(join(fromBuild, 'assets')) ? fromBuild : join(__dirname, '..', '..', 'dist', 'client');
};

const securityHeaders = () =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Element Plus positions its pop-ups with inline style attributes; no inline <style> or script is allowed.
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 15_552_000 },
  });

const mountHealth = (app: Express, system: System): void => {
  app.get('/healthz', (request: Request, response: Response) => {
    contextOf(request).route = 'healthz';
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (request: Request, response: Response) => {
    contextOf(request).route = 'healthz';
    const report = await system.readiness();
    response.status(report.ready ? 200 : 503).json(report);
  });
  app.get('/metrics', async (request: Request, response: Response) => {
    contextOf(request).route = 'healthz';
    response.type(system.metrics.contentType).send(await system.metrics.text());
  });
};

const mountPages = (app: Express): void => {
  const folder = clientFolder();
  const page = (file: string) => (request: Request, response: Response) => {
    contextOf(request).route = 'static';
    response.setHeader('Cache-Control', 'no-cache');
    if (request.query['elder'] !== '1') {
      response.sendFile(join(folder, file));
      return;
    }
    // The large type of the elder mode from the first paint on, by the link alone (ui reference: the switch is the server's).
    response.type('html').send(readFileSync(join(folder, file), 'utf8').replace('<html ', '<html class="elder" '));
  };
  app.use('/assets', (request, _response, next) => {
    contextOf(request).route = 'static';
    next();
  });
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '365d', fallthrough: false }));
  for (const path of staffPages) app.get([path, `${path}/*splat`], page('console.html'));
  app.get('/progress', page('progress.html'));
  app.get('/', page('index.html'));
  app.use(express.static(folder, { index: false, maxAge: '1h' }));
};

export interface Http {
  readonly app: Express;
  readonly endpoints: readonly Endpoint[];
}

/** The whole HTTP side in one column, in the order in which a request meets it. */
export const createHttp = (system: System): Http => {
  const app = express();
  const endpoints = allEndpoints(system);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', system.config.trustedProxies);
  app.set('query parser', 'simple');
  app.use(openContext({ logger: system.logger, metrics: system.metrics }));
  app.use(securityHeaders());
  mountHealth(app, system);
  app.get('/api/v1/openapi.json', (request, response) => {
    contextOf(request).route = 'openapi';
    response.json(openApiDocument(endpoints, '/api/v1'));
  });
  app.get('/api/docs', (request, response) => {
    contextOf(request).route = 'docs';
    response.type('html').send(apiDocsPage(endpoints));
  });
  app.use('/api/v1', authenticate({ identity: system.identity, secureCookies: system.secureCookies }));
  app.use('/api/v1', limitPublicRate(system.config.publicRateLimit));
  app.use('/api/v1', guardWrites(system.config.publicUrl));
  app.use(
    '/api/v1',
    mountEndpoints(endpoints, { database: system.database, crypto: system.crypto, policy: system.identity.policy, secureCookies: system.secureCookies }),
  );
  app.use('/api', () => {
    throw missing('resource');
  });
  if (system.config.role !== 'worker') mountPages(app);
  app.use(() => {
    throw missing('resource');
  });
  app.use(handleErrors(system.logger));
  return { app, endpoints };
};
