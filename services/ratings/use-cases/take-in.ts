import { ratingChannels } from '#contracts/vocabulary/rating-channels';
import type { Satisfaction } from '#contracts/vocabulary/satisfaction';
import { createReceiptCode } from '#kernel';
import { canonical, type Database, type UnitOfWork } from '#platform';
import { businessContent, ratingKeyOf, tagsFitLevel } from '../domain/rating-intake';
import { vouchedRating } from '../domain/rating-chain';
import { sortOut, takingOrder, type Verdict } from '../domain/sort-out';
import type { KeyedRating, QuarantineRow, RatingRow, RatingStore } from '../store/rating-store';
import { type PreparedRating, regionOf, type SealTools, toRatingRow } from './prepare-rating';

/** A bad rating as the rectification module hears of it, inside the transaction that stores it (security I-03). */
export interface BadRating {
  readonly origin: { readonly kind: 'rating' | 'quarantine'; readonly id: string };
  readonly sourceSystem: string;
  readonly projectNo: string;
  readonly serviceNumber: number;
  readonly level: Satisfaction;
  readonly channel: string;
  readonly caseType: string;
  readonly taskCode: string;
  readonly taskName: string;
  readonly deptCode: string;
  readonly regionCode: string;
  readonly unit: { readonly id: string; readonly path: string } | null;
  readonly ratedStaffId: string | null;
  readonly isRealName: boolean;
  readonly windowName: string | null;
  readonly assessAt: Date;
}

/** Port to the rectification module: opens, joins or reopens; answers the case of each rating, in order. */
export type OpenCases = (work: UnitOfWork, ratings: readonly BadRating[]) => Promise<readonly string[]>;

export type Taken =
  | { readonly status: 'accepted' | 'replayed'; readonly id: string; readonly receiptCode: string; readonly rectificationId: string | null }
  | {
      readonly status: 'quarantined';
      readonly isReplay: boolean;
      readonly quarantineId: string;
      readonly receiptCode: string;
      readonly reason: QuarantineRow['reason'];
      readonly rectificationId: string | null;
    }
  | { readonly status: 'firstMissing' };

export interface TakeInDeps extends SealTools {
  readonly database: Database;
  readonly store: RatingStore;
  readonly openCases: OpenCases;
}

type BatchVerdict = Verdict<KeyedRating, QuarantineRow>;

interface Batch {
  readonly items: readonly PreparedRating[];
  readonly verdicts: readonly BatchVerdict[];
  readonly ids: readonly string[];
  readonly caseOf: ReadonlyMap<number, string>;
  readonly holderIdOf: (key: string) => string | null;
}

const toBadRating = (item: PreparedRating, origin: BadRating['origin']): BadRating => ({
  origin,
  sourceSystem: item.rating.sourceSystem,
  projectNo: item.rating.projectNo,
  serviceNumber: item.rating.serviceNumber,
  level: item.rating.level,
  channel: item.rating.channel,
  caseType: item.rating.caseType,
  taskCode: item.rating.taskCode,
  taskName: item.rating.taskName,
  deptCode: item.rating.deptCode,
  regionCode: regionOf(item.rating.areaCode),
  unit: item.unit,
  ratedStaffId: item.unit?.clerkId ?? null,
  isRealName: item.isRealName,
  windowName: item.rating.windowName,
  assessAt: item.rating.assessAt,
});

