import { QueryTypes } from 'sequelize';
import type { ChainSpec, Database, FieldCrypto } from '#platform';
import { identityText, vouchedRating } from '../domain/rating-chain';

/** One finding of `verify` (security T-1). */
export interface RatingFinding {
  readonly invariant: string;
  readonly checked: number;
  readonly offending: readonly string[];
}

const openOrNull = (crypto: FieldCrypto, sealed: unknown): string | null => (typeof sealed === 'string' ? crypto.open(sealed) : null);

/** Erased fields are empty strings; their commitments stay and are no longer compared. */
const identityHolds = (row: Readonly<Record<string, unknown>>, crypto: FieldCrypto): boolean => {
  const sealed = [row['nameSealed'], row['certSealed'], row['phoneSealed']];
  if (sealed.includes('')) return true;
  const [userName = null, certNo = null, mobile = null] = sealed.map((value) => openOrNull(crypto, value));
  return crypto.commitment(String(row['salt']), identityText({ userName, certNo, mobile })) === row['identityCommitment'];
};

const wordsHold = (row: Readonly<Record<string, unknown>>, crypto: FieldCrypto): boolean =>
  row['wordsSealed'] === '' || crypto.commitment(String(row['salt']), openOrNull(crypto, row['wordsSealed']) ?? '') === row['wordsCommitment'];

/** A sealed text that no longer opens was altered. */
const holds = (row: Readonly<Record<string, unknown>>, crypto: FieldCrypto): boolean => {
  try {
    return identityHolds(row, crypto) && wordsHold(row, crypto);
  } catch {
    return false;
  }
};

export const ratingChain = (crypto: FieldCrypto): ChainSpec => ({
  chain: 'rating',
  table: 'rating',
  vouched: vouchedRating,
  holds: (row) => holds(row, crypto),
});

const mostNamed = 50;

/** I-02, I-04: no key twice, no follow-up without its first, no derived flag that contradicts the level. */
export const createVerifyRatings = (database: Database) => async (): Promise<readonly RatingFinding[]> => {
  const { sequelize } = database;
  const read = (sql: string): Promise<{ id: string }[]> => sequelize.query<{ id: string }>(`${sql} LIMIT ${mostNamed}`, { type: QueryTypes.SELECT });
  const [count] = await sequelize.query<{ n: number }>('SELECT COUNT(*) AS n FROM rating', { type: QueryTypes.SELECT });
  const checked = count?.n ?? 0;
  const orphans = await read(
    'SELECT f.id FROM rating f LEFT JOIN rating o ON o.projectNo = f.projectNo AND o.serviceNumber = f.serviceNumber AND o.assessNumber = 1 AND o.sourceSystem = f.sourceSystem WHERE f.assessNumber = 2 AND o.id IS NULL',
  );
  const flags = await read(
    "SELECT id FROM rating WHERE (level IN ('DISSATISFIED', 'VERY_DISSATISFIED') AND isBad = 0) OR (level NOT IN ('DISSATISFIED', 'VERY_DISSATISFIED') AND isBad = 1) OR (isBad = 1 AND rectificationId IS NULL)",
  );
  return [
    { invariant: 'I-04 a follow-up rating has its first rating', checked, offending: orphans.map((row) => `rating ${row.id}`) },
    { invariant: 'I-03 a bad rating names its case', checked, offending: flags.map((row) => `rating ${row.id}`) },
  ];
};
