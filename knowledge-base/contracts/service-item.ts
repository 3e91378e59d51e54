import { z } from 'zod';
import { crossProvinceModeSchema, crossProvinceModes, daySchema, evidenceSchema, itemTypeSchema, universalScopeSchema } from './codes';

/** An item of the catalogue layer (事项): the same everywhere; what a place makes of it is an ItemGuide. */
export const serviceItemContentSchema = z.strictObject({
  name: z.string().trim().min(2).max(120),
  /** Names under which people know the item; they find it, they are not printed as its name. */
  aliases: z.array(z.string().trim().min(2).max(60)).max(40).default([]),
  leadDepartment: z.string().max(120),
  category: z.string().max(40).nullable().default(null),
  batch: z.string().max(120).nullable(),
  batchInferred: z.boolean().default(false),
  mode: crossProvinceModeSchema.nullable(),
  description: z.string().max(1000),
  sources: z.array(z.string().max(300)).default([]),
  annex: z.string().max(120).nullable().default(null),
  evidence: evidenceSchema,
  /** `group` stands for several items of the official list whose single names were not found. */
  granularity: z.enum(['item', 'group']).default('item'),
  statusNote: z.string().max(600).nullable().default(null),
  /** The rule that replaced the entry's terms, and the day from which it holds (rules 8.3). */
  supersededBy: z.string().max(300).nullable().default(null),
  supersededAt: daySchema.nullable().default(null),
  itemType: itemTypeSchema.nullable().default(null),
  universalScope: universalScopeSchema.default('CROSS_PROVINCE'),
  basicCode: z.string().max(64).nullable().default(null),
});
export type ServiceItemContent = z.infer<typeof serviceItemContentSchema>;

export const serviceItemSchema = serviceItemContentSchema.extend({ id: z.string(), version: z.int() });
export type ServiceItem = z.infer<typeof serviceItemSchema>;

const modeByLabel = z.string().transform((label, context) => {
  const code = crossProvinceModeSchema.options.find((option) => option === label || crossProvinceModes[option] === label);
  if (code === undefined) context.addIssue({ code: 'custom', message: `业务模式只能是：${Object.values(crossProvinceModes).join('、')}` });
  return code ?? null;
});

/** A row of a catalogue file: `source` for `sources`, the mode written as its Chinese label. What it yields still has to pass `serviceItemContentSchema`. */
export const catalogueRowSchema = z
  .object({
    name: z.string(),
    leadDepartment: z.string().nullish(),
    batch: z.string().nullish(),
    batchInferred: z.boolean().nullish(),
    mode: modeByLabel.nullish(),
    description: z.string().nullish(),
    source: z.array(z.string()).nullish(),
    annex: z.string().nullish(),
    evidence: evidenceSchema,
    granularity: z.enum(['item', 'group']).nullish(),
    statusNote: z.string().nullish(),
    supersededBy: z.string().nullish(),
    supersededAt: z.string().nullish(),
    aliases: z.array(z.string()).nullish(),
    category: z.string().nullish(),
    basicCode: z.string().nullish(),
  })
  .transform((row) => ({
    name: row.name,
    aliases: row.aliases ?? [],
    leadDepartment: row.leadDepartment ?? '',
    category: row.category ?? null,
    batch: row.batch ?? null,
    batchInferred: row.batchInferred ?? false,
    mode: row.mode ?? null,
    description: row.description ?? '',
    sources: row.source ?? [],
    annex: row.annex ?? null,
    evidence: row.evidence,
    granularity: row.granularity ?? ('item' as const),
    statusNote: row.statusNote ?? null,
    supersededBy: row.supersededBy ?? null,
    supersededAt: row.supersededAt ?? null,
    basicCode: row.basicCode ?? null,
  }));