const quarantineRow = (batch: Batch, index: number, given: { readonly work: UnitOfWork; readonly tools: SealTools }): QuarantineRow | null => {
  const verdict = batch.verdicts[index];
  const item = batch.items[index];
  if (verdict?.kind !== 'quarantine' || item === undefined) return null;
  const { rating, unit } = item;
  return {
    id: batch.ids[index] ?? '',
    sourceSystem: rating.sourceSystem,
    projectNo: rating.projectNo,
    serviceNumber: rating.serviceNumber,
    assessNumber: rating.assessNumber,
    receiptCode: createReceiptCode(),
    reason: verdict.reason,
    level: rating.level,
    channel: rating.channel,
    taskName: rating.taskName,
    deptCode: rating.deptCode,
    regionCode: regionOf(rating.areaCode),
    orgId: unit?.id ?? null,
    orgPath: unit?.path ?? null,
    isBad: item.isBad,
    isRealName: item.isRealName,
    ratedStaffId: unit?.clerkId ?? null,
    content: given.tools.crypto.seal(canonical({ ...businessContent(rating), codeSystem: rating.codeSystem })),
    contentHash: item.contentHash,
    ratingId: verdict.reason === 'CONFLICT' ? batch.holderIdOf(verdict.ratingKey) : null,
    rectificationId: batch.caseOf.get(index) ?? null,
    resolution: null,
    at: given.work.now.getTime(),
  };
};

const announceRating = (row: RatingRow, work: UnitOfWork): void => {
  const { id, level, channel, assessNumber, orgId, regionCode, taskCode, isDefault, isRealName, rectificationId, assessAt } = row;
  work.announce({
    name: 'rating.received',
    payload: { id, level, channel, assessNumber, orgId, regionCode, taskCode, isDefault, isRealName, rectificationId, assessAt },
    rooms: [],
  });
};

const announceQuarantine = ({ id, reason, ratingId, rectificationId, isBad }: QuarantineRow, work: UnitOfWork): void =>
  work.announce({ name: 'rating.quarantined', payload: { id, reason, ratingId, rectificationId, isBad }, rooms: ['hotline'] });

/** rules §5.2: no number of the platform stands for this channel, so the report waits and somebody is told. */
const holdReports = async (rows: readonly RatingRow[], deps: TakeInDeps, work: UnitOfWork): Promise<void> => {
  const held = rows.filter((row) => ratingChannels[row.channel].platformCode === null);
  for (const row of held) work.announce({ name: 'rating.reportHeld', payload: { id: row.id, channel: row.channel }, rooms: ['hotline'] });
  await deps.store.holdReports(
    held.map((row) => ({ ratingId: row.id, state: 'HELD_NO_CHANNEL_CODE', at: work.now.getTime() })),
    work,
  );
};

const readStored = async (items: readonly PreparedRating[], deps: TakeInDeps, work: UnitOfWork) => {
  const projectNos = [...new Set(items.map((item) => item.rating.projectNo))];
  const held = new Map((await deps.store.keyed(projectNos, work)).map((row) => [ratingKeyOf(row), row]));
  // Only a key that is taken, or a row that cannot be taken, can have been set aside before.
  const maySitAside = items.some((item) => held.has(ratingKeyOf(item.rating)) || !tagsFitLevel(item.rating));
  const aside = new Map((maySitAside ? await deps.store.quarantined(projectNos, work) : []).map((row) => [`${ratingKeyOf(row)}\n${row.contentHash}`, row]));
  return {
    held,
    stored: {
      rating: (key: string) => held.get(key) ?? null,
      quarantined: (key: string, contentHash: string) => aside.get(`${key}\n${contentHash}`) ?? null,
    },
  };
};

const isBadAndNew = (item: PreparedRating | undefined, verdict: BatchVerdict | undefined): item is PreparedRating =>
  item?.isBad === true && (verdict?.kind === 'accept' || (verdict?.kind === 'quarantine' && verdict.reason === 'CONFLICT'));

const openCasesOf = async (
  items: readonly PreparedRating[],
  given: { readonly verdicts: readonly BatchVerdict[]; readonly ids: readonly string[] },
  run: { readonly deps: TakeInDeps; readonly work: UnitOfWork },
): Promise<ReadonlyMap<number, string>> => {
  const indexes = takingOrder(items).filter((index) => isBadAndNew(items[index], given.verdicts[index]));
  const bad = indexes.flatMap((index) => {
    const item = items[index];
    const kind = given.verdicts[index]?.kind === 'accept' ? ('rating' as const) : ('quarantine' as const);
    return item === undefined ? [] : [toBadRating(item, { kind, id: given.ids[index] ?? '' })];
  });
  if (bad.length === 0) return new Map();
  const cases = await run.deps.openCases(run.work, bad);
  return new Map(indexes.map((index, at) => [index, cases[at] ?? '']));
};

