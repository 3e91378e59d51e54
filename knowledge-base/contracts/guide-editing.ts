import { z } from 'zod';
import { knowledgeStatusSchema } from './codes';
import { guideContentSchema, guideHeadSchema } from './item-guide';

export const guideInputSchema = z.strictObject({ head: guideHeadSchema, content: guideContentSchema });

/** A guide as its editors see it; `version` is the number for `If-Match`, `currentVersion` that of the published text. */
export const guideDraftSchema = z.strictObject({
  id: z.string(),
  version: z.int(),
  currentVersion: z.int(),
  status: knowledgeStatusSchema,
  draftStatus: z.enum(['DRAFT', 'PENDING_REVIEW']).nullable(),
  draftedBy: z.string().nullable(),
  draft: z.strictObject({ head: guideHeadSchema, content: guideContentSchema }).nullable(),
});
export type GuideDraft = z.infer<typeof guideDraftSchema>;

export const versionSummariesSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      version: z.int(),
      publishedAt: z.string(),
      publishedBy: z.string(),
      changes: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    }),
  ),
});

export const guideImportSchema = z.strictObject({ lines: z.array(z.string().max(60_000)).min(1).max(1000) });

export const importReportSchema = z.strictObject({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.array(z.strictObject({ line: z.int(), field: z.string(), reason: z.string() })),
});
