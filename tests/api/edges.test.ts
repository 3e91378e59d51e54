import { startTestSystem, type Person, type TestSystem } from '../support/test-system';

let running: TestSystem;
let agent: Person;

beforeAll(async () => {
  running = await startTestSystem();
  agent = await running.as('agent1');
});
afterAll(() => running.close());

const problem = (code: string) =>
  expect.objectContaining({
    code,
    type: `/problems/${code}`,
    requestId: expect.any(String),
    title: expect.stringMatching(/[\u4e00-\u9fff]/),
    detail: expect.stringMatching(/[\u4e00-\u9fff]/),
  });

describe('security B-1 … B-4: every refusal is a problem in Chinese, and nothing crashes', () => {
  test.each([
    ['unknown path', 'get', '/api/v1/nothing', 404, 'not-found'],
    ['unknown page', 'get', '/no-such-page', 404, 'not-found'],
    ['wrong method', 'delete', '/api/v1/facts', 405, 'method-not-allowed'],
    ['not signed in', 'get', '/api/v1/facts?room=hotline&after=0', 401, 'sign-in-required'],
  ] as const)('%s', async (_name, method, path, status, code) => {
    const answer = await running.http[method](path);
    expect(answer.status).toBe(status);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toEqual(problem(code));
  });

  test.each([
    ['unreadable JSON', '{"username":', 400, 'unreadable-json', 'application/json'],
    ['duplicate key', '{"username":"a","username":"b","password":"c"}', 400, 'unreadable-json', 'application/json'],
    ['prototype', '{"username":"a","password":"c","__proto__":{"x":1}}', 400, 'unreadable-json', 'application/json'],
    ['wrong content type', 'username=a', 415, 'unsupported-media-type', 'text/plain'],
    ['unknown field', '{"username":"a","password":"c","admin":true}', 422, 'invalid-input', 'application/json'],
    ['object for a string', '{"username":{"$ne":""},"password":"c"}', 422, 'invalid-input', 'application/json'],
    ['zero for a string', '{"username":0,"password":"c"}', 422, 'invalid-input', 'application/json'],
    ['array body', '[]', 422, 'invalid-input', 'application/json'],
  ])('%s', async (_name, body, status, code, type) => {
    const answer = await running.http.post('/api/v1/session').set('Content-Type', type).send(body);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code]);
  });

  test('text that is not UTF-8 is refused', async () => {
    const answer = await fetch(`${running.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from([0x22, 0xff, 0x22]),
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'unreadable-text']);
  });

  test('a body over the limit is refused with 413', async () => {
    const answer = await running.http.post('/api/v1/session').send({ username: 'a'.repeat(80 * 1024), password: 'x' });
    expect(answer.status).toBe(413);
  });

  test('a write without the CSRF token, or from a foreign page, is refused', async () => {
    const bare = await running.http.post('/api/v1/agent/state').set('Cookie', agent.cookie).send({});
    expect((bare.body as { code: string }).code).toBe('csrf-token-invalid');
    const foreign = await running.http
      .post('/api/v1/agent/state')
      .set('Cookie', agent.cookie)
      .set('X-CSRF-Token', agent.csrf)
      .set('Origin', 'https://evil.example')
      .send({});
    expect((foreign.body as { code: string }).code).toBe('foreign-origin');
  });

  test('answers carry the headers of security X-10 and never the name of the framework', async () => {
    const answer = await running.http.get('/healthz');
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });

  test('health, readiness and metrics answer without personal data', async () => {
    expect((await running.http.get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await running.http.get('/readyz')).body).toMatchObject({ ready: true, database: 'up', migrations: 'done', redis: 'off' });
    expect((await running.http.get('/metrics')).text).toContain('huiyin_http_request_seconds');
  });
});

describe('security T-3: the OpenAPI document holds every operation', () => {
  test('each mounted endpoint is there with its roles, and each body schema is closed', async () => {
    const { body } = await running.http.get('/api/v1/openapi.json');
    const document = body as {
      openapi: string;
      paths: Record<
        string,
        Record<string, { operationId: string; 'x-roles': string[]; requestBody?: { content: Record<string, { schema: { additionalProperties?: boolean } }> } }>
      >;
    };
    expect(document.openapi).toBe('3.1.0');
    const documented = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(documented.map((operation) => operation.operationId).sort()).toEqual(running.serving.http.endpoints.map((endpoint) => endpoint.id).sort());
    for (const operation of documented) {
      expect([operation.operationId, operation['x-roles'].length > 0]).toEqual([operation.operationId, true]);
      const schema = operation.requestBody?.content['application/json']?.schema;
      if (schema !== undefined) expect([operation.operationId, schema.additionalProperties]).toEqual([operation.operationId, false]);
    }
  });

  test('the readable page lists the operations without script', async () => {
    const { text } = await running.http.get('/api/docs');
    expect(text).toContain('/api/v1/facts');
    expect(text).not.toContain('<script');
  });
});
