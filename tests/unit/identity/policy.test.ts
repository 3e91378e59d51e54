import { DataTypes } from 'sequelize';
import { type Role, roleLabels } from '#contracts/vocabulary/roles';
import { createPolicy, type OrganizationKind, orgRooms, permissions, type Permission, type Resource, resources, type SeatedActor } from '#identity';
import { type CitizenActor, type ClientActor, type Facts, matches, type Predicate, systemActor } from '#kernel';
import { toWhere } from '#platform';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

const policy = createPolicy();
const allRoles = Object.keys(roleLabels) as Role[];

const centrePath = '/yj/lz/12345/';
const hrssPath = '/yj/lz/hrss/';
const seats: Partial<Record<Role, string>> = { HANDLER: hrssPath, ORG_APPROVER: hrssPath };

const staff = (roles: readonly Role[], given: { readonly path?: string; readonly region?: string; readonly kind?: OrganizationKind } = {}): SeatedActor => {
  const orgPath = given.path ?? seats[roles[0] ?? 'AGENT'] ?? centrePath;
  return {
    kind: 'staff',
    id: 'me',
    name: '测试员',
    orgId: orgPath.split('/').at(-2) ?? '',
    orgPath,
    regionCode: given.region ?? '930100',
    unitKind: given.kind ?? 'GOVERNMENT_DEPARTMENT',
    roles,
    sessionId: 's',
    address: '127.0.0.1',
  };
};

const client = (...scopes: string[]): ClientActor => ({ kind: 'client', id: 'c', name: '对端', scopes, address: '127.0.0.1' });
const citizen: CitizenActor = { kind: 'citizen', id: 'x', address: '127.0.0.1' };

const plainTicket = { registeredBy: 'somebody', isSecret: false, accusedOrgPath: null, accusedStaffId: null, regionCode: '930102' };
const at = (orgPath: string, handlerId: string | null = 'colleague') => [{ orgPath, handlerId }];

const tickets = {
  own: { ...plainTicket, subOrders: at(hrssPath) },
  belowOwn: { ...plainTicket, subOrders: at(`${hrssPath}office/`) },
  neverDispatched: { ...plainTicket, subOrders: [] },
  otherUnit: { ...plainTicket, subOrders: at('/yj/lz/police/') },
  alikeUnit: { ...plainTicket, subOrders: at('/yj/lz/hrss2/') },
  otherProvince: { ...plainTicket, regionCode: '940102', subOrders: at('/hl/ad/hrss/') },
  secret: { ...plainTicket, isSecret: true, subOrders: at(hrssPath) },
  secretWithMe: { ...plainTicket, isSecret: true, subOrders: at(hrssPath, 'me') },
  secretByMe: { ...plainTicket, isSecret: true, registeredBy: 'me', subOrders: [] },
  reportOnOther: { ...plainTicket, accusedOrgPath: '/yj/lz/police/', subOrders: at(hrssPath) },
  reportOnCentre: { ...plainTicket, accusedOrgPath: centrePath, registeredBy: 'me', subOrders: at(hrssPath, 'me') },
  reportOnHrss: { ...plainTicket, accusedOrgPath: hrssPath, registeredBy: 'me', subOrders: at(hrssPath, 'me') },
  reportOnCity: { ...plainTicket, accusedOrgPath: '/yj/lz/', registeredBy: 'me', subOrders: at(hrssPath, 'me') },
  accusesMe: { ...plainTicket, accusedStaffId: 'me', registeredBy: 'me', subOrders: at(hrssPath, 'me') },
  accusesColleague: { ...plainTicket, accusedStaffId: 'colleague', subOrders: at(hrssPath) },
} as const satisfies Record<string, Facts>;
type TicketName = keyof typeof tickets;

