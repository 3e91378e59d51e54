import { QueryTypes } from 'sequelize';
import { canonical } from './canonical';
import type { Database } from './database';
import type { FieldCrypto } from './field-crypto';
import { vouchedAudit, vouchedTrail } from './unit-of-work';

export interface ChainFault {
  readonly chain: string;
  /** Number of the first link that does not fit. */
  readonly chainNo: number;
  readonly rowId: string | null;
  readonly fault: 'altered' | 'missing' | 'head';
}

export interface ChainReport {
  readonly chain: string;
  readonly rows: number;
  readonly fault: ChainFault | null;
}

type Row = Readonly<Record<string, unknown>>;

/** How the verifier reads a chain back: its table and what of a row the chain vouches for. */
export interface ChainSpec {
  readonly chain: string;
  readonly table: string;
  vouched(row: Row): Row;
  /** Extra check of a row against what it commits to; false names the row as altered. */
  holds?(row: Row): boolean;
}

/** The chains that the platform itself writes. */
export const platformChains = (crypto: FieldCrypto): readonly ChainSpec[] => [
  { chain: 'audit', table: 'audit', vouched: vouchedAudit },
  {
    chain: 'trail',
    table: 'trail',
    vouched: vouchedTrail,
    // An erased text (content = '') leaves its commitment and so a chain that still verifies.
    holds: (row) => row['content'] === '' || crypto.commitment(String(row['salt']), crypto.open(String(row['content']))) === row['commitment'],
  },
];

const pageSize = 2_000;

/** Walks a chain from its first link and names the first row that was altered, removed, inserted or moved (security I-13). */
export const verifyChain = async (database: Database, crypto: FieldCrypto, spec: ChainSpec): Promise<ChainReport> => {
  const { sequelize } = database;
  let mac = '';
  let no = 0;
  const faultAt = (chainNo: number, rowId: string | null, fault: ChainFault['fault']): ChainReport => ({
    chain: spec.chain,
    rows: no,
    fault: { chain: spec.chain, chainNo, rowId, fault },
  });
  for (;;) {
    const rows = await sequelize.query<Record<string, unknown>>(
      `SELECT * FROM ${sequelize.getQueryInterface().quoteIdentifier(spec.table)} WHERE chainNo > $1 ORDER BY chainNo LIMIT ${pageSize}`,
      {
        bind: [no],
        type: QueryTypes.SELECT,
      },
    );
    for (const row of rows) {
      const rowId = String(row['id']);
      if (Number(row['chainNo']) !== no + 1) return faultAt(no + 1, rowId, 'missing');
      const expected = crypto.mac(spec.chain, mac, `${no + 1}\n${canonical(spec.vouched(row))}`);
      if (expected !== row['chainMac'] || spec.holds?.(row) === false) return faultAt(no + 1, rowId, 'altered');
      mac = expected;
      no += 1;
    }
    if (rows.length < pageSize) break;
  }
  const [head] = await sequelize.query<{ lastNo: number; lastMac: string }>('SELECT lastNo, lastMac FROM chain_head WHERE name = $1', {
    bind: [spec.chain],
    type: QueryTypes.SELECT,
  });
  if (Number(head?.lastNo ?? 0) !== no || (head?.lastMac ?? '') !== mac) return faultAt(no + 1, null, 'head');
  return { chain: spec.chain, rows: no, fault: null };
};
