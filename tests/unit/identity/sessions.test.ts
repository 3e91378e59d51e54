import { demoPassword } from '#identity';
import { hours, minutes } from '../../support/fake-clock';
import { openIdentity, type OpenIdentity } from './open-identity';

let system: OpenIdentity;
beforeAll(async () => {
  system = await openIdentity();
});
beforeEach(async () => {
  await system.reset();
});
afterAll(() => system.close());

const address = '10.0.0.1';
const signIn = (loginName: string, password = demoPassword, from = address) => system.identity.sessions.signIn({ loginName, password, address: from });
const refusalOf = async (attempt: Promise<unknown>): Promise<Record<string, unknown>> => {
  try {
    await attempt;
    return { code: 'none' };
  } catch (error) {
    const { kind, code, message, retryAfterSeconds } = error as { kind: string; code: string; message: string; retryAfterSeconds?: number };
    return { kind, code, message, retryAfterSeconds };
  }
};
const failTimes = async (count: number, loginName: string, from = address): Promise<void> => {
  for (let done = 0; done < count; done += 1) await refusalOf(signIn(loginName, 'wrong-password', from));
};

describe('登录', () => {
  test('the right password makes an actor with unit, region and roles', async () => {
    const { actor, token, csrf, expiresAt } = await signIn('  Handler.HRSS ');
    expect(actor).toMatchObject({
      kind: 'staff',
      id: 'stf-handler-hrss',
      orgId: 'org-lz-hrss',
      orgPath: '/org-yj/org-lz/org-lz-hrss/',
      regionCode: '930100',
      unitKind: 'GOVERNMENT_DEPARTMENT',
      roles: ['HANDLER'],
      address,
    });
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(csrf).not.toBe(token);
    expect(expiresAt.getTime() - system.clock.now().getTime()).toBe(hours(12));
    expect(await system.identity.sessions.actorOf(token, '10.0.0.2')).toMatchObject({ actor: { id: 'stf-handler-hrss', address: '10.0.0.2' }, csrf });
  });

  test('a wrong name, a wrong password and a disabled account get one and the same answer', async () => {
    const admin = await system.as('admin1');
    await system.identity.staff.disable({ staffId: 'stf-agent2', version: 1 }, admin);
    const answers = [await refusalOf(signIn('nobody')), await refusalOf(signIn('agent1', 'wrong-password')), await refusalOf(signIn('agent2'))];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ kind: 'unauthenticated', code: 'sign-in-failed' });
  });

  test('neither token nor csrf token nor password lies in the database', async () => {
    const { token, csrf } = await signIn('agent1');
    const rows = JSON.stringify(await system.database.sequelize.query('SELECT * FROM staff_session'));
    const people = JSON.stringify(await system.database.sequelize.query('SELECT * FROM staff'));
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(csrf);
    expect(people).not.toContain(demoPassword);
    expect(people).toContain('$argon2id$');
  });

  test.each([
    ['known', 'agent1'],
    ['unknown', 'nobody'],
  ])('the sixth try on a %s name waits, even with the right password, and the wait doubles', async (_case, name) => {
    await failTimes(5, name);
    expect(await refusalOf(signIn(name))).toMatchObject({ kind: 'limited', code: 'sign-in-delayed', retryAfterSeconds: 30 });
    system.clock.advance(30_000);
    expect(await refusalOf(signIn(name, 'wrong-password'))).toMatchObject({ code: 'sign-in-failed' });
    expect(await refusalOf(signIn(name, 'wrong-password'))).toMatchObject({ code: 'sign-in-delayed', retryAfterSeconds: 60 });
    system.clock.advance(hours(1));
    for (let done = 0; done < 6; done += 1) {
      await failTimes(1, name);
      system.clock.advance(minutes(15));
    }
    expect(await refusalOf(signIn(name, 'wrong-password'))).toMatchObject({ code: 'sign-in-failed' });
    expect(await refusalOf(signIn(name, 'wrong-password'))).toMatchObject({ retryAfterSeconds: 900 });
  });

  test('a success wipes the count of the account; four failures never delay', async () => {
    for (let round = 0; round < 3; round += 1) {
      await failTimes(4, 'agent1');
      expect((await signIn('agent1')).actor.id).toBe('stf-agent1');
    }
  });

  test('forty guesses at once get no more tries than forty in a row', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => refusalOf(signIn('agent1', 'wrong-password', `10.1.0.${Math.random()}`))));
    const codes = answers.map((answer) => String(answer['code']));
    expect(codes.filter((code) => code === 'sign-in-failed').length).toBeLessThanOrEqual(5);
    // A server under forty parallel transactions may also say that it is busy; nobody got a sixth try.
    expect(codes.filter((code) => !['sign-in-failed', 'sign-in-delayed', 'database-busy'].includes(code))).toEqual([]);
    expect(await refusalOf(signIn('agent1'))).toMatchObject({ code: 'sign-in-delayed' });
  });

  test('one address that tries many names waits, and an own success does not wash that off', async () => {
    for (let name = 0; name < 19; name += 1) await failTimes(1, `nobody${name}`);
    await signIn('agent1');
    await failTimes(1, 'nobody20');
    expect(await refusalOf(signIn('agent2'))).toMatchObject({ code: 'sign-in-delayed' });
    expect((await signIn('agent2', demoPassword, '10.0.0.2')).actor.id).toBe('stf-agent2');
  });

  test('every sign-in, refusal and sign-out stands in the audit chain', async () => {
    const { token } = await signIn('agent1');
    await failTimes(1, 'agent1');
    await system.identity.sessions.signOut(token, address);
    expect((await system.auditActions()).slice(-3)).toEqual(['session.signIn done', 'session.signIn refused', 'session.signOut done']);
    expect(await system.auditHolds()).toBe(true);
  });
});

