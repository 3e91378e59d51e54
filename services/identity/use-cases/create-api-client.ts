import { clientScopeLabels, isClientScope } from '#contracts/vocabulary/client-scopes';
import { type Actor, invalid } from '#kernel';
import type { IdentityParts } from '../parts';
import type { ApiClient } from '../store/api-client-store';

export interface NewApiClientInput {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Default one year, at most three. */
  readonly expiresAt?: Date | undefined;
}

const day = 86_400_000;
const usualMs = 365 * day;
const longestMs = 3 * 365 * day + day;
const hintLength = 9;

/** All keys begin so, which lets secret scanners find one that was committed by mistake. */
export const keyPrefix = 'hy_';

export const keyHashOf = (parts: Pick<IdentityParts, 'crypto'>, key: string): string => parts.crypto.hashOf('token', `api-key:${key}`);

const endOf = (wanted: Date | undefined, now: Date): Date => {
  const expiresAt = wanted ?? new Date(now.getTime() + usualMs);
  const lasts = expiresAt.getTime() - now.getTime();
  if (lasts <= 0 || lasts > longestMs)
    throw invalid('有效期须在未来三年以内。', [{ path: '/expiresAt', code: 'out-of-range', message: '有效期须在未来三年以内' }]);
  return expiresAt;
};

const checkedScopes = (wanted: readonly string[]): readonly string[] => {
  const unknown = wanted.filter((scope) => !isClientScope(scope));
  if (unknown.length > 0 || wanted.length === 0) {
    const known = Object.keys(clientScopeLabels).join('、');
    throw invalid(`授权范围无效，可选：${known}。`, [{ path: '/scopes', code: 'unknown-scope', message: '授权范围无效' }]);
  }
  return [...new Set(wanted)].sort();
};

/** The key leaves the system once, in this answer; only its keyed hash is kept (security A-9). */
export const createCreateApiClient =
  (parts: IdentityParts) =>
  async (input: NewApiClientInput, actor: Actor): Promise<{ readonly client: ApiClient; readonly key: string }> => {
    parts.policy.require(actor, 'apiClient.manage');
    const scopes = checkedScopes(input.scopes);
    const key = `${keyPrefix}${parts.randomness.bytes(32).toString('base64url')}`;
    const client = await parts.database.inTransaction(async (work) => {
      const made: ApiClient = {
        id: parts.ids.next(),
        name: input.name,
        keyHint: key.slice(0, hintLength),
        scopes,
        createdBy: actor.id,
        createdAt: work.now,
        expiresAt: endOf(input.expiresAt, work.now),
        revokedAt: null,
        lastUsedAt: null,
        version: 1,
      };
      await parts.apiClients.insert({ ...made, keyHash: keyHashOf(parts, key) }, work);
      work.audit({ actor, action: 'apiClient.create', objectType: 'apiClient', objectId: made.id, result: 'done', detail: { scopes: scopes.join(',') } });
      return made;
    });
    return { client, key };
  };
