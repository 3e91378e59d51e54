import { forgottenAfterMs } from '../domain/sign-in-delay';
import type { IdentityParts } from '../parts';

/** Who signed in when stays in the audit log; the rows of long-ended sessions are of no use. */
const sessionsKeptMs = 30 * 86_400_000;

/** By the clock, once a day: forgets quiet sign-in counters and rows of old sessions. */
export const createSweep = (parts: IdentityParts) => (): Promise<void> =>
  parts.database.inTransaction(async (work) => {
    await parts.attempts.deleteQuietSince(new Date(work.now.getTime() - forgottenAfterMs), work);
    await parts.sessions.deleteCreatedBefore(new Date(work.now.getTime() - sessionsKeptMs), work);
  });