const everyOpen: readonly TicketName[] = ['own', 'belowOwn', 'neverDispatched', 'otherUnit', 'alikeUnit', 'accusesColleague'];
const registered: readonly TicketName[] = ['secretByMe', 'reportOnHrss'];
const wholeChain: readonly TicketName[] = [...everyOpen, ...registered, 'secret', 'secretWithMe', 'reportOnOther'];
const inUnit: readonly TicketName[] = ['own', 'belowOwn', 'accusesColleague', 'secretWithMe', 'reportOnCentre'];

const seenTickets: Readonly<Record<Role, readonly TicketName[]>> = {
  AGENT: [...everyOpen, ...registered],
  TEAM_LEAD: [...everyOpen, ...registered],
  DISPATCHER: wholeChain,
  REVIEWER: wholeChain,
  CALLBACK_AGENT: wholeChain,
  RATING_SUPERVISOR: [...everyOpen, ...registered],
  APPEAL_REVIEWER: [...everyOpen, ...registered],
  HANDLER: inUnit,
  ORG_APPROVER: inUnit,
  KB_EDITOR: [],
  KB_REVIEWER: [],
  MANAGER: [],
  AUDITOR: [],
  ADMIN: [],
};

const plainCase = { orgPath: hrssPath, ratedStaffId: null, regionCode: '930100' };
const cases = {
  own: plainCase,
  belowOwn: { ...plainCase, orgPath: `${hrssPath}office/` },
  otherUnit: { ...plainCase, orgPath: '/yj/lz/police/' },
  alikeUnit: { ...plainCase, orgPath: '/yj/lz/hrss2/' },
  otherProvince: { orgPath: '/hl/ad/hrss/', ratedStaffId: null, regionCode: '940100' },
  ratesMe: { ...plainCase, ratedStaffId: 'me' },
  ratesColleague: { ...plainCase, ratedStaffId: 'colleague' },
  unassigned: { ...plainCase, orgPath: null },
  unassignedRatesMe: { ...plainCase, orgPath: null, ratedStaffId: 'me' },
  nowhere: { orgPath: null, ratedStaffId: null, regionCode: null },
  unassignedOfProvince: { orgPath: null, ratedStaffId: null, regionCode: '930000' },
  unassignedElsewhere: { orgPath: null, ratedStaffId: null, regionCode: '940000' },
  ofProvince: { orgPath: '/yj/water/', ratedStaffId: null, regionCode: '930000' },
} as const satisfies Record<string, Facts>;
type CaseName = keyof typeof cases;

const regionCases: readonly CaseName[] = ['own', 'belowOwn', 'otherUnit', 'alikeUnit', 'ratesColleague', 'unassigned'];
const unitCases: readonly CaseName[] = ['own', 'belowOwn', 'ratesColleague'];

const seenCases: Readonly<Record<Role, readonly CaseName[]>> = {
  AGENT: [],
  TEAM_LEAD: [],
  DISPATCHER: [],
  REVIEWER: regionCases,
  CALLBACK_AGENT: regionCases,
  RATING_SUPERVISOR: [...regionCases, 'nowhere', 'unassignedOfProvince'],
  APPEAL_REVIEWER: regionCases,
  HANDLER: unitCases,
  ORG_APPROVER: unitCases,
  KB_EDITOR: [],
  KB_REVIEWER: [],
  MANAGER: [],
  AUDITOR: [],
  ADMIN: [],
};

const namesIn = (predicate: Predicate, rows: Readonly<Record<string, Facts>>): string[] =>
  Object.entries(rows)
    .filter(([, row]) => matches(predicate, row))
    .map(([name]) => name)
    .sort();

