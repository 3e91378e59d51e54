import { Op } from 'sequelize';
import { isClientScope } from '#contracts/vocabulary/client-scopes';
import { column, type Database, tableOptions, toDate, toDateOrNull, toMillis } from '#platform';
import type { ApiClient, ApiClientStore } from './api-client-store';
import { firstOf, inside, rowsOf } from './rows';

interface Row extends Omit<ApiClient, 'scopes' | 'createdAt' | 'expiresAt' | 'revokedAt' | 'lastUsedAt'> {
  readonly scopes: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

const toApiClient = (row: Row): ApiClient => ({
  id: row.id,
  name: row.name,
  keyHint: row.keyHint,
  scopes: row.scopes.split(' ').filter(isClientScope),
  createdBy: row.createdBy,
  createdAt: toDate(row.createdAt),
  expiresAt: toDate(row.expiresAt),
  revokedAt: toDateOrNull(row.revokedAt),
  lastUsedAt: toDateOrNull(row.lastUsedAt),
  version: row.version,
});

const columns = () => ({
  id: column.id(),
  name: column.code(80),
  keyHash: column.code(64),
  keyHint: column.code(12),
  scopes: column.text(),
  createdBy: column.code(40),
  createdAt: column.instant(),
  expiresAt: column.instant(),
  revokedAt: column.instantOrNull(),
  lastUsedAt: column.instantOrNull(),
  version: column.number(),
});

export const createApiClientStore = ({ sequelize }: Database): ApiClientStore => {
  const model = sequelize.define('api_client', columns(), { ...tableOptions });
  return {
    find: async (id, work) => {
      const row = await firstOf<Row>(model, { where: { id }, ...inside(work) });
      return row === null ? null : toApiClient(row);
    },
    findByKeyHash: async (keyHash) => {
      const row = await firstOf<Row>(model, { where: { keyHash } });
      return row === null ? null : toApiClient(row);
    },
    list: async (page) => {
      const where = page.after === null ? {} : { id: { [Op.gt]: page.after } };
      return (await rowsOf<Row>(model, { where, order: [['id', 'ASC']], limit: page.limit + 1 })).map(toApiClient);
    },
    insert: async (client, work) => {
      const times = { createdAt: toMillis(client.createdAt), expiresAt: toMillis(client.expiresAt), revokedAt: null, lastUsedAt: null };
      await model.create({ ...client, ...times, scopes: client.scopes.join(' ') }, { ...inside(work) });
    },
    revokeIfUnchanged: async (client, work) => {
      const [changed] = await model.update(
        { revokedAt: toMillis(work.now), version: client.version + 1 },
        { where: { id: client.id, version: client.version, revokedAt: null }, ...inside(work) },
      );
      return changed === 1;
    },
    touch: async (id, work) => {
      await model.update({ lastUsedAt: toMillis(work.now) }, { where: { id }, ...inside(work) });
    },
  };
};
