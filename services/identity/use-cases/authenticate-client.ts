import type { ClientActor } from '#kernel';
import type { IdentityParts } from '../parts';
import { keyHashOf } from './create-api-client';

const keyShape = /^hy_[A-Za-z0-9_-]{43}$/;
const touchEveryMs = 60_000;

/** Who stands behind a bearer key; null when it is unknown, expired or revoked. */
export const createAuthenticateClient =
  (parts: IdentityParts) =>
  async (key: string, address: string): Promise<ClientActor | null> => {
    if (!keyShape.test(key)) return null;
    const client = await parts.apiClients.findByKeyHash(keyHashOf(parts, key));
    const now = parts.clock.now().getTime();
    if (client === null || client.revokedAt !== null || client.expiresAt.getTime() <= now) return null;
    if (client.lastUsedAt === null || now - client.lastUsedAt.getTime() >= touchEveryMs) {
      try {
        await parts.database.inTransaction((work) => parts.apiClients.touch(client.id, work));
      } catch (error) {
        // When it was last used is a convenience; it must not stand in the way of a read (security F-07).
        parts.logger.warn({ event: 'api-client.touch-failed', errorName: (error as Error).name });
      }
    }
    return { kind: 'client', id: client.id, name: client.name, scopes: client.scopes, address };
  };
