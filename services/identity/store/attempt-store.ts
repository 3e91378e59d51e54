import type { UnitOfWork } from '#platform';
import type { Attempts } from '../domain/sign-in-delay';

export interface AttemptStore {
  /** The row of this key, locked until the transaction ends; made when there is none. */
  lock(keyHash: string, work: UnitOfWork): Promise<Attempts>;
  save(keyHash: string, attempts: Attempts, work: UnitOfWork): Promise<void>;
  forget(keyHash: string, work: UnitOfWork): Promise<void>;
  deleteQuietSince(day: Date, work: UnitOfWork): Promise<void>;
}
