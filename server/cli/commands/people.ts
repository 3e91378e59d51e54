import { randomBytes } from 'node:crypto';
import { isRole, roles, type Role } from '#contracts/vocabulary/roles';
import { systemActor } from '#kernel';
import { migrate } from '#platform';
import { type Command, Misuse, optionalFlag, textFlag } from '../command';

const rolesFrom = (listed: string): Role[] =>
  listed.split(',').map((part) => {
    const role = part.trim().toUpperCase();
    if (!isRole(role)) throw new Misuse(`unknown role ${part}; one of ${roles.join(', ')}`);
    return role;
  });

const createUser: Command = {
  name: 'user create',
  usage: 'user create --login NAME --name 姓名 --org ORG_ID --roles A,B [--json]',
  summary: 'add a staff member; a first password is made and printed once',
  options: { login: { type: 'string' }, name: { type: 'string' }, org: { type: 'string' }, roles: { type: 'string' }, json: { type: 'boolean' } },
  run: async (system, input, terminal) => {
    await migrate(system.database);
    const password = randomBytes(15).toString('base64url');
    const { id } = await system.identity.staff.create(
      {
        loginName: textFlag(input, 'login'),
        name: textFlag(input, 'name'),
        orgId: textFlag(input, 'org'),
        roles: rolesFrom(textFlag(input, 'roles')),
        password,
      },
      systemActor,
    );
    terminal.say(input.flags['json'] === true ? JSON.stringify({ id, password }) : `created ${id}\npassword (shown once): ${password}`);
    return 0;
  },
};

const createClient: Command = {
  name: 'api-client create',
  usage: 'api-client create --name N --scope a,b [--days D] [--json]',
  summary: 'make a key for a peer system; the key is printed once',
  options: { name: { type: 'string' }, scope: { type: 'string' }, days: { type: 'string' }, json: { type: 'boolean' } },
  run: async (system, input, terminal) => {
    await migrate(system.database);
    const days = Number(optionalFlag(input, 'days') ?? '365');
    if (!Number.isInteger(days) || days < 1 || days > 3650) throw new Misuse('--days takes 1 to 3650');
    const scopes = textFlag(input, 'scope')
      .split(',')
      .map((scope) => scope.trim());
    const expiresAt = new Date(system.clock.now().getTime() + days * 86_400_000);
    const created = await system.identity.apiClients.create({ name: textFlag(input, 'name'), scopes, expiresAt }, systemActor);
    const { id } = created.client;
    terminal.say(
      input.flags['json'] === true
        ? JSON.stringify({ id, name: created.client.name, scopes, key: created.key })
        : `client ${id}\nkey (shown once): ${created.key}`,
    );
    return 0;
  },
};

export const peopleCommands: readonly Command[] = [createUser, createClient];
