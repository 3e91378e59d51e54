import type { CreateTicketBody } from '#contracts/api/tickets';
import type { TicketView } from '#contracts/api/ticket-views';
import { type Calendar, createCalendar } from '#calendar';
import { createIdentity, demoStaff, demoUnits, seedDemoPeople } from '#identity';
import { createIds, type StaffActor } from '#kernel';
import { type Attachment, createFacts, createTrails, silentLogger } from '#platform';
import { createTickets, type Tickets } from '#tickets';
import type { FakeClock } from './fake-clock';
import { openTemporaryDatabase, type TemporaryDatabase } from './temporary-database';

export interface TicketTestBed {
  readonly temporary: TemporaryDatabase;
  readonly clock: FakeClock;
  readonly tickets: Tickets;
  readonly calendar: Calendar;
  readonly facts: ReturnType<typeof createFacts>;
  /** A demo person by login name. */
  as(loginName: string): StaffActor;
  view(id: string, loginName?: string): Promise<TicketView>;
  close(): Promise<void>;
}

const pathOf = (id: string): string => {
  const unit = demoUnits.find((entry) => entry.id === id);
  return unit === undefined ? '/' : `${unit.parentId === null ? '/' : pathOf(unit.parentId)}${id}/`;
};

export const actorNamed = (loginName: string): StaffActor => {
  const person = demoStaff.find((entry) => entry.loginName === loginName);
  const unit = demoUnits.find((entry) => entry.id === person?.orgId);
  if (person === undefined || unit === undefined) throw new Error(`no demo person ${loginName}`);
  return {
    kind: 'staff',
    id: person.id,
    name: person.name,
    orgId: person.orgId,
    orgPath: pathOf(person.orgId),
    regionCode: unit.regionCode,
    roles: person.roles,
    sessionId: `ses-${loginName}`,
    address: '127.0.0.1',
  };
};

/** The module on a real database with the real people and calendar of the demonstration. */
export const openTicketTestBed = async (now = '2026-10-09T01:00:00.000Z'): Promise<TicketTestBed> => {
  const temporary = await openTemporaryDatabase(now);
  const { database, crypto, clock } = temporary;
  const ids = createIds(clock);
  const identity = createIdentity({ database, clock, ids, crypto, logger: silentLogger, demo: true });
  const calendar = createCalendar({ database, clock });
  await calendar.load();
  await seedDemoPeople(identity);
  const trails = createTrails(database, crypto);
  const tickets = createTickets({
    database,
    clock,
    ids,
    crypto,
    calendar,
    trails,
    attachments: { listOf: (_subject, subjectId) => Promise.resolve([{ id: `file-${subjectId}` } as Attachment]) },
    policy: identity.policy,
    organizations: identity.organizations,
    staff: identity.staff,
    mayTie: () => Promise.resolve(true),
    guideReference: (guideId, version) => Promise.resolve(guideId === 'guide-1' && version <= 3),
  });
  return {
    temporary,
    clock,
    tickets,
    calendar,
    facts: createFacts(database),
    as: actorNamed,
    view: (id, loginName = 'dispatcher1') => tickets.getTicket(id, actorNamed(loginName)),
    close: () => temporary.close(),
  };
};

/** A complaint with every required field; overridden piece by piece. */
export const aTicket = (more: Partial<CreateTicketBody> = {}): CreateTicketBody => ({
  type: 'HELP',
  title: '小区夜间停水',
  content: '东湖区湖滨街道望湖小区三号楼昨晚开始停水，请尽快处理。',
  name: '张三丰',
  phone: '13812345678',
  regionCode: '930102',
  address: '湖滨街道望湖小区三号楼',
  categoryCode: '030101',
  ...more,
});
