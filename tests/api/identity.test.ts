import { roleLabels } from '#contracts/vocabulary/roles';
import { demoPassword, startTestSystem, type Person, type TestSystem } from '../support/test-system';

let running: TestSystem;
beforeAll(async () => {
  running = await startTestSystem();
});
afterAll(() => running.close());

const signIn = (body: object) => running.http.post('/api/v1/session').send(body);

describe('POST /session', () => {
  test('gives a cookie that scripts cannot read, a CSRF token and what the shell needs', async () => {
    const answer = await signIn({ username: 'Handler.HRSS', password: demoPassword });
    expect(answer.status).toBe(201);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^huiyin=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toEqual({
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: '2026-10-09T21:00:00.000+08:00',
      staff: {
        id: 'stf-handler-hrss',
        name: '丁晓晨',
        orgId: 'org-lz-hrss',
        orgName: '澜州市人力资源和社会保障局',
        orgPath: '/org-yj/org-lz/org-lz-hrss/',
        regionCode: '930100',
        regionName: '云江省澜州市',
        roles: ['HANDLER'],
        permissions: expect.arrayContaining(['rectification.move', 'subOrder.move']),
      },
    });
    expect(JSON.stringify(answer.body)).not.toContain(answer.headers['set-cookie']?.[0]?.slice(7, 50));
  });

  test.each([
    [{}, 422],
    [{ username: 'agent1' }, 422],
    [{ username: 'agent1', password: 12_345 }, 422],
    [{ username: ['agent1'], password: demoPassword }, 422],
    [{ username: { $ne: null }, password: { $ne: null } }, 422],
    [{ username: 0, password: 0 }, 422],
    [{ username: 'agent1', password: demoPassword, remember: true }, 422],
    [{ username: 'agent1', password: 'x'.repeat(129) }, 422],
    [{ username: 'x'.repeat(81), password: 'y' }, 422],
    [{ username: "' OR '1'='1", password: 'y' }, 401],
    [{ username: '𠮷野家', password: 'y' }, 401],
  ])('%j is answered with %i and no cookie', async (body, status) => {
    const answer = await signIn(body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('known and unknown names cannot be told apart by the answer', async () => {
    const shape = async (username: string) => {
      const { status, body } = await signIn({ username, password: 'wrong-password' });
      const { requestId: _requestId, ...rest } = body as Record<string, unknown>;
      return { status, ...rest };
    };
    expect(await shape('agent3')).toEqual(await shape('nobody-of-this-name'));
  });

  test('after five failures the sixth is told to wait', async () => {
    for (let done = 0; done < 5; done += 1) expect((await signIn({ username: 'agent4', password: 'wrong-password' })).status).toBe(401);
    const answer = await signIn({ username: 'agent4', password: demoPassword });
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('30');
    expect(answer.body).toMatchObject({ code: 'sign-in-delayed' });
  });

  test('a page of another site cannot sign anybody in', async () => {
    const answer = await signIn({ username: 'agent1', password: demoPassword }).set('Origin', 'https://evil.example');
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
  });
});

describe('GET and DELETE /session', () => {
  test('nobody is told to sign in; a signed-in person sees the same as at sign-in', async () => {
    expect((await running.http.get('/api/v1/session')).status).toBe(401);
    expect((await running.http.get('/api/v1/session').set('Cookie', `huiyin=${'x'.repeat(43)}`)).status).toBe(401);
    const agent = await running.as('agent1');
    expect((await agent.get('/session')).body).toMatchObject({ csrfToken: agent.csrf, staff: { id: 'stf-agent1', roles: ['AGENT'] } });
  });

  test('sign-out empties the cookie and refuses the next request', async () => {
    const agent = await running.as('agent1');
    const answer = await agent.delete('/session');
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^huiyin=; .*Max-Age=0$/);
    expect((await agent.get('/session')).status).toBe(401);
    expect((await running.http.delete('/api/v1/session')).status).toBe(204);
  });

  test('signing in again in the same browser ends the session before it', async () => {
    const first = await running.as('agent1');
    expect((await signIn({ username: 'agent2', password: demoPassword }).set('Cookie', first.cookie)).status).toBe(201);
    expect((await first.get('/session')).status).toBe(401);
  });

  test('a write without the CSRF token is refused', async () => {
    const agent = await running.as('agent1');
    const answer = await running.http.delete('/api/v1/session/all').set('Cookie', agent.cookie);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([403, 'csrf-token-invalid']);
    expect((await agent.delete('/session/all')).status).toBe(204);
    expect((await agent.get('/session')).status).toBe(401);
  });
});

describe('人员管理', () => {
  let admin: Person;
  beforeAll(async () => {
    admin = await running.as('admin1');
  });
  const newcomer = { loginName: 'newcomer', name: '新来的', orgId: 'org-lz-hrss', workNo: '0999', roles: ['HANDLER'], password: 'Correct-horse-7' };

  test('from creation over roles to disabling, each felt at once', async () => {
    const made = await admin.post('/staff', newcomer);
    expect([made.status, made.headers['etag']]).toEqual([201, '"1"']);
    expect(made.body).toEqual({
      id: expect.any(String),
      loginName: 'newcomer',
      name: '新来的',
      orgId: 'org-lz-hrss',
      orgName: '市人社局',
      workNo: '0999',
      active: true,
      roles: ['HANDLER'],
      version: 1,
    });
    const { id } = made.body as { id: string };
    const session = await signIn({ username: 'newcomer', password: newcomer.password });
    const cookie = session.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const stillIn = async (): Promise<number> => (await running.http.get('/api/v1/session').set('Cookie', cookie)).status;
    expect(await stillIn()).toBe(200);
    expect((await admin.put(`/staff/${id}/roles`, { roles: ['ORG_APPROVER'] })).status).toBe(428);
    const changed = await admin.put(`/staff/${id}/roles`, { roles: ['ORG_APPROVER'] }).set('If-Match', '"1"');
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"2"']);
    expect(await stillIn()).toBe(401);
    const late = await admin.post(`/staff/${id}/disable`).set('If-Match', '"1"');
    expect([late.status, late.body]).toEqual([412, expect.objectContaining({ code: 'stale-version', currentVersion: 2 })]);
    expect((await admin.post(`/staff/${id}/disable`).set('If-Match', '"2"')).status).toBe(200);
    expect((await signIn({ username: 'newcomer', password: newcomer.password })).status).toBe(401);
  });

  test('the same Idempotency-Key makes one person and gives one answer', async () => {
    const person = { ...newcomer, loginName: 'twice', workNo: '0998' };
    const first = await admin.post('/staff', person).set('Idempotency-Key', 'create-twice');
    const second = await admin.post('/staff', person).set('Idempotency-Key', 'create-twice');
    expect([second.status, second.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(second.body).toEqual(first.body);
    expect((await admin.post('/staff', person).set('Idempotency-Key', 'another')).status).toBe(409);
  });

  test.each([
    [{ ...newcomer, loginName: 'Bad Name' }, 422],
    [{ ...newcomer, roles: ['EMPEROR'] }, 422],
    [{ ...newcomer, roles: [] }, 422],
    [{ ...newcomer, roles: ['AUDITOR', 'ADMIN'] }, 422],
    [{ ...newcomer, password: 'weak' }, 422],
    [{ ...newcomer, passwordHash: 'x' }, 422],
    [{ ...newcomer, active: true }, 422],
    [{ ...newcomer, orgId: '../etc' }, 422],
    [{ ...newcomer, orgId: 'org-nowhere' }, 404],
    [{ ...newcomer, loginName: 'agent1' }, 409],
  ])('%j is refused with %i', async (body, status) => {
    const answer = await admin.post('/staff', body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain(newcomer.password);
  });

  test('lists never hold password hashes', async () => {
    const { status, text } = await admin.get('/staff?limit=200&all=1');
    expect(status).toBe(200);
    expect(text).not.toMatch(/argon2|password/i);
  });

  test.each(['agent1', 'dispatcher1', 'handler.hrss', 'manager1', 'auditor1', 'kbeditor1'])('%s administers nobody', async (loginName) => {
    const person = await running.as(loginName);
    for (const answer of [
      await person.post('/staff', newcomer),
      await person.put('/staff/stf-agent2/roles', { roles: ['ADMIN'] }).set('If-Match', '"1"'),
      await person.post('/staff/stf-agent2/disable').set('If-Match', '"1"'),
      await person.put('/staff/stf-agent2/password', { password: 'Correct-horse-7' }).set('If-Match', '"1"'),
      await person.delete('/staff/stf-agent2/sessions'),
      await person.post('/organizations', { parentId: null, name: '某局', regionCode: '930100', kind: 'STREET' }),
      await person.post('/organizations/org-lz-hrss/move', { parentId: null }).set('If-Match', '"1"'),
      await person.post('/api-clients', { name: '对端', scopes: ['ratings:write'] }),
      await person.get('/api-clients'),
    ]) {
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([403, 'forbidden']);
    }
  });

  test('people outside the own scope are as absent as people who do not exist', async () => {
    const handler = await running.as('handler.hrss');
    const hidden = await handler.get('/staff/stf-handler-police');
    const absent = await handler.get('/staff/stf-nobody');
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect((hidden.body as { detail: string }).detail).toBe((absent.body as { detail: string }).detail);
    expect((await handler.get('/staff/stf-handler2-hrss')).status).toBe(200);
  });
});

describe('单位、区划与接口账号', () => {
  let admin: Person;
  beforeAll(async () => {
    admin = await running.as('admin1');
  });

  test('units are listed in tree order and read one by one, by staff and by keys with the scope', async () => {
    const agent = await running.as('agent1');
    const page = await agent.get('/organizations?under=org-lz-nrp');
    expect((page.body as { items: { id: string }[] }).items.map((unit) => unit.id)).toEqual(['org-lz-nrp', 'org-lz-realty']);
    expect((await agent.get('/organizations/org-lz-hrss')).body).toMatchObject({ regionName: '云江省澜州市', deptCode: '11930100MB2000039A', version: 1 });
    expect((await (await running.asClient('organizations:read')).get('/organizations')).status).toBe(200);
    expect((await (await running.asClient('ratings:write')).get('/organizations')).status).toBe(403);
    expect((await running.http.get('/api/v1/organizations')).status).toBe(401);
  });

  test('create, change, move, abolish', async () => {
    const made = await admin.post('/organizations', { parentId: 'org-lz', name: '澜州市水务局', regionCode: '930100', kind: 'GOVERNMENT_DEPARTMENT' });
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };
    expect((await admin.patch(`/organizations/${id}`, { shortName: '市水务局' }).set('If-Match', '1')).body).toMatchObject({
      shortName: '市水务局',
      version: 2,
    });
    expect((await admin.post(`/organizations/${id}/move`, { parentId: 'org-yj' }).set('If-Match', '2')).body).toMatchObject({ path: `/org-yj/${id}/` });
    expect((await admin.post(`/organizations/${id}/move`, { parentId: id }).set('If-Match', '3')).status).toBe(422);
    expect((await admin.post(`/organizations/${id}/deactivate`, { successorId: 'org-lz-urban' }).set('If-Match', '3')).body).toMatchObject({
      active: false,
      successorId: 'org-lz-urban',
    });
    expect((await admin.post(`/organizations/${id}/deactivate`, { successorId: 'org-lz-urban' }).set('If-Match', '4')).status).toBe(409);
  });

  test('regions are open to citizens', async () => {
    const { body } = await running.http.get('/api/v1/regions?parent=930100');
    expect((body as { items: object[] }).items[0]).toEqual({ code: '930102', name: '东湖区', parent: '930100', level: 'county', areaCode: null, demo: true });
    expect((await running.http.get('/api/v1/regions?parent=x')).status).toBe(422);
  });

  test('a key is shown once, works, and is refused after revocation', async () => {
    const made = await admin.post('/api-clients', { name: '政务服务平台', scopes: ['organizations:read'] });
    expect(made.status).toBe(201);
    const { id, key } = made.body as { id: string; key: string };
    const use = async (): Promise<number> => (await running.http.get('/api/v1/organizations').set('Authorization', `Bearer ${key}`)).status;
    expect(await use()).toBe(200);
    const listed = await admin.get('/api-clients');
    expect(listed.text).toContain(id);
    expect(listed.text).not.toContain(key);
    expect((await admin.post(`/api-clients/${id}/revoke`).set('If-Match', '1')).status).toBe(200);
    expect(await use()).toBe(401);
    const stored = await running.system.database.sequelize.query('SELECT * FROM idempotency');
    expect(JSON.stringify(stored)).not.toContain(key);
  });

  test('every role signs in and is shown the permissions of its own', async () => {
    const logins = [
      'agent1',
      'lead1',
      'dispatcher1',
      'handler.hrss',
      'approver.hrss',
      'reviewer1',
      'callback1',
      'supervisor1',
      'appeal1',
      'kbeditor1',
      'kbreviewer1',
      'manager1',
      'auditor1',
      'admin1',
    ];
    const shown: string[] = [];
    for (const login of logins) {
      const { body } = await (await running.as(login)).get('/session');
      const { staff } = body as { staff: { roles: string[]; permissions: string[] } };
      shown.push(...staff.roles);
      expect(staff.permissions.length).toBeGreaterThan(0);
    }
    expect(shown.sort()).toEqual(Object.keys(roleLabels).sort());
  });
});
