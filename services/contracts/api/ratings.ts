import { z } from 'zod';
import { type CaseType, caseTypes, type ProStatus, proStatuses, type RaterKind, raterKinds } from '../vocabulary/case-types';
import { type RatingChannel, ratingChannelNames } from '../vocabulary/rating-channels';
import { type CodeSystem, codeSystems, type Satisfaction, satisfactions } from '../vocabulary/satisfaction';
import { id, pageOf, pageQuery, phone, regionCode, text } from './text';

const namesOf = <T extends string>(names: readonly string[]) => z.enum(names as [T, ...T[]]);

/** A name of ours, or the number of the declared code system as number or digit. */
const coded = <T extends string>(names: readonly string[]) =>
  z.union([namesOf<T>(names), z.int().min(0).max(99), z.string().regex(/^\d{1,2}$/)], { error: '应为枚举名称，或所声明码系的代码' });

const count = (max: number) =>
  z.union(
    [
      z.int().min(1).max(max),
      z
        .string()
        .regex(/^[1-9]\d{0,5}$/)
        .transform(Number)
        .refine((value) => value <= max),
    ],
    { error: `应为 1 到 ${max} 的整数` },
  );

const shanghaiOffset = '+08:00';

/** ISO 8601 with offset; or what platforms send, `YYYY-MM-DD HH:mm:ss` or a day, which are Shanghai time. */
const platformInstant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/, { error: '时间格式应为 ISO 8601 或 YYYY-MM-DD HH:mm:ss' })
  .transform((value) => {
    const full = value.length === 10 ? `${value}T00:00:00` : value.replace(' ', 'T');
    return new Date(/(Z|[+-]\d{2}:\d{2})$/.test(full) ? full : `${full}${shanghaiOffset}`);
  })
  .refine((at) => !Number.isNaN(at.getTime()), { error: '不是有效的时间' });

export const CodeSystemName = namesOf<CodeSystem>(Object.keys(codeSystems));
export const SatisfactionName = namesOf<Satisfaction>(satisfactions);
export const RatingChannelName = namesOf<RatingChannel>(ratingChannelNames);

/** rules §5.3; the code system must be declared, nothing guesses it. Senders leave optional fields out, empty or null. */
export const RatingInput = z.strictObject({
  codeSystem: CodeSystemName,
  sourceSystem: text(40),
  projectNo: text(50),
  serviceNumber: count(999_999),
  assessNumber: count(2),
  satisfaction: coded<Satisfaction>(satisfactions),
  channel: coded<RatingChannel>(ratingChannelNames),
  assessTime: platformInstant,
  taskCode: z.string().regex(/^[0-9A-Za-z_-]{1,64}$/, { error: '事项编码格式不对' }),
  taskHandleItem: z
    .string()
    .regex(/^[0-9A-Za-z_-]{1,64}$/, { error: '业务办理项编码格式不对' })
    .nullish(),
  taskName: text(200),
  deptCode: z.string().regex(/^[0-9A-Z]{18}$/, { error: '统一社会信用代码应为 18 位' }),
  areaCode: z.string().regex(/^\d{6}(\d{3}|\d{6})?$/, { error: '区划代码应为 6、9 或 12 位数字' }),
  proStatus: coded<ProStatus>(Object.keys(proStatuses)),
  caseType: coded<CaseType>(Object.keys(caseTypes)),
  acceptDate: platformInstant,
  /** Tag codes, separated by commas, or a list. */
  evalDetail: z.union([z.string().max(200), z.array(z.string().max(10)).max(24)]).nullish(),
  writingEvaluation: text(500, 0).nullish(),
  userName: text(100, 0).nullish(),
  certNo: z
    .string()
    .regex(/^[0-9A-Za-z()（）-]{0,30}$/, { error: '证件号格式不对' })
    .nullish(),
  mobile: z.union([phone, z.literal('')]).nullish(),
  userProp: coded<RaterKind>(Object.keys(raterKinds)).nullish(),
  /** The person asked to stay anonymous (rules §5.3.6). */
  isAnonymous: z.boolean().nullish(),
  /** Whether the sender has verified the identity; without it a given certificate number counts as verified by the sender. */
  identityVerified: z.boolean().nullish(),
  windowName: text(100, 0).nullish(),
  proManager: text(50, 0).nullish(),
  subMatter: text(100, 0).nullish(),
  dataSource: text(50, 0).nullish(),
});
export type RatingInput = z.infer<typeof RatingInput>;

