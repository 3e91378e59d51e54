import { createHash } from 'node:crypto';
import { type Actor, DomainError, invalid } from '#kernel';
import { canonical, type Database, isUniqueViolation, type UnitOfWork } from '#platform';
import { type Arrangement, arrangementFaults } from '../domain/arrangement';
import type { CalendarStore, CalendarVersion } from '../store/calendar-store';

export interface ImportedYear {
  readonly version: number;
  readonly year: number;
  readonly region: string;
  readonly days: number;
  /** True when the same table was there already and nothing was written. */
  readonly replayed: boolean;
}

interface Deps {
  readonly database: Database;
  readonly store: CalendarStore;
  readonly reload: () => Promise<void>;
}

const check = (arrangement: Arrangement): void => {
  const faults = arrangementFaults(arrangement);
  if (faults.length === 0) return;
  const errors = faults.map((fault) => ({ path: fault.index === null ? '/days' : `/days/${fault.index}`, code: fault.code, message: fault.message }));
  throw invalid('日历有误，整份没有导入。', errors, 'calendar/bad-days');
};

export const contentHashOf = (arrangement: Arrangement): string => {
  const days = [...arrangement.days].sort((a, b) => (a.date < b.date ? -1 : 1)).map(({ date, kind, label }) => ({ date, kind, label }));
  return createHash('sha256').update(canonical(days)).digest('hex');
};

const latestOf = (versions: readonly CalendarVersion[], arrangement: Arrangement): CalendarVersion | undefined =>
  versions.findLast((version) => version.year === arrangement.year && version.region === arrangement.region);

const write = async (deps: Deps, given: { readonly arrangement: Arrangement; readonly actor: Actor; readonly work: UnitOfWork }): Promise<ImportedYear> => {
  const { arrangement, actor, work } = given;
  const { year, region, source } = arrangement;
  const versions = await deps.store.versions(work);
  const latest = latestOf(versions, arrangement);
  const contentHash = contentHashOf(arrangement);
  const size = arrangement.days.length;
  if (latest?.contentHash === contentHash) return { version: latest.version, year, region, days: size, replayed: true };
  const version = (versions.at(-1)?.version ?? 0) + 1;
  await deps.store.add({ version, year, region, source, contentHash, importedBy: actor.id, importedAt: work.now }, arrangement, work);
  work.audit({
    actor,
    action: 'calendar.import',
    objectType: 'calendar',
    objectId: `${region}/${year}`,
    result: 'done',
    detail: { version, days: size, replacesVersion: latest?.version ?? null },
  });
  work.announce({ name: 'calendar.imported', payload: { year, region, version, firstForYear: latest === undefined }, rooms: [] });
  return { version, year, region, days: size, replayed: false };
};

const taken = (): DomainError =>
  new DomainError({ kind: 'conflict', code: 'calendar/import-in-progress', message: '另一份日历正在导入，请稍后核对最新日历再导入。' });

/**
 * Replaces the table of one year and region as a whole (rules §10.5). Deadlines already stored stay as they are: those marked
 * provisional are computed again by their owners, who hear `calendar.imported` and keep the first due instant (security I-15).
 */
export const createImportYear =
  (deps: Deps) =>
  async (arrangement: Arrangement, actor: Actor): Promise<ImportedYear> => {
    check(arrangement);
    try {
      const imported = await deps.database.inTransaction((work) => write(deps, { arrangement, actor, work }));
      await deps.reload();
      return imported;
    } catch (error) {
      if (isUniqueViolation(error)) throw taken();
      throw error;
    }
  };
