import { z } from 'zod';

/*
 * Code tables of the item standards (rules 8.1). A table is a plain object code → label, so that screens print the label and
 * schemas accept the code and nothing else.
 */

const codesOf = <T extends Readonly<Record<string, string>>>(table: T) => z.enum(Object.keys(table) as [keyof T & string, ...(keyof T & string)[]]);

export const itemTypes = {
  '01': '行政许可',
  '02': '行政处罚',
  '03': '行政强制',
  '04': '行政征收',
  '05': '行政给付',
  '06': '行政检查',
  '07': '行政确认',
  '08': '行政奖励',
  '09': '行政裁决',
  '10': '其他行政权力',
  '20': '公共服务',
} as const;
export const itemTypeSchema = codesOf(itemTypes);
export type ItemType = z.infer<typeof itemTypeSchema>;

export const exerciseLevels = { '1': '国家级', '2': '省级', '3': '市级', '4': '县级', '5': '镇（街道）级', '6': '村（社区）级', '7': '分级管理' } as const;
export const exerciseLevelSchema = codesOf(exerciseLevels);

export const authorityNatures = { '1': '法定机关', '2': '授权组织', '3': '受委托组织', '9': '其他' } as const;
export const authorityNatureSchema = codesOf(authorityNatures);

export const audiences = { '1': '自然人', '2': '企业法人', '3': '事业法人', '4': '社会组织法人', '5': '行政机关', '6': '其他组织' } as const;
export const audienceSchema = codesOf(audiences);

export const handlingForms = { '1': '窗口办理', '2': '电脑端办理', '3': '移动端办理', '4': '快递申请', '9': '其他' } as const;
export const handlingFormSchema = codesOf(handlingForms);

export const specialProcedures = { '1': '延长审批', '2': '其他' } as const;
export const specialProcedureSchema = codesOf(specialProcedures);

export const universalScopes = {
  NATIONWIDE: '全国通办',
  CROSS_PROVINCE: '跨省通办',
  CROSS_CITY: '跨市通办',
  CROSS_COUNTY: '跨县通办',
  NONE: '不通办',
} as const;
export const universalScopeSchema = codesOf(universalScopes);
export type UniversalScope = z.infer<typeof universalScopeSchema>;

/** How the two places share the work (rules 8.3); it belongs to item × handling place, an item of the catalogue may have none. */
export const crossProvinceModes = { FULL_ONLINE: '全程网办', REMOTE_COLLECT: '异地代收代办', MULTI_JOINT: '多地联办' } as const;
export const crossProvinceModeSchema = codesOf(crossProvinceModes);
export type CrossProvinceMode = z.infer<typeof crossProvinceModeSchema>;

export const timeUnits = { HOUR: '小时', NATURAL_DAY: '自然日', WORKING_DAY: '工作日' } as const;
export const timeUnitSchema = codesOf(timeUnits);
export type TimeUnit = z.infer<typeof timeUnitSchema>;

export const guideKinds = { GUIDE: '办事指南', QA: '问答', REGULATION: '政策文件' } as const;
export const guideKindSchema = codesOf(guideKinds);
export type GuideKind = z.infer<typeof guideKindSchema>;

/** rules 9. EXPIRED is never stored: a published guide is expired when its last day has passed. */
export const knowledgeStatuses = { DRAFT: '起草中', PENDING_REVIEW: '待审核', PUBLISHED: '已发布', EXPIRED: '已过期', OFFLINE: '已下线' } as const;
export const knowledgeStatusSchema = codesOf(knowledgeStatuses);
export type KnowledgeStatus = z.infer<typeof knowledgeStatusSchema>;

export const correctionStatuses = { SUBMITTED: '已提交', ASSIGNED: '已交办', FIXED: '已更正', DISMISSED: '不采纳', CLOSED: '已办结' } as const;
export const correctionStatusSchema = codesOf(correctionStatuses);
export type CorrectionStatus = z.infer<typeof correctionStatusSchema>;

/** Where a report of a wrong or missing guide came from (product, moonshot 8). */
export const correctionOrigins = { AGENT: '坐席纠错', BAD_RATING: '差评标签', NO_RESULT: '检索无果', CONTRADICTION: '口径不一', CITIZEN: '群众反映' } as const;
export const correctionOriginSchema = codesOf(correctionOrigins);

/** How well an entry of the catalogue is attested (rules 8.3). */
export const evidences = { seen: '条目与批次均有出处', 'seen-name': '只见名称', recalled: '凭一般知识，上线前须核对' } as const;
export const evidenceSchema = codesOf(evidences);

/** A calendar day in Asia/Shanghai. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日期应写作 2026-01-31');

/** National administrative code, six digits. */
export const regionCodeSchema = z.string().regex(/^\d{6}$/, '区划代码应为 6 位数字');