export const RatingBatch = z.strictObject({ ratings: z.array(z.unknown()).min(1).max(1000) });

export const RatingReceipt = z.object({ id: z.string(), receiptCode: z.string(), rectificationId: z.string().nullable() });
export type RatingReceipt = z.infer<typeof RatingReceipt>;

export const quarantineReasons = { CONFLICT: '同一评价重复报送且内容不同', CODE_SYSTEM_MISMATCH: '标签与等级不符，码系声明可能有误' } as const;
export type QuarantineReason = keyof typeof quarantineReasons;

export const QuarantineReceipt = z.object({
  quarantineId: z.string(),
  receiptCode: z.string(),
  reason: namesOf<QuarantineReason>(Object.keys(quarantineReasons)),
  rectificationId: z.string().nullable(),
});
export type QuarantineReceipt = z.infer<typeof QuarantineReceipt>;

const RowProblem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});
export type RowProblem = z.infer<typeof RowProblem>;

export const BatchRowResult = z.object({
  index: z.number(),
  status: z.enum(['accepted', 'replayed', 'quarantined', 'rejected']),
  id: z.string().optional(),
  quarantineId: z.string().optional(),
  receiptCode: z.string().optional(),
  rectificationId: z.string().nullable().optional(),
  problem: RowProblem.optional(),
});
export type BatchRowResult = z.infer<typeof BatchRowResult>;

export const BatchAnswer = z.object({
  accepted: z.number(),
  replayed: z.number(),
  quarantined: z.number(),
  rejected: z.number(),
  results: z.array(BatchRowResult),
});
export type BatchAnswer = z.infer<typeof BatchAnswer>;

const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

export const RatingQuery = z.strictObject({
  ...pageQuery,
  level: SatisfactionName.optional(),
  channel: RatingChannelName.optional(),
  org: id.optional(),
  region: regionCode.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  realName: yesOrNo.optional(),
  bad: yesOrNo.optional(),
  /** Part of the item's name, or a whole 办件编号. */
  q: z.string().trim().min(1).max(50).optional(),
});
export type RatingQuery = z.infer<typeof RatingQuery>;

export const RatingView = z.object({
  id: z.string(),
  sourceSystem: z.string(),
  projectNo: z.string(),
  serviceNumber: z.number(),
  assessNumber: z.number(),
  satisfaction: SatisfactionName,
  satisfactionLabel: z.string(),
  channel: RatingChannelName,
  channelLabel: z.string(),
  caseType: z.string(),
  proStatus: z.string(),
  taskCode: z.string(),
  taskHandleItem: z.string().nullable(),
  taskName: z.string(),
  deptCode: z.string(),
  areaCode: z.string(),
  orgId: z.string().nullable(),
  assessTime: z.string(),
  acceptDate: z.string(),
  receivedAt: z.string(),
  tags: z.array(z.object({ code: z.string(), label: z.string(), pointsAtGuide: z.boolean() })),
  writingEvaluation: z.string().nullable(),
  windowName: z.string().nullable(),
  proManager: z.string().nullable(),
  rater: z.object({ name: z.string().nullable(), phone: z.string().nullable(), certNo: z.string().nullable() }),
  isAnonymous: z.boolean(),
  isRealName: z.boolean(),
  isDefault: z.boolean(),
  isBad: z.boolean(),
  auditStatus: z.enum(['PASSED', 'NOT_ADOPTED']),
  isEffective: z.boolean(),
  rectificationId: z.string().nullable(),
});
export type RatingView = z.infer<typeof RatingView>;
export const RatingPage = pageOf(RatingView);

export const QuarantineView = z.object({
  id: z.string(),
  reason: namesOf<QuarantineReason>(Object.keys(quarantineReasons)),
  reasonLabel: z.string(),
  sourceSystem: z.string(),
  projectNo: z.string(),
  serviceNumber: z.number(),
  assessNumber: z.number(),
  satisfaction: SatisfactionName,
  channel: RatingChannelName,
  taskName: z.string(),
  deptCode: z.string(),
  isBad: z.boolean(),
  ratingId: z.string().nullable(),
  rectificationId: z.string().nullable(),
  resolution: z.string().nullable(),
  at: z.string(),
});
export type QuarantineView = z.infer<typeof QuarantineView>;
export const QuarantinePage = pageOf(QuarantineView);