describe('数据范围', () => {
  test.each(allRoles)('%s sees exactly the tickets of the table', (role) => {
    expect(namesIn(policy.scope(staff([role]), 'ticket'), tickets)).toEqual([...seenTickets[role]].sort());
  });

  test.each(allRoles)('%s sees exactly the rectifications and ratings of the table', (role) => {
    for (const resource of ['rectification', 'rating'] as const) {
      expect(namesIn(policy.scope(staff([role]), resource), cases)).toEqual([...seenCases[role]].sort());
    }
  });

  test.each(allRoles)('%s as a second role never opens what avoidance closes', (role) => {
    const actor = staff(['DISPATCHER', 'HANDLER', 'RATING_SUPERVISOR', role], { path: hrssPath });
    const seen = namesIn(policy.scope(actor, 'ticket'), tickets);
    expect(seen.filter((name) => ['reportOnHrss', 'reportOnCity', 'accusesMe'].includes(name))).toEqual([]);
    expect(namesIn(policy.scope(actor, 'rectification'), cases).filter((name) => name.endsWith('atesMe'))).toEqual([]);
  });

  test('the unit below an accused one is as far from the ticket as the accused one', () => {
    const below = staff(['HANDLER'], { path: `${hrssPath}office/` });
    expect(namesIn(policy.scope(below, 'ticket'), { report: { ...tickets.reportOnHrss, subOrders: at(`${hrssPath}office/`, 'me') } })).toEqual([]);
  });

  test.each([
    ['930000', ['own', 'otherCity']],
    ['930100', ['own']],
    ['930102', []],
    ['940100', ['otherProvince']],
    ['', []],
    ['93', []],
  ])('a dispatcher of region %s sees %j', (region, expected) => {
    const rows = {
      own: { ...plainTicket, regionCode: '930100', subOrders: [] },
      otherCity: { ...plainTicket, regionCode: '930200', subOrders: [] },
      otherProvince: { ...plainTicket, regionCode: '940102', subOrders: [] },
    };
    expect(namesIn(policy.scope(staff(['DISPATCHER'], { region }), 'ticket'), rows)).toEqual([...expected].sort());
  });

  test('an unread secret flag counts as secret for those who see only open tickets', () => {
    const raw = { ...tickets.neverDispatched, isSecret: 1 };
    expect(matches(policy.scope(staff(['AGENT']), 'ticket'), raw)).toBe(false);
    expect(matches(policy.scope(staff(['AGENT']), 'ticket'), { ...raw, isSecret: 0 })).toBe(false);
  });

  test('a manager counts the region from a government or a centre, the subtree from a department, and never what is secret', () => {
    const counted = (kind: OrganizationKind, path: string, resource: Resource) =>
      namesIn(policy.scope(staff(['MANAGER'], { kind, path }), resource), resource === 'ticketFigures' ? tickets : cases);
    expect(counted('GOVERNMENT', '/yj/gov/', 'ticketFigures')).toEqual([...everyOpen].sort());
    expect(counted('HOTLINE_CENTER', centrePath, 'rectificationFigures')).toEqual([...regionCases].sort());
    expect(counted('GOVERNMENT_DEPARTMENT', hrssPath, 'ticketFigures')).toEqual(['accusesColleague', 'belowOwn', 'own']);
    expect(counted('GOVERNMENT_DEPARTMENT', hrssPath, 'ratingFigures')).toEqual([...unitCases].sort());
  });

  test('who may list cases counts exactly what may be listed', () => {
    for (const role of allRoles.filter((name) => name !== 'MANAGER')) {
      expect(policy.scope(staff([role]), 'ticketFigures')).toEqual(policy.scope(staff([role]), 'ticket'));
      expect(policy.scope(staff([role]), 'rectificationFigures')).toEqual(policy.scope(staff([role]), 'rectification'));
    }
  });

  const rolesOf: Readonly<Partial<Record<Resource, readonly Role[]>>> = {
    call: ['AGENT', 'TEAM_LEAD', 'DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT'],
    conversation: ['AGENT', 'TEAM_LEAD', 'DISPATCHER'],
    callbackTask: ['AGENT', 'TEAM_LEAD', 'CALLBACK_AGENT'],
    audit: ['AUDITOR'],
    apiClient: ['ADMIN'],
    quarantine: ['RATING_SUPERVISOR'],
    staff: ['ADMIN', 'TEAM_LEAD', 'DISPATCHER', 'RATING_SUPERVISOR', 'HANDLER', 'ORG_APPROVER'],
    organization: allRoles,
  };
  test.each(Object.entries(rolesOf))('%s is open to %j alone', (resource, expected) => {
    const row = { regionCode: '930102', orgPath: `${hrssPath}office/` };
    expect(allRoles.filter((role) => matches(policy.scope(staff([role]), resource as Resource), row))).toEqual(
      allRoles.filter((role) => expected.includes(role)),
    );
  });

  test('the system sees everything, a citizen and a person without roles nothing but the public tree of units', () => {
    for (const resource of resources) {
      expect(matches(policy.scope(systemActor, resource), {})).toBe(true);
      expect(matches(policy.scope(citizen, resource), tickets.own)).toBe(false);
      if (resource !== 'organization') expect(matches(policy.scope(staff([]), resource), { ...tickets.own, ...cases.own })).toBe(false);
    }
  });

  test('an api client lists what a scope names, without secret tickets', () => {
    expect(namesIn(policy.scope(client('ratings:write'), 'ticket'), tickets)).toEqual([]);
    expect(namesIn(policy.scope(client('ratings:write'), 'rating'), cases)).toEqual([]);
    expect(namesIn(policy.scope(client('tickets:read'), 'ticket'), tickets).filter((name) => /secret|report/.test(name))).toEqual([]);
    expect(namesIn(policy.scope(client('tickets:read'), 'ticket'), tickets)).toContain('own');
    expect(namesIn(policy.scope(client('rectifications:read'), 'rectification'), cases)).toHaveLength(Object.keys(cases).length);
    expect(namesIn(policy.scope(client('audit:read', 'staff:read'), 'audit'), cases)).toEqual([]);
  });
});

