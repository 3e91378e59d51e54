import type { BadRatingKey, RatingReader } from '#ratings';
import type { RectificationStore } from '../store/rectification-store';
import type { CheckName, VerifyChecks } from '../store/verify-checks';

/** One finding of `verify` (security T-1). */
export interface RectificationFinding {
  readonly invariant: string;
  readonly checked: number;
  readonly offending: readonly string[];
}

const mostNamed = 50;
const pageSize = 2_000;

const invariants: readonly (readonly [CheckName, string])[] = [
  ['withoutRating', 'I-03 every case comes from a bad rating'],
  ['closed', 'I-05 closed means closed'],
  ['excluded', 'I-06 exclusion is founded and independent'],
  ['conservation', 'I-07 the parts of the ledger are the whole'],
  ['trail', 'I-09 state, version and trail agree'],
  ['firstDue', 'I-15 the first due instant stands'],
];

type BadPage = (id: string, limit: number) => Promise<readonly BadRatingKey[]>;

/** Walks all bad ratings and looks for those with no case or, which the key forbids, with two. */
const unmatched = async (store: RectificationStore, page: BadPage) => {
  const offending: string[] = [];
  let checked = 0;
  for (let after = ''; ;) {
    const rows = await page(after, pageSize);
    const linked = await store.linkedAmong(rows.map((row) => row.id));
    for (const row of rows) if (linked.get(row.id)?.length !== 1) offending.push(row.id);
    checked += rows.length;
    const last = rows.at(-1);
    if (rows.length < pageSize || last === undefined) return { checked, offending };
    after = last.id;
  }
};

export const createVerifyRectification =
  (deps: { readonly checks: VerifyChecks; readonly store: RectificationStore; readonly ratings: RatingReader }) =>
  async (): Promise<readonly RectificationFinding[]> => {
    const stored = await unmatched(deps.store, deps.ratings.badAfter);
    const aside = await unmatched(deps.store, deps.ratings.badQuarantinedAfter);
    const orphans = [...stored.offending.map((id) => `rating ${id}`), ...aside.offending.map((id) => `quarantine ${id}`)].slice(0, mostNamed);
    const findings: RectificationFinding[] = [
      { invariant: 'I-03 every bad rating has exactly one case', checked: stored.checked + aside.checked, offending: orphans },
    ];
    const checked = await deps.checks.count();
    for (const [name, invariant] of invariants) {
      const offending = await deps.checks.offending(name, mostNamed);
      findings.push({ invariant, checked, offending: offending.map((id) => `rectification ${id}`) });
    }
    return findings;
  };
