import { creditCheckCharacter, isCreditCode, type SeatedActor } from '#identity';
import { systemActor } from '#kernel';
import { openIdentity, type OpenIdentity } from './open-identity';

let system: OpenIdentity;
let admin: SeatedActor;
beforeAll(async () => {
  system = await openIdentity();
});
beforeEach(async () => {
  await system.reset();
  admin = await system.as('admin1');
});
afterAll(() => system.close());

const bureau = { parentId: 'org-lz', name: '澜州市水务局', regionCode: '930100', kind: 'GOVERNMENT_DEPARTMENT' } as const;

describe('统一社会信用代码', () => {
  // The first is the example of GB 32100-2015, the others the demonstration codes.
  test.each([
    ['91350100M000100Y43', true],
    ['91350100M000100Y44', false],
    ['11930100MB2000039A', true],
    ['11930100MB2000093A', false],
    ['11930100MB2000039a', false],
    ['11930100MB200003I', false],
    ['', false],
  ])('%s is valid: %s', (code, valid) => expect(isCreditCode(code)).toBe(valid));

  test('letters outside the alphabet have no check character', () => expect(creditCheckCharacter('IIIIIIIIIIIIIIIII')).toBeNull());
});

describe('单位', () => {
  test('a new unit hangs below its parent and is found by code', async () => {
    const made = await system.identity.organizations.create({ ...bureau, deptCode: '91350100M000100Y43' }, admin);
    expect(made.path).toBe(`/org-yj/org-lz/${made.id}/`);
    expect(await system.identity.organizations.byDeptCode('91350100M000100Y43')).toEqual(made);
    expect(await system.identity.organizations.pathOf(made.id)).toBe(made.path);
  });

  test.each([
    [{ deptCode: '11930100MB2000039A' }, 'identity/dept-code-taken'],
    [{ deptCode: '91350100M000100Y44' }, 'invalid-input'],
    [{ regionCode: '999999' }, 'invalid-input'],
    [{ parentId: 'org-nowhere' }, 'not-found'],
  ])('%j is refused as %s', async (change, code) => {
    await expect(system.identity.organizations.create({ ...bureau, ...change }, admin)).rejects.toMatchObject({ code });
  });

  test('a move takes the whole subtree along, and what people may see goes with it', async () => {
    const moved = await system.identity.organizations.move({ organizationId: 'org-lz-donghu', version: 1, parentId: 'org-ad' }, admin);
    expect(moved).toMatchObject({ path: '/org-hl/org-ad/org-lz-donghu/', version: 2 });
    expect(await system.identity.organizations.pathOf('org-lz-donghu-hubin')).toBe('/org-hl/org-ad/org-lz-donghu/org-lz-donghu-hubin/');
    expect(await system.identity.organizations.subtreeIds('org-lz')).not.toContain('org-lz-donghu-hubin');
    expect((await system.as('handler.hubin')).orgPath).toBe('/org-hl/org-ad/org-lz-donghu/org-lz-donghu-hubin/');
    expect((await system.news()).at(-1)).toMatchObject({
      name: 'organization.moved',
      payload: { organizationId: 'org-lz-donghu', fromPath: '/org-yj/org-lz/org-lz-donghu/', toPath: '/org-hl/org-ad/org-lz-donghu/' },
    });
  });

  test('a signed-in person feels the move on the next request', async () => {
    const { token } = await system.identity.sessions.signIn({ loginName: 'handler.hubin', password: 'huiyin-demo-2026', address: '::1' });
    expect((await system.identity.sessions.actorOf(token, '::1'))?.actor.orgPath).toContain('/org-lz/');
    await system.identity.organizations.move({ organizationId: 'org-lz-donghu', version: 1, parentId: 'org-ad' }, admin);
    expect((await system.identity.sessions.actorOf(token, '::1'))?.actor.orgPath).toContain('/org-ad/');
  });

  test('a whole city moves with units two levels below it', async () => {
    await system.identity.organizations.move({ organizationId: 'org-lz', version: 1, parentId: 'org-hl' }, admin);
    expect(await system.identity.organizations.pathOf('org-lz-donghu-hubin')).toBe('/org-hl/org-lz/org-lz-donghu/org-lz-donghu-hubin/');
    expect(await system.identity.organizations.subtreeIds('org-yj')).toEqual(['org-yj']);
  });

  test.each([
    ['itself', 'org-lz', 'org-lz'],
    ['a unit below itself', 'org-lz', 'org-lz-donghu-hubin'],
  ])('a unit cannot move below %s', async (_case, organizationId, parentId) => {
    await expect(system.identity.organizations.move({ organizationId, version: 1, parentId }, admin)).rejects.toMatchObject({
      code: 'identity/move-into-itself',
    });
  });

  test('an abolished unit is answered for by its successor, through several steps', async () => {
    const { organizations } = system.identity;
    await organizations.deactivate({ organizationId: 'org-lz-fund', version: 1, successorId: 'org-lz-urban' }, admin);
    await organizations.deactivate({ organizationId: 'org-lz-urban', version: 1, successorId: 'org-lz-housing' }, admin);
    expect((await organizations.byDeptCode('11930100MB2000063T'))?.id).toBe('org-lz-housing');
    expect(await organizations.find('org-lz-fund')).toMatchObject({ active: false, successorId: 'org-lz-urban', version: 2 });
    expect((await organizations.byDeptCodes(['11930100MB2000063T', '11930100MB2000039A', 'unknown'])).size).toBe(2);
    expect(await organizations.byDeptCode('unknown')).toBeNull();
    await expect(system.as('handler.fund')).rejects.toMatchObject({ code: 'sign-in-failed' });
  });

  test.each([
    ['itself', 'org-lz-fund', 'invalid-input'],
    ['a unit below itself', 'org-lz-hrss-hall', 'invalid-input', 'org-lz-hrss'],
    ['a unit that does not exist', 'org-nowhere', 'invalid-input'],
  ])('no work is left to %s', async (_case, successorId, code, organizationId = 'org-lz-fund') => {
    await expect(system.identity.organizations.deactivate({ organizationId, version: 1, successorId }, admin)).rejects.toMatchObject({ code });
  });

  test('no work is left to a unit that is abolished itself', async () => {
    await system.identity.organizations.deactivate({ organizationId: 'org-lz-urban', version: 1, successorId: 'org-lz-housing' }, admin);
    const late = system.identity.organizations.deactivate({ organizationId: 'org-lz-fund', version: 1, successorId: 'org-lz-urban' }, admin);
    await expect(late).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('a unit with active units below it stays', async () => {
    await expect(
      system.identity.organizations.deactivate({ organizationId: 'org-lz-nrp', version: 1, successorId: 'org-lz-housing' }, admin),
    ).rejects.toMatchObject({
      code: 'identity/has-active-units',
    });
  });

  test('a stale version changes nothing', async () => {
    await system.identity.organizations.update({ organizationId: 'org-lz-hrss', version: 1, phone: '0920-12333' }, admin);
    await expect(system.identity.organizations.update({ organizationId: 'org-lz-hrss', version: 1, name: '另一个名字' }, admin)).rejects.toMatchObject({
      kind: 'stale',
    });
    expect(await system.identity.organizations.find('org-lz-hrss')).toMatchObject({ phone: '0920-12333', name: '澜州市人力资源和社会保障局', version: 2 });
  });

  test('the list comes in tree order, page by page, with filters', async () => {
    const list = async (query: object) => (await system.identity.organizations.list({ limit: 100, ...query }, admin)).items.map((unit) => unit.id);
    expect(await list({ under: 'org-lz-nrp' })).toEqual(['org-lz-nrp', 'org-lz-realty']);
    expect(await list({ kind: 'HOTLINE_CENTER' })).toEqual(['org-ad-12345', 'org-lz-12345']);
    expect(await list({ q: '医疗保障', regionCode: '930100' })).toEqual(['org-lz-hsa']);
    expect(await list({ q: '%' })).toEqual([]);
    const first = await system.identity.organizations.list({ limit: 2 }, admin);
    const second = await system.identity.organizations.list({ limit: 2, cursor: first.nextCursor ?? '' }, admin);
    expect([...first.items, ...second.items].map((unit) => unit.id)).toEqual(['org-hl', 'org-ad', 'org-ad-12345', 'org-ad-housing']);
    await expect(system.identity.organizations.list({ limit: 2, cursor: 'bad' }, admin)).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('接口账号', () => {
  const day = 86_400_000;

  test('the key opens what its scopes say until it ends, and is kept as a hash only', async () => {
    const { client, key } = await system.identity.apiClients.create({ name: '政务服务平台', scopes: ['ratings:write', 'ratings:write'] }, admin);
    expect(key).toMatch(/^hy_[\w-]{43}$/);
    expect(JSON.stringify(await system.database.sequelize.query('SELECT * FROM api_client'))).not.toContain(key);
    expect(await system.identity.apiClients.authenticate(key, '::1')).toEqual({
      kind: 'client',
      id: client.id,
      name: '政务服务平台',
      scopes: ['ratings:write'],
      address: '::1',
    });
    const [listed] = (await system.identity.apiClients.list({ limit: 10 }, admin)).items;
    expect(listed).toMatchObject({ keyHint: key.slice(0, 9), lastUsedAt: system.clock.now() });
    expect(JSON.stringify(listed)).not.toContain(key);
    system.clock.advance(365 * day);
    expect(await system.identity.apiClients.authenticate(key, '::1')).toBeNull();
  });

  test('a revoked key is nobody at once; a second revocation is stale', async () => {
    const { client, key } = await system.identity.apiClients.create({ name: '政务服务平台', scopes: ['tickets:read'] }, systemActor);
    await system.identity.apiClients.authenticate(key, '::1');
    const revoked = await system.identity.apiClients.revoke({ clientId: client.id, version: 1 }, admin);
    expect(revoked.revokedAt).toEqual(system.clock.now());
    expect(await system.identity.apiClients.authenticate(key, '::1')).toBeNull();
    await expect(system.identity.apiClients.revoke({ clientId: client.id, version: 1 }, admin)).rejects.toMatchObject({ kind: 'stale' });
  });

  test.each([
    [{ scopes: [] }],
    [{ scopes: ['everything'] }],
    [{ scopes: ['toString'] }],
    [{ expiresAt: new Date('2026-10-09T01:00:00Z') }],
    [{ expiresAt: new Date('2030-01-01T00:00:00Z') }],
  ])('%j is refused', async (change) => {
    await expect(system.identity.apiClients.create({ name: '对端', scopes: ['ratings:write'], ...change }, admin)).rejects.toMatchObject({ kind: 'invalid' });
  });

  test.each(['', 'hy_', `hy_${'A'.repeat(43)}`, `hy_${'A'.repeat(9_000)}`, "hy_' OR 1=1"])('the key %# is nobody', async (key) => {
    expect(await system.identity.apiClients.authenticate(key, '::1')).toBeNull();
  });
});

describe('区划', () => {
  test('lines, full names and area codes come from the table', () => {
    const { regions } = system.identity;
    expect(regions.lineOf('930102').map((region) => region.code)).toEqual(['930000', '930100', '930102']);
    expect(regions.fullNameOf('930102')).toBe('云江省澜州市东湖区');
    expect(regions.areaCodeOf('930102')).toBe('0920');
    expect(regions.fullNameOf('000001')).toBe('000001');
    expect(regions.childrenOf('930100').map((region) => region.code)).toEqual(['930102', '930103', '930121', '930122']);
  });
});
