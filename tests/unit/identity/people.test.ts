import { type Role, roles } from '#contracts/vocabulary/roles';
import { createIdentity, demoPassword, demoStaff, demoUnits, isCreditCode, seedDemoPeople, type SeatedActor } from '#identity';
import { createIds, systemActor } from '#kernel';
import { insertRows, isUniqueViolation, silentLogger } from '#platform';
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

const strong = 'Correct-horse-7';
const newcomer = { loginName: 'newcomer', name: '新来的', orgId: 'org-lz-hrss', workNo: '0999', roles: ['HANDLER'] as readonly Role[], password: strong };

describe('人员', () => {
  test('a created person signs in with the given password and roles', async () => {
    const made = await system.identity.staff.create(newcomer, admin);
    expect(made).toMatchObject({ loginName: 'newcomer', version: 1, active: true });
    const { actor } = await system.identity.sessions.signIn({ loginName: 'newcomer', password: strong, address: '::1' });
    expect(actor.roles).toEqual(['HANDLER']);
    expect(await system.auditActions()).toContain('staff.create done');
  });

  test.each(roles.filter((role) => role !== 'ADMIN'))('%s cannot create, promote, disable or reset anybody', async (role) => {
    const actor: SeatedActor = { ...admin, roles: [role] };
    const { staff, organizations, apiClients } = system.identity;
    const version = { staffId: 'stf-agent1', version: 1 };
    for (const attempt of [
      staff.create(newcomer, actor),
      staff.setRoles({ ...version, roles: ['ADMIN'] }, actor),
      staff.disable(version, actor),
      staff.update({ ...version, name: '改名' }, actor),
      staff.resetPassword({ ...version, password: strong }, actor),
      organizations.create({ parentId: null, name: '某局', regionCode: '930100', kind: 'STREET' }, actor),
      organizations.move({ organizationId: 'org-lz-hrss', version: 1, parentId: 'org-hl' }, actor),
      organizations.deactivate({ organizationId: 'org-lz-hrss', version: 1, successorId: 'org-lz-hsa' }, actor),
      apiClients.create({ name: '对端', scopes: ['ratings:write'] }, actor),
    ]) {
      await expect(attempt).rejects.toMatchObject({ kind: 'forbidden' });
    }
  });

  test.each([
    [{ password: 'short1A' }, 'identity/weak-password'],
    [{ password: 'alllowercase12' }, 'identity/weak-password'],
    [{ password: 'aaaaaaaaaaaaaaaaaaaa' }, 'identity/weak-password'],
    [{ password: 'xX1-newcomer-Xx' }, 'identity/weak-password'],
    [{ roles: ['AUDITOR', 'ADMIN'] }, 'identity/roles-apart'],
    [{ orgId: 'org-nowhere' }, 'not-found'],
    [{ loginName: 'Agent1' }, 'identity/login-name-taken'],
    [{ workNo: '0101' }, 'identity/login-name-taken'],
  ] as const)('%j is refused as %s and leaves nothing', async (change, code) => {
    await expect(system.identity.staff.create({ ...newcomer, ...change }, admin)).rejects.toMatchObject({ code });
    expect((await system.identity.staff.list({ q: '新来的', limit: 10 }, admin)).items).toEqual([]);
  });

  test('auditor and administrator in one person are refused by the use-case and by the database', async () => {
    await expect(system.identity.staff.setRoles({ staffId: 'stf-auditor1', version: 1, roles: ['AUDITOR', 'ADMIN'] }, admin)).rejects.toMatchObject({
      code: 'identity/roles-apart',
    });
    const smuggle = system.database.inTransaction((work) =>
      insertRows(system.database.sequelize, 'staff_role', {
        rows: [{ staffId: 'stf-auditor1', role: 'ADMIN', separation: 'OVERSIGHT' }],
        transaction: work.transaction,
      }),
    );
    await expect(smuggle.catch((error: unknown) => isUniqueViolation(error))).resolves.toBe(true);
    const several = await system.identity.staff.setRoles({ staffId: 'stf-agent1', version: 1, roles: ['AGENT', 'DISPATCHER', 'REVIEWER', 'AGENT'] }, admin);
    expect(several.roles).toEqual(['AGENT', 'DISPATCHER', 'REVIEWER']);
  });

  test('of two administrators with the same version one is told that it is stale', async () => {
    const change = { staffId: 'stf-agent1', version: 1 };
    const results = await Promise.allSettled([
      system.identity.staff.setRoles({ ...change, roles: ['REVIEWER'] }, admin),
      system.identity.staff.setRoles({ ...change, roles: ['DISPATCHER'] }, admin),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { kind: 'stale', facts: { currentVersion: 2 } } });
  });

  test('administrators cannot promote or disable themselves', async () => {
    const me = { staffId: admin.id, version: 1 };
    await expect(system.identity.staff.setRoles({ ...me, roles: ['DISPATCHER'] }, admin)).rejects.toMatchObject({ code: 'identity/own-account' });
    await expect(system.identity.staff.disable(me, admin)).rejects.toMatchObject({ code: 'identity/own-account' });
  });

  test('an own password is changed with the old one and ends all sessions', async () => {
    const { actor, token } = await system.identity.sessions.signIn({ loginName: 'agent1', password: demoPassword, address: '::1' });
    await expect(system.identity.staff.changeOwnPassword({ currentPassword: 'guess', password: strong }, actor)).rejects.toMatchObject({
      code: 'identity/current-password-wrong',
    });
    await system.identity.staff.changeOwnPassword({ currentPassword: demoPassword, password: strong }, actor);
    expect(await system.identity.sessions.actorOf(token, '::1')).toBeNull();
    await expect(system.identity.sessions.signIn({ loginName: 'agent1', password: demoPassword, address: '::1' })).rejects.toMatchObject({
      code: 'sign-in-failed',
    });
    expect((await system.identity.sessions.signIn({ loginName: 'agent1', password: strong, address: '::1' })).actor.id).toBe('stf-agent1');
  });

  test('guessing at the current password from an open session waits like signing in', async () => {
    const actor = await system.as('agent1');
    const guess = () => system.identity.staff.changeOwnPassword({ currentPassword: 'guess', password: strong }, actor);
    for (let done = 0; done < 5; done += 1) await expect(guess()).rejects.toMatchObject({ code: 'identity/current-password-wrong' });
    await expect(guess()).rejects.toMatchObject({ code: 'sign-in-delayed' });
  });

  test('lists hold the people in scope only, and single looks agree', async () => {
    const names = async (loginName: string) => (await system.identity.staff.list({ limit: 200 }, await system.as(loginName))).items.map((person) => person.id);
    const seen = {
      admin: await names('admin1'),
      dispatcher: await names('dispatcher1'),
      handler: await names('handler.hrss'),
      abroad: await names('dispatcher1.ad'),
    };
    expect(seen.admin).toHaveLength(demoStaff.length);
    expect(seen.handler).toEqual(['stf-approver-hrss', 'stf-clerk-hrss', 'stf-handler-hrss', 'stf-handler2-hrss', 'stf-manager-hrss']);
    expect(seen.dispatcher).toContain('stf-handler-donghu');
    expect(seen.dispatcher.filter((id) => id.endsWith('-ad'))).toEqual([]);
    expect(seen.abroad.every((id) => id.endsWith('-ad'))).toBe(true);
    const handler = await system.as('handler.hrss');
    for (const { id } of demoStaff) {
      const found = await system.identity.staff.get(id, handler).catch(() => null);
      expect(found !== null).toBe(seen.handler.includes(id));
    }
  });

  test('pages by cursor give everybody once', async () => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await system.identity.staff.list({ limit: 7, cursor }, admin);
      ids.push(...page.items.map((person) => person.id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(ids).toEqual(demoStaff.map((person) => person.id).sort());
  });

  test.each([
    [{ orgId: 'org-lz-hrss', workNo: '0111' }, 'stf-clerk-hrss'],
    [{ orgId: 'org-lz-hrss', name: ' 白露 ' }, 'stf-clerk-hrss'],
    [{ orgId: 'org-lz-hrss', name: '白露', workNo: '0101' }, 'stf-handler-hrss'],
    [{ orgId: 'org-lz-hsa', name: '白露' }, null],
    [{ orgId: 'org-lz-hrss' }, null],
    [{ orgId: 'org-nowhere', name: '白露' }, null],
    [{ orgId: 'org-lz-hrss', name: '' }, null],
  ] as const)('the clerk of %j is %s', async (hint, expected) => {
    expect((await system.identity.staff.findClerk(hint))?.id ?? null).toBe(expected);
  });

  test('two people of one name are told apart by number or not at all', async () => {
    await system.identity.staff.create({ ...newcomer, name: '白露' }, admin);
    expect(await system.identity.staff.findClerk({ orgId: 'org-lz-hrss', name: '白露' })).toBeNull();
    expect((await system.identity.staff.findClerk({ orgId: 'org-lz-hrss', name: '白露', workNo: '0999' }))?.name).toBe('白露');
  });

  test('names for a screen come in one map', async () => {
    const names = await system.identity.staff.namesOf(['stf-agent1', 'stf-admin1', 'stf-agent1', 'nobody']);
    expect([...names]).toEqual([
      ['stf-admin1', '程致和'],
      ['stf-agent1', '林晓岚'],
    ]);
  });
});

describe('演示数据', () => {
  test('holds every role in 澜州 and loads once', async () => {
    const inLanzhou = demoStaff.filter((person) => person.orgId.startsWith('org-lz'));
    expect(roles.filter((role) => !inLanzhou.some((person) => person.roles.includes(role)))).toEqual([]);
    expect(await seedDemoPeople(system.identity)).toEqual({ units: 0, people: 0 });
  });

  test('has credit codes with the right check character, no two alike, and regions that exist', () => {
    const codes = demoUnits.flatMap((unit) => (unit.deptCode === null ? [] : [unit.deptCode]));
    expect(codes.filter((code) => !isCreditCode(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
    expect(demoUnits.filter((unit) => system.identity.regions.find(unit.regionCode)?.demo !== true)).toEqual([]);
    expect(new Set(demoStaff.map((person) => person.name)).size).toBe(demoStaff.length);
  });

  test('is refused outside demo mode, and so is its password', async () => {
    const { database, clock, crypto } = system;
    const real = createIdentity({ database, clock, crypto, ids: createIds(clock), logger: silentLogger, demo: false });
    await expect(seedDemoPeople(real)).rejects.toMatchObject({ code: 'identity/not-in-demo-mode' });
    await expect(real.staff.create({ ...newcomer, password: demoPassword }, systemActor)).rejects.toMatchObject({ code: 'identity/weak-password' });
    expect(real.regions.find('930100')).toBeNull();
    expect(real.regions.find('110000')?.name).toBe('北京市');
  });
});
