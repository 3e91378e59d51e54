type Row = Readonly<Record<string, unknown>>;

/**
 * What the chain vouches for (security I-13): all that may never change. Identity and words are in it as salted commitments, so that
 * they can be erased and the chain still verifies. Written out, because it is made for every row of the intake.
 */
export const vouchedRating = (row: Row): Row => ({
  acceptAt: Number(row['acceptAt']),
  areaCode: row['areaCode'],
  assessAt: Number(row['assessAt']),
  assessNumber: Number(row['assessNumber']),
  caseType: row['caseType'],
  channel: row['channel'],
  codeSystem: row['codeSystem'],
  contentHash: row['contentHash'],
  deptCode: row['deptCode'],
  id: row['id'],
  identityCommitment: row['identityCommitment'],
  isAnonymous: Boolean(row['isAnonymous']),
  isDefault: Boolean(row['isDefault']),
  isRealName: Boolean(row['isRealName']),
  level: row['level'],
  proStatus: row['proStatus'],
  projectNo: row['projectNo'],
  receiptCode: row['receiptCode'],
  receivedAt: Number(row['receivedAt']),
  receivedFrom: row['receivedFrom'],
  rectificationId: row['rectificationId'],
  serviceNumber: Number(row['serviceNumber']),
  sourceSystem: row['sourceSystem'],
  tags: row['tags'],
  taskCode: row['taskCode'],
  taskHandleItem: row['taskHandleItem'],
  taskName: row['taskName'],
  userProp: row['userProp'],
  windowName: row['windowName'],
  wordsCommitment: row['wordsCommitment'],
});

/** One text for what identifies the rater; the same from the delivery and from the opened row. */
export const identityText = (identity: { readonly userName: string | null; readonly certNo: string | null; readonly mobile: string | null }): string =>
  JSON.stringify([identity.userName, identity.certNo, identity.mobile]);
