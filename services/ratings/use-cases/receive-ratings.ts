import type { BatchAnswer, BatchRowResult, QuarantineReceipt, RatingInput, RatingReceipt, RowProblem } from '#contracts/api/ratings';
import { type Actor, DomainError, type FieldProblem, invalid } from '#kernel';
import { readRating, translateRating } from '../adapters/read-rating';
import type { RatingIntake } from '../domain/rating-intake';
import type { GroupCommit } from './group-commit';
import type { PreparedRating } from './prepare-rating';
import { createUnitLookup, type RatedUnit, type UnitDeps } from './rated-units';
import type { Taken } from './take-in';

/** What became of one rating sent alone. */
export type Received =
  | { readonly kind: 'accepted' | 'replayed'; readonly receipt: RatingReceipt }
  | { readonly kind: 'quarantined'; readonly isReplay: boolean; readonly receipt: QuarantineReceipt };

export interface ReceiveDeps extends UnitDeps {
  readonly prepare: (rating: RatingIntake, unit: RatedUnit | null, receivedFrom: string) => PreparedRating;
  readonly commit: GroupCommit<PreparedRating, Taken>;
}

const firstMissing: FieldProblem = { path: '/assessNumber', code: 'first-missing', message: '追评之前须有同一次服务的首次评价' };
const firstMissingCode = 'rating/first-missing';
const refusedTitle = '这条评价不符合报送要求，没有入库。';

const problemOf = (code: string, errors: readonly FieldProblem[]): RowProblem => ({
  type: `/problems/${code}`,
  title: refusedTitle,
  status: 422,
  code,
  errors: errors.map((error) => ({ ...error })),
});

const notStored: RowProblem = { type: '/problems/rating/not-stored', title: '未能保存，请稍后重新报送。', status: 503, code: 'rating/not-stored', errors: [] };

const toQuarantineReceipt = (taken: Extract<Taken, { status: 'quarantined' }>): QuarantineReceipt => ({
  quarantineId: taken.quarantineId,
  receiptCode: taken.receiptCode,
  reason: taken.reason,
  rectificationId: taken.rectificationId,
});

const rowResult = (index: number, settled: PromiseSettledResult<Taken>): BatchRowResult => {
  if (settled.status === 'rejected') {
    if (settled.reason instanceof DomainError) throw settled.reason;
    return { index, status: 'rejected', problem: notStored };
  }
  const taken = settled.value;
  if (taken.status === 'firstMissing') return { index, status: 'rejected', problem: problemOf(firstMissingCode, [firstMissing]) };
  const { receiptCode, rectificationId } = taken;
  if (taken.status === 'quarantined') return { index, status: 'quarantined', quarantineId: taken.quarantineId, receiptCode, rectificationId };
  return { index, status: taken.status, id: taken.id, receiptCode, rectificationId };
};

const toReceived = (taken: Taken): Received => {
  if (taken.status === 'firstMissing') throw invalid(firstMissing.message, [firstMissing], firstMissingCode);
  if (taken.status === 'quarantined') return { kind: 'quarantined', isReplay: taken.isReplay, receipt: toQuarantineReceipt(taken) };
  const { id, receiptCode, rectificationId } = taken;
  return { kind: taken.status, receipt: { id, receiptCode, rectificationId } };
};

/** The transaction's size: larger ones gain nothing and hold the writers' lock longer (design.md §6). */
export const rowsPerTransaction = 500;

const slices = <T>(rows: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));

export const createReceiveRatings = ({ organizations, staff, prepare, commit }: ReceiveDeps) => {
  const lookUp = createUnitLookup({ organizations, staff });

  /** One rating, as checked by the endpoint's schema. */
  const receive = async (input: RatingInput, actor: Actor): Promise<Received> => {
    const read = translateRating(input);
    if (!read.ok) throw invalid(refusedTitle, read.errors);
    const unitOf = await lookUp([read.rating]);
    const [settled] = await commit.submit([prepare(read.rating, unitOf(read.rating), actor.id)]);
    if (settled === undefined) throw new Error('the intake gave no answer');
    if (settled.status === 'rejected') throw settled.reason;
    return toReceived(settled.value);
  };

  /** Many rows, each judged alone: one bad row never spoils the others (security B-6). */
  const receiveBatch = async (rows: readonly unknown[], actor: Actor): Promise<BatchAnswer> => {
    const results: BatchRowResult[] = [];
    const read: { readonly index: number; readonly rating: RatingIntake }[] = [];
    for (const [index, row] of rows.entries()) {
      const answer = readRating(row);
      if (answer.ok) read.push({ index, rating: answer.rating });
      else results[index] = { index, status: 'rejected', problem: problemOf('invalid-input', answer.errors) };
    }
    const unitOf = await lookUp(read.map((entry) => entry.rating));
    const ready = read.map(({ index, rating }) => ({ index, item: prepare(rating, unitOf(rating), actor.id) }));
    // First ratings go first over the whole request, so that a follow-up finds its first one in an earlier transaction.
    ready.sort((a, b) => a.item.rating.assessNumber - b.item.rating.assessNumber || a.index - b.index);
    for (const slice of slices(ready, rowsPerTransaction)) {
      const settled = await commit.submit(slice.map((entry) => entry.item));
      for (const [at, entry] of slice.entries()) {
        const answer = settled[at];
        if (answer !== undefined) results[entry.index] = rowResult(entry.index, answer);
      }
    }
    const count = (status: BatchRowResult['status']): number => results.filter((result) => result.status === status).length;
    return { accepted: count('accepted'), replayed: count('replayed'), quarantined: count('quarantined'), rejected: count('rejected'), results };
  };

  return { receive, receiveBatch };
};
