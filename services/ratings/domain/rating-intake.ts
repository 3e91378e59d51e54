import type { CaseType, ProStatus, RaterKind } from '#contracts/vocabulary/case-types';
import { type RatingChannel, ratingChannels } from '#contracts/vocabulary/rating-channels';
import { findTag, isV1Tag, tagFitsLevel } from '#contracts/vocabulary/rating-tags';
import type { CodeSystem, Satisfaction } from '#contracts/vocabulary/satisfaction';
import type { FieldProblem } from '#kernel';

/** A rating in the words of the house: names instead of numbers, checked, not yet stored. */
export interface RatingIntake {
  readonly codeSystem: CodeSystem;
  readonly sourceSystem: string;
  readonly projectNo: string;
  readonly serviceNumber: number;
  readonly assessNumber: number;
  readonly level: Satisfaction;
  readonly channel: RatingChannel;
  readonly caseType: CaseType;
  readonly proStatus: ProStatus;
  readonly taskCode: string;
  readonly taskHandleItem: string | null;
  readonly taskName: string;
  readonly deptCode: string;
  readonly areaCode: string;
  readonly assessAt: Date;
  readonly acceptAt: Date;
  readonly tags: readonly string[];
  readonly words: string | null;
  readonly userName: string | null;
  readonly certNo: string | null;
  /** E.164 when it can be rung, else as typed. */
  readonly mobile: string | null;
  readonly userProp: RaterKind | null;
  readonly isAnonymous: boolean;
  readonly identityVerified: boolean | null;
  readonly windowName: string | null;
  readonly proManager: string | null;
  readonly subMatter: string | null;
  readonly dataSource: string | null;
}

/** rules §5.3.6: a verified identity or a number that can be rung, and the person did not ask to stay anonymous. */
export const isRealName = (rating: Pick<RatingIntake, 'isAnonymous' | 'identityVerified' | 'certNo' | 'mobile'>): boolean => {
  const isVerified = rating.certNo !== null && rating.identityVerified !== false;
  return !rating.isAnonymous && (isVerified || rating.identityVerified === true || rating.mobile?.startsWith('+') === true);
};

/** rules §5.3.5: never counts as a rating that somebody gave. */
export const isDefaultRating = (rating: Pick<RatingIntake, 'channel'>): boolean => rating.channel === 'SYSTEM_DEFAULT';

const codePoints = (value: string): number => Array.from(value).length;

const tagProblem = (code: string): string | null => {
  const tag = findTag(code);
  if (tag !== null) return tag.enabled ? null : `标签 ${code} 已停用`;
  return isV1Tag(code) ? `标签 ${code} 属于旧版号段，新评价不得使用` : `标签 ${code.slice(0, 10)} 不在码表中`;
};

/** What the shape alone cannot say: which tags exist, how long the words may be on this channel (rules §5.3.9, §5.4). */
export const intakeProblems = (rating: RatingIntake): readonly FieldProblem[] => {
  const limit = ratingChannels[rating.channel].textLimit;
  const tags = rating.tags.flatMap((code) => {
    const message = tagProblem(code);
    return message === null ? [] : [{ path: '/evalDetail', code: 'unknown-tag', message }];
  });
  const words =
    rating.words !== null && codePoints(rating.words) > limit ? [{ path: '/writingEvaluation', code: 'too-long', message: `不能超过 ${limit} 个字` }] : [];
  const times =
    rating.assessAt.getTime() < rating.acceptAt.getTime() - dayMs ? [{ path: '/assessTime', code: 'before-accept', message: '评价时间不应早于受理时间' }] : [];
  return [...tags, ...words, ...times];
};

/** Senders give the day of acceptance without its hour. */
const dayMs = 86_400_000;

/** rules §5.4: a tag of another level shows that the declared code system is wrong; such a row is set aside, not guessed. */
export const tagsFitLevel = (rating: Pick<RatingIntake, 'tags' | 'level'>): boolean => rating.tags.every((code) => tagFitsLevel(code, rating.level));

/** What two deliveries must agree in to be one (rules §5.3.1); the way the numbers were written is not part of it. */
export const businessContent = (rating: RatingIntake): Readonly<Record<string, unknown>> => {
  const { codeSystem: _declared, ...content } = rating;
  return content;
};

export const serviceKeyOf = (rating: Pick<RatingIntake, 'sourceSystem' | 'projectNo' | 'serviceNumber'>): string =>
  `${rating.sourceSystem}\n${rating.projectNo}\n${rating.serviceNumber}`;

export const ratingKeyOf = (rating: Pick<RatingIntake, 'sourceSystem' | 'projectNo' | 'serviceNumber' | 'assessNumber'>): string =>
  `${serviceKeyOf(rating)}\n${rating.assessNumber}`;