describe('会话', () => {
  test('half an hour without a request ends it; requests keep it until twelve hours are over', async () => {
    const { token } = await signIn('agent1');
    for (let quarter = 0; quarter < 47; quarter += 1) {
      system.clock.advance(minutes(15));
      expect(await system.identity.sessions.actorOf(token, address)).not.toBeNull();
    }
    system.clock.advance(minutes(15));
    expect(await system.identity.sessions.actorOf(token, address)).toBeNull();
    const second = await signIn('agent1');
    system.clock.advance(minutes(30));
    expect(await system.identity.sessions.actorOf(second.token, address)).toBeNull();
  });

  test('a clock set back does not revive an ended session (F-08)', async () => {
    const { token } = await signIn('agent1');
    system.clock.advance(minutes(31));
    expect(await system.identity.sessions.actorOf(token, address)).toBeNull();
    system.clock.advance(-minutes(10));
    expect(await system.identity.sessions.actorOf(token, address)).toBeNull();
  });

  test.each([[''], ['x'.repeat(43)], ['0'], ["' OR 1=1 --"], ['a'.repeat(10_000)]])('a foreign token %# is nobody', async (token) => {
    await signIn('agent1');
    expect(await system.identity.sessions.actorOf(token, address)).toBeNull();
  });

  test('the row is touched at most once a minute', async () => {
    const { token } = await signIn('agent1');
    const seen = async () => JSON.stringify(await system.database.sequelize.query('SELECT lastSeenAt FROM staff_session'));
    const first = await seen();
    system.clock.advance(59_000);
    await system.identity.sessions.actorOf(token, address);
    expect(await seen()).toBe(first);
    system.clock.advance(1_000);
    await system.identity.sessions.actorOf(token, address);
    expect(await seen()).not.toBe(first);
  });

  test('sign-out ends this session alone and tells the sockets', async () => {
    const first = await signIn('agent1');
    const second = await signIn('agent1');
    await system.identity.sessions.signOut(first.token, address);
    expect(await system.identity.sessions.actorOf(first.token, address)).toBeNull();
    expect(await system.identity.sessions.actorOf(second.token, address)).not.toBeNull();
    expect((await system.news()).at(-1)).toEqual({
      name: 'identity.revoked',
      payload: { staffId: 'stf-agent1', sessionId: first.actor.sessionId },
      rooms: ['staff:stf-agent1'],
    });
  });

  const revokers: readonly (readonly [string, (by: Awaited<ReturnType<OpenIdentity['as']>>) => Promise<unknown>])[] = [
    ['revoking all', (by) => system.identity.sessions.revokeAllOf('stf-agent1', by)],
    ['changed roles', (by) => system.identity.staff.setRoles({ staffId: 'stf-agent1', version: 1, roles: ['DISPATCHER'] }, by)],
    ['disabling', (by) => system.identity.staff.disable({ staffId: 'stf-agent1', version: 1 }, by)],
    ['another unit', (by) => system.identity.staff.update({ staffId: 'stf-agent1', version: 1, orgId: 'org-lz-hrss' }, by)],
    ['a reset password', (by) => system.identity.staff.resetPassword({ staffId: 'stf-agent1', version: 1, password: 'another-password-1' }, by)],
  ];
  test.each(revokers)('%s is felt on the very next request, and the sockets hear of it', async (_case, revoke) => {
    const { token } = await signIn('agent1');
    expect(await system.identity.sessions.actorOf(token, address)).not.toBeNull();
    await revoke(await system.as('admin1'));
    expect(await system.identity.sessions.actorOf(token, address)).toBeNull();
    expect(await system.news()).toContainEqual({ name: 'identity.revoked', payload: { staffId: 'stf-agent1' }, rooms: ['staff:stf-agent1'] });
  });

  test('an abolished unit puts its people out at once', async () => {
    const { token } = await signIn('clerk.hrss');
    expect(await system.identity.sessions.actorOf(token, address)).not.toBeNull();
    await system.identity.organizations.deactivate({ organizationId: 'org-lz-hrss-hall', version: 1, successorId: 'org-lz-hrss' }, await system.as('admin1'));
    expect(await system.identity.sessions.actorOf(token, address)).toBeNull();
    expect(await system.news()).toContainEqual({ name: 'identity.revoked', payload: { staffId: 'stf-clerk-hrss' }, rooms: ['staff:stf-clerk-hrss'] });
  });

  test('people revoke their own sessions, not those of others', async () => {
    const { token, actor } = await signIn('agent1');
    await expect(system.identity.sessions.revokeAllOf('stf-agent2', actor)).rejects.toMatchObject({ kind: 'forbidden' });
    await system.identity.sessions.revokeAllOf('stf-agent1', actor);
    expect(await system.identity.sessions.actorOf(token, address)).toBeNull();
  });

  test('sweeping forgets quiet counters and old sessions, and nothing else', async () => {
    await failTimes(5, 'agent1');
    const { token } = await signIn('agent2');
    await system.identity.sweep();
    expect(await refusalOf(signIn('agent1'))).toMatchObject({ code: 'sign-in-delayed' });
    expect(await system.identity.sessions.actorOf(token, address)).not.toBeNull();
    system.clock.advance(hours(24 * 31));
    await system.identity.sweep();
    const [rows] = await system.database.sequelize.query('SELECT tokenHash FROM staff_session UNION ALL SELECT keyHash FROM sign_in_attempt');
    expect(rows).toEqual([]);
  });
});
