import { createIdentity, type Identity, seedDemoPeople, demoPassword, type SeatedActor } from '#identity';
import { createIds } from '#kernel';
import { createFacts, platformChains, silentLogger, verifyChain } from '#platform';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

export interface OpenIdentity extends TemporaryDatabase {
  readonly identity: Identity;
  /** The demonstration people as on the first day, and no sessions, counters, keys or news. */
  reset(): Promise<void>;
  as(loginName: string): Promise<SeatedActor>;
  /** Facts announced so far, in order. */
  news(): Promise<readonly { readonly name: string; readonly payload: unknown; readonly rooms: readonly string[] }[]>;
  auditActions(): Promise<readonly string[]>;
  auditHolds(): Promise<boolean>;
}

export const openIdentity = async (): Promise<OpenIdentity> => {
  const temporary = await openTemporaryDatabase();
  const { database, clock, crypto } = temporary;
  const identity = createIdentity({ database, clock, crypto, ids: createIds(clock), logger: silentLogger, demo: true });
  const facts = createFacts(database);
  let heard = 0;
  const numbered = async () => {
    await facts.numberOutbox(500);
    return facts.after(heard, 500);
  };
  const startedAt = clock.now().toISOString();
  return {
    ...temporary,
    identity,
    reset: async () => {
      clock.set(startedAt);
      await database.inTransaction(async ({ transaction }) => {
        for (const table of ['staff_session', 'sign_in_attempt', 'api_client', 'staff_role', 'staff'])
          await database.sequelize.query(`DELETE FROM ${table}`, { transaction });
        await database.sequelize.query('UPDATE organization SET parentId = NULL, successorId = NULL', { transaction });
        await database.sequelize.query('DELETE FROM organization', { transaction });
      });
      await seedDemoPeople(identity);
      heard = (await numbered()).at(-1)?.seq ?? heard;
    },
    as: async (loginName) => (await identity.sessions.signIn({ loginName, password: demoPassword, address: '10.0.0.9' })).actor,
    news: async () => (await numbered()).map(({ name, payload, rooms }) => ({ name, payload, rooms: rooms.map(({ room }) => room) })),
    auditActions: async () => {
      const [rows] = (await database.sequelize.query('SELECT action, result FROM audit ORDER BY chainNo')) as [{ action: string; result: string }[], unknown];
      return rows.map((row) => `${row.action} ${row.result}`);
    },
    auditHolds: async () => {
      const spec = platformChains(crypto).find((entry) => entry.chain === 'audit');
      return spec !== undefined && (await verifyChain(database, crypto, spec)).fault === null;
    },
  };
};