const answerOf = (verdict: BatchVerdict, written: RatingRow | QuarantineRow | undefined): Taken => {
  if (verdict.kind === 'firstMissing') return { status: 'firstMissing' };
  if (verdict.kind === 'replayed') {
    const { id, receiptCode, rectificationId } = verdict.stored;
    return { status: 'replayed', id, receiptCode, rectificationId };
  }
  const row = verdict.kind === 'quarantinedBefore' ? verdict.stored : written;
  if (row === undefined) throw new Error('a rating was neither stored nor refused');
  const { id, receiptCode, rectificationId } = row;
  if (verdict.kind === 'accept') return { status: 'accepted', id, receiptCode, rectificationId };
  const isReplay = verdict.kind === 'quarantinedBefore';
  return { status: 'quarantined', isReplay, quarantineId: id, receiptCode, reason: (row as QuarantineRow).reason, rectificationId };
};

const asReplay = (taken: Taken): Taken => {
  if (taken.status === 'accepted') return { ...taken, status: 'replayed' };
  return taken.status === 'quarantined' ? { ...taken, isReplay: true } : taken;
};

const writeAccepted = (batch: Batch, deps: TakeInDeps, work: UnitOfWork): ReadonlyMap<number, RatingRow> => {
  const written = new Map<number, RatingRow>();
  for (const index of takingOrder(batch.items)) {
    const item = batch.items[index];
    if (item === undefined || batch.verdicts[index]?.kind !== 'accept') continue;
    const row = toRatingRow(item, { now: work.now, id: batch.ids[index] ?? '', rectificationId: batch.caseOf.get(index) ?? null }, deps);
    written.set(index, row);
    work.chain({ chain: 'rating', table: 'rating', row, vouched: vouchedRating(row) });
    announceRating(row, work);
  }
  return written;
};

const setAside = async (batch: Batch, deps: TakeInDeps, work: UnitOfWork): Promise<ReadonlyMap<number, QuarantineRow>> => {
  const rows = batch.items.flatMap((_, index) => {
    const row = quarantineRow(batch, index, { work, tools: deps });
    return row === null ? [] : [[index, row] as const];
  });
  for (const [, row] of rows) announceQuarantine(row, work);
  await deps.store.addQuarantined(
    rows.map(([, row]) => row),
    work,
  );
  return new Map(rows);
};

/** One transaction: ratings into their chain, bad ones with their cases, conflicts set aside, facts into the outbox. */
export const createTakeIn =
  (deps: TakeInDeps) =>
  (items: readonly PreparedRating[]): Promise<readonly Taken[]> =>
    deps.database.inTransaction(async (work) => {
      const { held, stored } = await readStored(items, deps, work);
      const verdicts = sortOut(items, stored);
      const ids = items.map(() => deps.ids.next());
      const caseOf = await openCasesOf(items, { verdicts, ids }, { deps, work });
      const inBatch = new Map(
        items.flatMap((item, index) => (verdicts[index]?.kind === 'accept' ? [[ratingKeyOf(item.rating), ids[index] ?? ''] as const] : [])),
      );
      const batch: Batch = { items, verdicts, ids, caseOf, holderIdOf: (key) => inBatch.get(key) ?? held.get(key)?.id ?? null };
      const accepted = writeAccepted(batch, deps, work);
      const aside = await setAside(batch, deps, work);
      await holdReports([...accepted.values()], deps, work);
      const answers = verdicts.map((verdict, index) => (verdict.kind === 'sameAs' ? null : answerOf(verdict, accepted.get(index) ?? aside.get(index))));
      return verdicts.map((verdict, index) => {
        const answer = answers[verdict.kind === 'sameAs' ? verdict.index : index];
        if (answer === null || answer === undefined) throw new Error('a twin stands before its first');
        return verdict.kind === 'sameAs' ? asReplay(answer) : answer;
      });
    });
