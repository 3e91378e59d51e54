import type { QuarantineReason } from '#contracts/api/ratings';
import { type RatingIntake, ratingKeyOf, serviceKeyOf, tagsFitLevel } from './rating-intake';

export interface Delivery {
  readonly rating: RatingIntake;
  readonly contentHash: string;
}

/** What is stored already under the keys of a batch. */
export interface Stored<R, Q> {
  readonly rating: (key: string) => (R & { readonly contentHash: string; readonly id: string }) | null;
  readonly quarantined: (key: string, contentHash: string) => Q | null;
}

export type Verdict<R, Q> =
  | { readonly kind: 'accept' }
  | { readonly kind: 'replayed'; readonly stored: R }
  | { readonly kind: 'quarantine'; readonly reason: QuarantineReason; readonly ratingKey: string }
  | { readonly kind: 'quarantinedBefore'; readonly stored: Q }
  /** The same delivery stands earlier in this batch. */
  | { readonly kind: 'sameAs'; readonly index: number }
  | { readonly kind: 'firstMissing' };

/** First ratings before follow-ups, else as they came: a file may hold a follow-up above its first rating. */
export const takingOrder = (deliveries: readonly Delivery[]): readonly number[] =>
  deliveries.map((_, index) => index).sort((a, b) => (deliveries[a]?.rating.assessNumber ?? 0) - (deliveries[b]?.rating.assessNumber ?? 0) || a - b);

const keyOfFirst = (rating: RatingIntake): string => `${serviceKeyOf(rating)}\n1`;

interface Seen {
  /** Where in the batch the holder of a key stands. */
  readonly holders: Map<string, number>;
  /** Where in the batch a key with exactly this content stands. */
  readonly contents: Map<string, number>;
}

const judge = <R, Q>(delivery: Delivery, seen: Seen, stored: Stored<R, Q>): Verdict<R, Q> => {
  const { rating, contentHash } = delivery;
  const ratingKey = ratingKeyOf(rating);
  const twin = seen.contents.get(`${ratingKey}\n${contentHash}`);
  if (twin !== undefined) return { kind: 'sameAs', index: twin };
  const holder = stored.rating(ratingKey);
  if (holder?.contentHash === contentHash) return { kind: 'replayed', stored: holder };
  const known = stored.quarantined(ratingKey, contentHash);
  if (known !== null) return { kind: 'quarantinedBefore', stored: known };
  // Before the look at the tags: whoever holds the key with other content must not keep a bad rating from its case (security I-16).
  if (holder !== null || seen.holders.has(ratingKey)) return { kind: 'quarantine', reason: 'CONFLICT', ratingKey };
  if (!tagsFitLevel(rating)) return { kind: 'quarantine', reason: 'CODE_SYSTEM_MISMATCH', ratingKey };
  const hasFirst = rating.assessNumber === 1 || stored.rating(keyOfFirst(rating)) !== null || seen.holders.has(keyOfFirst(rating));
  return hasFirst ? { kind: 'accept' } : { kind: 'firstMissing' };
};

/** rules §5.3.1, §5.3.3: what becomes of each delivery of a batch, given what is stored; knows no database. */
export const sortOut = <R, Q>(deliveries: readonly Delivery[], stored: Stored<R, Q>): readonly Verdict<R, Q>[] => {
  const seen: Seen = { holders: new Map(), contents: new Map() };
  const verdicts: Verdict<R, Q>[] = [];
  for (const index of takingOrder(deliveries)) {
    const delivery = deliveries[index];
    if (delivery === undefined) continue;
    const verdict = judge(delivery, seen, stored);
    verdicts[index] = verdict;
    const key = ratingKeyOf(delivery.rating);
    if (verdict.kind === 'accept') seen.holders.set(key, index);
    if (verdict.kind === 'accept' || verdict.kind === 'quarantine') seen.contents.set(`${key}\n${delivery.contentHash}`, index);
  }
  return verdicts;
};
