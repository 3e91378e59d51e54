import { type Actor, decodeCursor, type Page, type PageRequest, toPage } from '#kernel';
import type { IdentityParts } from '../parts';
import type { ApiClient } from '../store/api-client-store';

export const createListApiClients =
  ({ apiClients, policy }: Pick<IdentityParts, 'apiClients' | 'policy'>) =>
  async (query: PageRequest, actor: Actor): Promise<Page<ApiClient>> => {
    policy.require(actor, 'apiClient.manage');
    const [after] = decodeCursor(query.cursor, 1) ?? [null];
    const rows = await apiClients.list({ limit: query.limit, after: after === null ? null : String(after) });
    return toPage(rows, query.limit, (client) => [client.id]);
  };
