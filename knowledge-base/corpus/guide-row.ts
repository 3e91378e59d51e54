import { z } from 'zod';
import { guideContentSchema, guideHeadSchema, type GuideKind } from '../contracts';

const kinds: Readonly<Record<string, GuideKind>> = { guide: 'GUIDE', qa: 'QA', regulation: 'REGULATION' };

const optional = z.string().trim().nullish();

/**
 * A line of a guide file. The plain form is prose by field; a line we exported carries `head` and `content` besides, so that
 * nothing is lost on the way back.
 */
export const guideRowSchema = z.object({
  id: z.string().trim().min(1, '缺少编号').max(64),
  name: z.string().trim().min(2, '缺少事项名').max(160),
  region: z.string().trim().min(1, '缺少地区').max(120),
  department: z
    .string()
    .trim()
    .max(160)
    .nullish()
    .transform((text) => text ?? ''),
  category: optional,
  kind: z
    .string()
    .transform((kind, context): GuideKind => {
      const known = kinds[kind.toLowerCase()];
      if (known === undefined) context.addIssue({ code: 'custom', message: '体裁只能是 guide、qa、regulation' });
      return known ?? 'GUIDE';
    })
    .default('GUIDE'),
  item: optional,
  eligible: optional,
  conditions: optional,
  materials: optional,
  steps: optional,
  timeLimit: optional,
  fee: optional,
  channels: optional,
  notes: optional,
  phone: optional,
  body: optional,
  partial: z.boolean().nullish(),
  source: z.object({ url: z.string().nullish(), date: z.string().nullish(), status: z.string().nullish(), via: z.string().nullish() }).nullish(),
  head: guideHeadSchema.partial().optional(),
  content: guideContentSchema.optional(),
});
export type GuideRow = z.infer<typeof guideRowSchema>;
