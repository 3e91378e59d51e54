import type { Endpoint } from '../../server/http/endpoint';
import { demoStaff, rolesWith } from '#identity';
import { type Role, roles } from '#contracts/vocabulary/roles';
import { clientScopes } from '#contracts/vocabulary/client-scopes';
import { type Person, startTestSystem, type TestSystem } from '../support/test-system';

let running: TestSystem;
let endpoints: readonly Endpoint[];
const people = new Map<Role, Person>();

/** Ends the very session that asks; asked last, each with a session of its own. */
const endsSession = new Set(['session.delete', 'session.deleteAll']);

const loginOf = (role: Role): string => demoStaff.find((person) => person.roles.length === 1 && person.roles[0] === role)?.loginName ?? '';

beforeAll(async () => {
  running = await startTestSystem();
  ({ endpoints } = running.serving.http);
  for (const role of roles) people.set(role, await running.as(loginOf(role)));
}, 60_000);
afterAll(() => running.close());

const pathOf = (endpoint: Endpoint): string => endpoint.path.replaceAll(':year', '2026').replaceAll(':clock', 'handle').replaceAll(/:\w+/g, 'no-such-thing');

interface Outcome {
  readonly status: number;
  readonly code: string;
}

const ask = async (endpoint: Endpoint, headers: Readonly<Record<string, string>>): Promise<Outcome> => {
  const answer = await running.http[endpoint.method](`/api/v1${pathOf(endpoint)}`)
    .set(headers)
    .send(endpoint.method === 'get' ? undefined : {});
  return { status: answer.status, code: String((answer.body as { code?: unknown }).code ?? '') };
};

const headersOf = (person: Person): Record<string, string> => ({ Cookie: person.cookie, 'X-CSRF-Token': person.csrf, 'Idempotency-Key': 'access-table' });

const declaredFor = (endpoint: Endpoint, role: Role): boolean => {
  const { access } = endpoint;
  if (access === 'public' || access === 'signedIn') return true;
  return access.permission !== undefined && rolesWith(access.permission).includes(role);
};

/** Let in means: refused at the most for what was asked, not for who asked. */
const isLetIn = ({ status }: Outcome): boolean => status !== 401 && status !== 403;

const table = () => endpoints.filter((endpoint) => !endsSession.has(endpoint.id));

describe('security A-1: every operation × every role gets the declared outcome', () => {
  test('nobody: 401 wherever the operation is not public', async () => {
    for (const endpoint of endpoints.filter((entry) => entry.access !== 'public')) {
      expect([endpoint.id, await ask(endpoint, {})]).toEqual([endpoint.id, { status: 401, code: 'sign-in-required' }]);
    }
  }, 60_000);

  test.each(roles)(
    '%s',
    async (role) => {
      const person = people.get(role);
      if (person === undefined) throw new Error(`nobody is only ${role}`);
      for (const endpoint of table()) {
        const outcome = await ask(endpoint, headersOf(person));
        const isPublic = endpoint.access === 'public';
        if (!declaredFor(endpoint, role)) expect([endpoint.id, outcome]).toEqual([endpoint.id, { status: 403, code: 'forbidden' }]);
        else if (!isPublic) expect([endpoint.id, isLetIn(outcome), outcome]).toEqual([endpoint.id, true, outcome]);
      }
    },
    60_000,
  );

  test('a system without the scope is refused, with each scope only where it is declared', async () => {
    for (const scope of clientScopes) {
      const { key } = await running.asClient(scope);
      for (const endpoint of table().filter((entry) => entry.access !== 'public')) {
        const { access } = endpoint;
        const isDeclared = typeof access === 'object' && access.scopes?.includes(scope) === true;
        const outcome = await ask(endpoint, { Authorization: `Bearer ${key}`, 'Idempotency-Key': 'access-table' });
        expect([scope, endpoint.id, isLetIn(outcome), outcome]).toEqual([scope, endpoint.id, isDeclared, outcome]);
      }
    }
  }, 120_000);

  test('a revoked, a made-up and an empty key are nobody', async () => {
    for (const authorization of ['Bearer hy_0000000000000000000000000000', 'Bearer hy_', 'Bearer ', 'Basic YWRtaW46YWRtaW4=', 'Bearer null']) {
      const answer = await running.http.get('/api/v1/tickets').set('Authorization', authorization);
      expect([authorization, answer.status]).toEqual([authorization, 401]);
    }
  });

  test('every operation declares who may call it, and none of the readers of system logs may work on cases (A-10)', () => {
    for (const endpoint of endpoints) {
      expect([
        endpoint.id,
        endpoint.access === 'public' || endpoint.access === 'signedIn' || (endpoint.access.permission ?? endpoint.access.scopes) !== undefined,
      ]).toEqual([endpoint.id, true]);
      const isCase = /^\/(?:tickets|sub-orders|rectifications|ratings|conversations|calls|callback-tasks|callers)/.test(endpoint.path);
      if (isCase)
        for (const role of ['ADMIN', 'AUDITOR', 'MANAGER', 'KB_EDITOR', 'KB_REVIEWER'] as const)
          expect([endpoint.id, role, declaredFor(endpoint, role)]).toEqual([endpoint.id, role, false]);
    }
  });

  test('who signed out is nobody at once, everywhere', async () => {
    const leaving = await running.as('agent2');
    expect((await leaving.delete('/session')).status).toBe(204);
    for (const endpoint of endpoints.filter((entry) => entry.access !== 'public')) {
      expect([endpoint.id, (await ask(endpoint, headersOf(leaving))).status]).toEqual([endpoint.id, 401]);
    }
  }, 60_000);

  test('a write without the token of the session is refused for every operation (A-7)', async () => {
    const { cookie } = people.get('ADMIN') ?? (await running.as('admin1'));
    const writes = table().filter((entry) => entry.method !== 'get' && !entry.path.startsWith('/public/') && entry.path !== '/session');
    for (const endpoint of writes) {
      expect([endpoint.id, await ask(endpoint, { Cookie: cookie })]).toEqual([endpoint.id, { status: 403, code: 'csrf-token-invalid' }]);
    }
  }, 60_000);
});
