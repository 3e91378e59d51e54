import { type Database, isUniqueViolation, type Reaction } from '#platform';
import type { RatingStore } from '../store/rating-store';

/** An upheld appeal takes the ratings of its case out of the effective ones; the ratings themselves stay as they came (rules §6, security I-04). */
export const createExcludeNotAdopted = (deps: { readonly database: Database; readonly store: RatingStore }): Reaction => ({
  name: 'ratings.exclude-not-adopted',
  on: ['rectification.moved'],
  run: async (fact) => {
    const { id, to, ratingIds } = fact.payload;
    if (to !== 'CLOSED_NOT_ADOPTED' || !Array.isArray(ratingIds)) return;
    const given = ratingIds.map(String);
    const known = await deps.store.excludedOf(given);
    const fresh = given.filter((ratingId) => !known.has(ratingId));
    if (fresh.length === 0) return;
    try {
      await deps.database.inTransaction(async (work) => {
        await deps.store.exclude(
          fresh.map((ratingId) => ({ ratingId, auditStatus: 'NOT_ADOPTED', rectificationId: String(id), at: work.now.getTime() })),
          work,
        );
        for (const ratingId of fresh) work.announce({ name: 'rating.excluded', payload: { id: ratingId, rectificationId: String(id) }, rooms: [] });
      });
    } catch (error) {
      // Heard twice at once: the other run has written it.
      if (!isUniqueViolation(error)) throw error;
    }
  },
});