describe('内存与数据库一个答案 (I-14)', () => {
  let temporary: TemporaryDatabase;
  beforeAll(async () => {
    temporary = await openTemporaryDatabase();
    const { sequelize } = temporary.database;
    const options = { timestamps: false, freezeTableName: true };
    // Sequelize writes the column's name into the object it is given, so each column needs its own.
    const name = () => ({ type: DataTypes.STRING(80), allowNull: true });
    const key = () => ({ type: DataTypes.STRING(40), primaryKey: true });
    const ticket = sequelize.define(
      'probe_ticket',
      { id: key(), registeredBy: name(), isSecret: DataTypes.BOOLEAN, accusedOrgPath: name(), accusedStaffId: name(), regionCode: name() },
      options,
    );
    const side = sequelize.define(
      'probe_sub_order',
      { id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true }, ticketId: name(), orgPath: name(), handlerId: name() },
      options,
    );
    const rated = sequelize.define('probe_case', { id: key(), orgPath: name(), ratedStaffId: name(), regionCode: name() }, options);
    await sequelize.sync();
    await ticket.bulkCreate(Object.entries(tickets).map(([id, row]) => ({ id, ...row })));
    await side.bulkCreate(Object.entries(tickets).flatMap(([ticketId, row]) => row.subOrders.map((order) => ({ ticketId, ...order }))));
    await rated.bulkCreate(Object.entries(cases).map(([id, row]) => ({ id, ...row })));
  });
  afterAll(() => temporary.close());

  const found = async (table: string, predicate: Predicate): Promise<string[]> => {
    const { sequelize } = temporary.database;
    const where = toWhere(sequelize, predicate, { subOrders: { table: 'probe_sub_order', foreignKey: 'ticketId' } });
    const rows = (await sequelize.model(table).findAll({ where, raw: true })) as unknown as { id: string }[];
    return rows.map((row) => row.id).sort();
  };

  test.each(allRoles)('lists of %s hold what single looks allow', async (role) => {
    for (const [resource, table, rows] of [
      ['ticket', 'probe_ticket', tickets],
      ['ticketFigures', 'probe_ticket', tickets],
      ['rectification', 'probe_case', cases],
      ['rectificationFigures', 'probe_case', cases],
    ] as const) {
      const predicate = policy.scope(staff([role]), resource);
      expect(await found(table, predicate)).toEqual(namesIn(predicate, rows));
    }
  });
});

