import { z } from 'zod';
import { id, pageQuery } from './text';

export const closureGroups = { unit: '单位', region: '区划', item: '事项', channel: '渠道', month: '月份', level: '等级' } as const;
export type ClosureGroup = keyof typeof closureGroups;

/** rules §6.5: every figure of the ledger, in the order in which it is read. */
export const closureFigures = {
  received: '期内届满与未到期合计',
  due: '到期差评',
  notAdopted: '不予采纳',
  shouldRectify: '应整改',
  closed: '已办结',
  closedInTime: '按时办结',
  closedLate: '逾期办结',
  closedDissatisfied: '仍不满意办结',
  overdueUnclosed: '逾期未办结',
  notYetDue: '未到期',
  paused: '申诉中暂停计时',
  verified: '已核实',
  verifyDue: '到期应核实（实名）',
  verifiedInTime: '按时核实（实名）',
  shouldReply: '应回复（实名）',
  replied: '已回复',
  callbackDenominator: '应回访（实名）',
  calledBack: '已回访',
  effectiveReached: '有效接通',
  extended: '延期',
  reopened: '多轮整改',
} as const;
export type ClosureFigure = keyof typeof closureFigures;

const names = <T extends string>(table: Readonly<Record<T, string>>) => z.enum(Object.keys(table) as [T, ...T[]]);
export const ClosureFigureName = names(closureFigures);

const period = {
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  org: id.optional(),
  region: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
};

export const ClosureQuery = z.strictObject({ ...period, groupBy: names(closureGroups).optional() });
export type ClosureQuery = z.infer<typeof ClosureQuery>;

export const ClosureCasesQuery = z.strictObject({
  ...pageQuery,
  ...period,
  figure: ClosureFigureName,
  groupBy: names(closureGroups).optional(),
  group: z.string().max(64).optional(),
});
export type ClosureCasesQuery = z.infer<typeof ClosureCasesQuery>;

const Figures = z.object(Object.fromEntries(Object.keys(closureFigures).map((name) => [name, z.number()])) as Record<ClosureFigure, z.ZodNumber>);
export type ClosureFigures = z.infer<typeof Figures>;

/** Percent with two decimals; null when the denominator is 0, which a screen shows as — (rules §7). */
const Rate = z.object({ numerator: z.number(), denominator: z.number(), percent: z.number().nullable() });
export type Rate = z.infer<typeof Rate>;

const Rates = z.object({
  rectificationRate: Rate,
  onTimeRectificationRate: Rate,
  onTimeVerifyRate: Rate,
  replyRate: Rate,
  ratingCallbackRate: Rate,
  effectiveCallbackRate: Rate,
  notAdoptedRate: Rate,
});
export type ClosureRates = z.infer<typeof Rates>;

const Ledger = z.object({ figures: Figures, rates: Rates });

export const ClosureReport = Ledger.extend({
  from: z.string(),
  to: z.string(),
  asOf: z.string(),
  /** Ids behind the figures that speak against a unit; the others are read page by page. */
  ids: z.object({
    closed: z.array(z.string()),
    overdueUnclosed: z.array(z.string()),
    closedLate: z.array(z.string()),
    closedDissatisfied: z.array(z.string()),
    notAdopted: z.array(z.string()),
    notYetDue: z.array(z.string()),
    truncated: z.boolean(),
  }),
  groups: z.array(Ledger.extend({ key: z.string().nullable(), label: z.string() })),
});
export type ClosureReport = z.infer<typeof ClosureReport>;

export const ClosureCases = z.object({
  figure: ClosureFigureName,
  count: z.number(),
  items: z.array(z.object({ id: z.string(), caseNo: z.string() })),
  nextCursor: z.string().nullable(),
});
export type ClosureCases = z.infer<typeof ClosureCases>;
