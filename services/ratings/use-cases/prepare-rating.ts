import { createHmac } from 'node:crypto';
import { isBadLevel } from '#contracts/vocabulary/satisfaction';
import { createReceiptCode, type Ids, systemRandomness } from '#kernel';
import { canonical, type FieldCrypto } from '#platform';
import { identityText } from '../domain/rating-chain';
import { businessContent, isDefaultRating, isRealName, type RatingIntake } from '../domain/rating-intake';
import type { RatingRow } from '../store/rating-store';
import type { RatedUnit } from './rated-units';

/** A delivery made ready outside the transaction: hashed, sealed, its unit looked up. */
export interface PreparedRating {
  readonly rating: RatingIntake;
  readonly contentHash: string;
  readonly unit: RatedUnit | null;
  readonly isRealName: boolean;
  readonly isBad: boolean;
  readonly receivedFrom: string;
}

export interface SealTools {
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
}

export const createPrepare = (crypto: FieldCrypto) => {
  // Keyed: the content holds a phone number, and a plain hash of one is reversed in minutes (security P-1).
  const hashKey = crypto.derive('rating-content');
  return (rating: RatingIntake, unit: RatedUnit | null, receivedFrom: string): PreparedRating => ({
    rating,
    contentHash: createHmac('sha256', hashKey)
      .update(canonical(businessContent(rating)))
      .digest('base64url'),
    unit,
    isRealName: isRealName(rating),
    isBad: isBadLevel(rating.level),
    receivedFrom,
  });
};

const sealOrNull = (crypto: FieldCrypto, value: string | null): string | null => (value === null ? null : crypto.seal(value));

const personalColumns = ({ rating }: PreparedRating, crypto: FieldCrypto) => {
  const salt = systemRandomness.bytes(16).toString('base64url');
  const { userName, certNo, mobile, words, proManager } = rating;
  return {
    nameSealed: sealOrNull(crypto, userName),
    nameHash: userName === null ? null : crypto.hashOf('name', userName),
    certSealed: sealOrNull(crypto, certNo),
    certHash: certNo === null ? null : crypto.hashOf('idNumber', certNo),
    phoneSealed: sealOrNull(crypto, mobile),
    phoneHash: mobile === null ? null : crypto.hashOf('phone', mobile),
    wordsSealed: sealOrNull(crypto, words),
    clerkSealed: sealOrNull(crypto, proManager),
    salt,
    identityCommitment: crypto.commitment(salt, identityText(rating)),
    wordsCommitment: crypto.commitment(salt, words ?? ''),
  };
};

export const regionOf = (areaCode: string): string => areaCode.slice(0, 6);

export const toRatingRow = (
  prepared: PreparedRating,
  given: { readonly now: Date; readonly rectificationId: string | null; readonly id: string },
  tools: SealTools,
): RatingRow => {
  const { rating, unit } = prepared;
  return {
    id: given.id,
    sourceSystem: rating.sourceSystem,
    projectNo: rating.projectNo,
    serviceNumber: rating.serviceNumber,
    assessNumber: rating.assessNumber,
    receiptCode: createReceiptCode(),
    codeSystem: rating.codeSystem,
    level: rating.level,
    channel: rating.channel,
    caseType: rating.caseType,
    proStatus: rating.proStatus,
    taskCode: rating.taskCode,
    taskHandleItem: rating.taskHandleItem,
    taskName: rating.taskName,
    deptCode: rating.deptCode,
    areaCode: rating.areaCode,
    regionCode: regionOf(rating.areaCode),
    orgId: unit?.id ?? null,
    orgPath: unit?.path ?? null,
    assessAt: rating.assessAt.getTime(),
    acceptAt: rating.acceptAt.getTime(),
    receivedAt: given.now.getTime(),
    tags: rating.tags.join(','),
    windowName: rating.windowName,
    subMatter: rating.subMatter,
    dataSource: rating.dataSource,
    userProp: rating.userProp,
    isAnonymous: rating.isAnonymous,
    isRealName: prepared.isRealName,
    isDefault: isDefaultRating(rating),
    isBad: prepared.isBad,
    ...personalColumns(prepared, tools.crypto),
    ratedStaffId: unit?.clerkId ?? null,
    contentHash: prepared.contentHash,
    rectificationId: given.rectificationId,
    receivedFrom: prepared.receivedFrom,
  };
};
