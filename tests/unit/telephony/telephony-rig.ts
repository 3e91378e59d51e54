import { QueryTypes } from 'sequelize';
import { createPolicy } from '#identity';
import { createIds, type StaffActor } from '#kernel';
import { silentLogger } from '#platform';
import { createFakeAdapter, createTelephony, type DraftRequest, type FakeAdapter, type Telephony } from '#telephony';
import type { FakeClock } from '../../support/fake-clock';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

export const anAgent = (id: string, roles: StaffActor['roles'] = ['AGENT']): StaffActor => ({
  kind: 'staff',
  id,
  name: `坐席${id}`,
  orgId: 'centre',
  orgPath: '/province/centre/',
  regionCode: '440000',
  roles,
  sessionId: `session-${id}`,
  address: '127.0.0.1',
});

export interface Rig {
  readonly temporary: TemporaryDatabase;
  readonly clock: FakeClock;
  readonly fake: FakeAdapter;
  readonly telephony: Telephony;
  readonly drafts: DraftRequest[];
  /** Seats whose page answers the server's probes. */
  readonly awake: Set<string>;
  /** Lets time pass second by second, or in longer strides: probes, sweeper, routing. */
  pass(seconds: number, stride?: number): Promise<void>;
  signIn(agent: StaffActor): Promise<void>;
  /** The tickets' side refuses to open drafts. */
  failDrafts(on: boolean): void;
  /** Our process dies and another takes over. */
  restart(): Promise<void>;
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Empties the tables, so that one database serves many schedules. */
  clean(): Promise<void>;
  close(): Promise<void>;
}

const tables = [
  'acd_offer',
  'acd_entry',
  'call_custody',
  'call_leg',
  'tel_event',
  'tel_command',
  'callback_attempt',
  'callback_task',
  'agent_state_log',
  'agent_session',
  'phone_call',
  'outbox',
  'trail',
];

export const startRig = async (): Promise<Rig> => {
  const temporary = await openTemporaryDatabase();
  const { clock, database, crypto } = temporary;
  const ids = createIds(clock);
  const drafts: DraftRequest[] = [];
  const tickets = new Map<string, string>();
  const awake = new Set<string>();
  const fake = createFakeAdapter({ clock, nextId: () => ids.next() });
  let fence = 1;
  let draftsFail = false;

  const open = async (): Promise<Telephony> => {
    const mine = fence;
    const telephony = createTelephony({
      database,
      clock,
      ids,
      crypto,
      policy: createPolicy(),
      logger: { ...silentLogger, error: (fields) => failures.push(JSON.stringify(fields)) },
      lease: { hold: () => Promise.resolve(mine), release: () => Promise.resolve() },
      drafts: {
        openForCall: (request) => {
          if (draftsFail) return Promise.reject(new Error('no drafts today'));
          drafts.push(request);
          const ticketId = request.ticketId ?? tickets.get(request.callId) ?? `T${tickets.size + 1}`;
          tickets.set(request.callId, ticketId);
          return Promise.resolve({ ticketId, number: ticketId });
        },
      },
      maySeeTicket: () => Promise.resolve(true),
      history: { byPhone: () => Promise.resolve({ tickets: [], hasSecret: false }) },
      numberPlan: { areaCode: '20', channel: 'voice' },
      carriers: [fake],
    });
    await telephony.start();
    return telephony;
  };

  const failures: string[] = [];
  let current = await open();
  await current.tick();

  const pass = async (seconds: number, stride = 1): Promise<void> => {
    for (let second = 0; second < seconds; second += stride) {
      clock.advance(1000 * Math.min(stride, seconds - second));
      // The server probes every three seconds.
      if (stride > 1 || second % 3 === 0) for (const id of awake) current.presence.agentSeen(id);
      await current.tick();
      await current.settle();
    }
    if (failures.length > 0 && !draftsFail) throw new Error(failures.splice(0).join('\n'));
  };

  return {
    temporary,
    clock,
    fake,
    drafts,
    awake,
    get telephony() {
      return current;
    },
    pass,
    failDrafts: (on) => {
      draftsFail = on;
      failures.length = 0;
    },
    signIn: async (agent) => {
      awake.add(agent.id);
      await current.agents.hello(agent, { deviceOk: true, epoch: null });
      await current.agents.changeState(agent, { state: 'READY' });
      await current.settle();
    },
    restart: async () => {
      await current.stop();
      fence += 1;
      current = await open();
      await current.tick();
      await current.settle();
    },
    rows: (sql) => database.sequelize.query<Record<string, unknown>>(sql, { type: QueryTypes.SELECT }),
    clean: async () => {
      await current.settle();
      await database.inTransaction(async (work) => {
        for (const table of tables) await database.sequelize.query(`DELETE FROM ${table}`, { transaction: work.transaction });
      });
      for (const extCall of fake.live()) fake.vanish(extCall);
      Object.assign(fake.faults, { noMedia: false, repeat: 1, failCommands: false });
      awake.clear();
      drafts.length = 0;
      tickets.clear();
      failures.length = 0;
      draftsFail = false;
      clock.set('2026-10-09T01:00:00.000Z');
    },
    close: async () => {
      await current.stop();
      await temporary.close();
    },
  };
};
