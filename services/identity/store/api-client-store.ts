import type { UnitOfWork } from '#platform';

export interface ApiClient {
  readonly id: string;
  readonly name: string;
  /** First characters of the key, by which people tell keys apart. */
  readonly keyHint: string;
  readonly scopes: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly version: number;
}

export interface ApiClientStore {
  find(id: string, work?: UnitOfWork): Promise<ApiClient | null>;
  findByKeyHash(keyHash: string): Promise<ApiClient | null>;
  list(page: { readonly limit: number; readonly after: string | null }): Promise<readonly ApiClient[]>;
  insert(client: ApiClient & { readonly keyHash: string }, work: UnitOfWork): Promise<void>;
  revokeIfUnchanged(client: Pick<ApiClient, 'id' | 'version'>, work: UnitOfWork): Promise<boolean>;
  touch(id: string, work: UnitOfWork): Promise<void>;
}