describe('权限表', () => {
  const forbiddenTo: readonly (readonly [Role, readonly Permission[]])[] = [
    [
      'ADMIN',
      permissions.filter((name) =>
        /^(ticket|subOrder|rating|rectification|quarantine|call|conversation|callbackTask|personalData|attachment|report|audit)\./.test(name),
      ),
    ],
    ['AUDITOR', permissions.filter((name) => !['audit.read', 'organization.read'].includes(name))],
    ['MANAGER', ['ticket.read', 'rectification.read', 'rating.read', 'personalData.reveal', 'attachment.read', 'call.read', 'call.playback']],
    ['HANDLER', ['ticket.move', 'ticket.merge', 'queue.read', 'call.read', 'rating.import', 'audit.read', 'staff.manage', 'guide.publish']],
    ['AGENT', ['ticket.merge', 'rectification.read', 'rating.import', 'call.monitor', 'subOrder.move', 'audit.read', 'staff.manage']],
    ['KB_EDITOR', ['guide.publish', 'ticket.read']],
    ['KB_REVIEWER', ['guide.edit', 'ticket.read']],
  ];
  test.each(forbiddenTo)('%s may not %j', (role, refused) => {
    expect(refused.length).toBeGreaterThan(0);
    for (const permission of refused) expect(() => policy.require(staff([role]), permission)).toThrow('您的角色不能进行这项操作');
  });

  test.each([
    ['AGENT', 'call.take'],
    ['DISPATCHER', 'ticket.merge'],
    ['HANDLER', 'subOrder.move'],
    ['ORG_APPROVER', 'rectification.move'],
    ['APPEAL_REVIEWER', 'rectification.move'],
    ['MANAGER', 'report.closure'],
    ['AUDITOR', 'audit.read'],
    ['ADMIN', 'apiClient.manage'],
    ['KB_REVIEWER', 'guide.publish'],
  ] as const)('%s may %s', (role, permission) => expect(policy.allows(staff([role]), permission)).toBe(true));

  test('a permission that is not in the table is refused to everybody but the system', () => {
    const unknown = 'toString' as Permission;
    expect(allRoles.filter((role) => policy.allows(staff([role]), unknown))).toEqual([]);
    expect(policy.allows(client('ratings:write'), unknown)).toBe(false);
  });

  test('keys carry only the permissions of their scopes; citizens none; the system all', () => {
    expect(permissions.filter((name) => policy.allows(client('ratings:write'), name))).toEqual(['rating.import']);
    expect(permissions.filter((name) => policy.allows(client(), name) || policy.allows(citizen, name))).toEqual([]);
    expect(permissions.every((name) => policy.allows(systemActor, name))).toBe(true);
  });
});

describe('房间', () => {
  test('a fact about a unit reaches the rooms of the unit and of all above it', () => {
    expect(orgRooms('/a/b/c/')).toEqual(['org:a', 'org:b', 'org:c']);
    expect(orgRooms('')).toEqual([]);
  });

  test.each([
    ['AGENT', ['staff:me', 'hotline', 'knowledge']],
    ['HANDLER', ['staff:me', 'org:hrss', 'knowledge']],
    ['KB_EDITOR', ['staff:me', 'knowledge']],
    ['AUDITOR', ['staff:me']],
    ['ADMIN', ['staff:me']],
  ] as const)('%s joins %j by itself', (role, rooms) => expect(policy.homeRooms(staff([role]))).toEqual(rooms));

  test('citizens and keys join none', () => expect([...policy.homeRooms(citizen), ...policy.homeRooms(client('tickets:read'))]).toEqual([]));
});
