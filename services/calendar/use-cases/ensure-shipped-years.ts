import { systemActor } from '#kernel';
import { type Database, isUniqueViolation } from '#platform';
import { shippedArrangements } from '../data/shipped-arrangements';
import type { CalendarStore } from '../store/calendar-store';
import { contentHashOf } from './import-year';

/** A fresh installation starts with the years that ship; an imported year is never overwritten. */
export const ensureShippedYears = async (database: Database, store: CalendarStore): Promise<void> => {
  if ((await store.versions()).length > 0) return;
  try {
    await database.inTransaction(async (work) => {
      if ((await store.versions(work)).length > 0) return;
      for (const [index, arrangement] of shippedArrangements.entries()) {
        const { year, region, source } = arrangement;
        const contentHash = contentHashOf(arrangement);
        await store.add({ version: index + 1, year, region, source, contentHash, importedBy: systemActor.id, importedAt: work.now }, arrangement, work);
      }
    });
  } catch (error) {
    // Another node that started at the same moment was first, with the same rows.
    if (!isUniqueViolation(error)) throw error;
  }
};
