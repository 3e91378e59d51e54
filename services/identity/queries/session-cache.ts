import type { Clock } from '#kernel';
import type { SessionRecord } from '../store/session-store';

/** Found sessions for up to two seconds, so that a screen's burst of requests asks the database once. */
export interface SessionCache {
  get(tokenHash: string): SessionRecord | null;
  put(tokenHash: string, record: SessionRecord): void;
  forget(tokenHash: string): void;
  /** After roles, unit or person changed; empties everything, since such changes are rare. */
  clear(): void;
}

const keptMs = 2_000;
const largest = 5_000;

/**
 * Only where this process is the only one on the database (SQLite): it then sees every change itself, and a revoked session is refused
 * on the very next request (security A-6). With several nodes each request asks.
 */
export const createSessionCache = (clock: Clock, singleProcess: boolean): SessionCache => {
  const kept = new Map<string, { readonly record: SessionRecord; readonly until: number }>();
  return {
    get: (tokenHash) => {
      const found = kept.get(tokenHash);
      return found !== undefined && clock.now().getTime() < found.until ? found.record : null;
    },
    put: (tokenHash, record) => {
      if (!singleProcess) return;
      if (kept.size >= largest) kept.clear();
      kept.set(tokenHash, { record, until: clock.now().getTime() + keptMs });
    },
    forget: (tokenHash) => void kept.delete(tokenHash),
    clear: () => kept.clear(),
  };
};
