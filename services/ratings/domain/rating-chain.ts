type Row = Readonly<Record<string, unknown>>;

const vouchedColumns = [
  'id',
  'sourceSystem',
  'projectNo',
  'receiptCode',
  'codeSystem',
  'level',
  'channel',
  'caseType',
  'proStatus',
  'taskCode',
  'taskHandleItem',
  'taskName',
  'deptCode',
  'areaCode',
  'tags',
  'windowName',
  'userProp',
  'contentHash',
  'identityCommitment',
  'wordsCommitment',
  'rectificationId',
  'receivedFrom',
] as const;

/**
 * What the chain vouches for (security I-13): all that may never change. Identity and words are in it as salted commitments, so that
 * they can be erased and the chain still verifies.
 */
export const vouchedRating = (row: Row): Row => ({
  ...Object.fromEntries(vouchedColumns.map((name) => [name, row[name] ?? null])),
  serviceNumber: Number(row['serviceNumber']),
  assessNumber: Number(row['assessNumber']),
  assessAt: Number(row['assessAt']),
  acceptAt: Number(row['acceptAt']),
  receivedAt: Number(row['receivedAt']),
  isAnonymous: Boolean(row['isAnonymous']),
  isRealName: Boolean(row['isRealName']),
  isDefault: Boolean(row['isDefault']),
});

/** One text for what identifies the rater; the same from the delivery and from the opened row. */
export const identityText = (identity: { readonly userName: string | null; readonly certNo: string | null; readonly mobile: string | null }): string =>
  JSON.stringify([identity.userName, identity.certNo, identity.mobile]);
