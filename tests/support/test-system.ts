import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { compose, type System } from '../../server/composition';
import { readConfig } from '../../server/config';
import { serve, type Serving } from '../../server/serve';
import { prepare } from '../../server/prepare';
import { silentLogger } from '#platform';
import { createFakeClock, type FakeClock } from './fake-clock';
import { emptySchema, holdWithoutFlush } from './temporary-database';

/** A signed-in person: requests with their cookie and CSRF token. */
export interface Person {
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
  patch(path: string, body?: object): supertest.Test;
  put(path: string, body?: object): supertest.Test;
  delete(path: string): supertest.Test;
  readonly cookie: string;
  readonly csrf: string;
}

export interface TestSystem {
  readonly system: System;
  readonly clock: FakeClock;
  readonly serving: Serving;
  readonly url: string;
  /** Nobody: requests without a session. */
  readonly http: ReturnType<typeof supertest>;
  /** Signs in a person of the demonstration province, such as `agent1`. */
  as(loginName: string): Promise<Person>;
  /** A system with a fresh key of the given scopes. */
  asClient(...scopes: string[]): Promise<{ readonly key: string; post(path: string, body: object): supertest.Test; get(path: string): supertest.Test }>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const demoPassword = 'huiyin-demo-2026';

const apiPath = (path: string): string => `/api/v1${path}`;

/** The real system on a free port with a fake clock, seeded with the demonstration people; a file of its own for each caller. */
export const startTestSystem = async (options: { readonly now?: string; readonly environment?: Record<string, string> } = {}): Promise<TestSystem> => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-system-'));
  const clock = createFakeClock(options.now ?? '2026-10-09T01:00:00.000Z');
  const databaseUrl = process.env['TEST_DATABASE_URL'];
  const environment = {
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    DEMO: '1',
    PUBLIC_RATE_LIMIT: '0',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...options.environment,
  };
  const system = compose(readConfig(environment), { clock, logger: silentLogger });
  if (databaseUrl !== undefined) await emptySchema(system.database);
  await prepare(system, { people: true });
  const flushAgain = await holdWithoutFlush(system.database);
  const serving = await serve(system);
  const http = supertest(serving.url);
  let keys = 0;

  const as = async (loginName: string): Promise<Person> => {
    const answer = await http.post(apiPath('/session')).send({ username: loginName, password: demoPassword });
    if (answer.status >= 300) throw new Error(`sign-in of ${loginName}: ${answer.status} ${JSON.stringify(answer.body)}`);
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const csrf = String((answer.body as { csrfToken: string }).csrfToken);
    const dressed = (test: supertest.Test): supertest.Test => {
      keys += 1;
      return test.set('Cookie', cookie).set('X-CSRF-Token', csrf).set('Idempotency-Key', `test-${keys}`);
    };
    return {
      cookie,
      csrf,
      get: (path) => dressed(http.get(apiPath(path))),
      post: (path, body) => dressed(http.post(apiPath(path))).send(body ?? {}),
      patch: (path, body) => dressed(http.patch(apiPath(path))).send(body ?? {}),
      put: (path, body) => dressed(http.put(apiPath(path))).send(body ?? {}),
      delete: (path) => dressed(http.delete(apiPath(path))),
    };
  };

  return {
    system,
    clock,
    serving,
    url: serving.url,
    http,
    as,
    asClient: async (...scopes) => {
      const { key } = await system.identity.apiClients.create({ name: `test ${scopes.join(' ')}`, scopes }, { kind: 'system', id: 'SYSTEM' });
      return {
        key,
        post: (path, body) => http.post(apiPath(path)).set('Authorization', `Bearer ${key}`).send(body),
        get: (path) => http.get(apiPath(path)).set('Authorization', `Bearer ${key}`),
      };
    },
    settle: () => system.settle(),
    close: async () => {
      await flushAgain();
      await serving.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
