import { type Actor, fail, missing, stale } from '#kernel';
import type { IdentityParts } from '../parts';
import type { ApiClient } from '../store/api-client-store';

/** For ever: a peer that needs to go on is given a new key. */
export const createRevokeApiClient =
  (parts: IdentityParts) =>
  async (given: { readonly clientId: string; readonly version: number }, actor: Actor): Promise<ApiClient> => {
    parts.policy.require(actor, 'apiClient.manage');
    await parts.database.inTransaction(async (work) => {
      const client = (await parts.apiClients.find(given.clientId, work)) ?? fail(missing('apiClient'));
      const unchanged = client.version === given.version && (await parts.apiClients.revokeIfUnchanged(client, work));
      if (!unchanged) throw stale({ currentVersion: (await parts.apiClients.find(client.id, work))?.version ?? client.version });
      work.audit({ actor, action: 'apiClient.revoke', objectType: 'apiClient', objectId: client.id, result: 'done' });
    });
    return (await parts.apiClients.find(given.clientId)) ?? fail(missing('apiClient'));
  };
