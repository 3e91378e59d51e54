import { z } from 'zod';
import { crossProvinceModeSchema, daySchema, guideKindSchema, regionCodeSchema } from './codes';

export const guideSearchRequestSchema = z.strictObject({
  q: z.string().trim().min(1).max(400),
  /** Where the person is; a code or a name. */
  region: z.string().trim().min(1).max(60).optional(),
  /** Where the matter belongs; a code or a name. */
  handlingRegion: z.string().trim().min(1).max(60).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
export type GuideSearchRequest = z.infer<typeof guideSearchRequestSchema>;

/** Text in pieces; a screen paints the pieces with `hit`, so no markup travels. */
export const segmentSchema = z.strictObject({ text: z.string(), hit: z.boolean() });
export type Segment = z.infer<typeof segmentSchema>;

export const highlightSchema = z.strictObject({ field: z.enum(['name', 'text']), segments: z.array(segmentSchema) });
export type Highlight = z.infer<typeof highlightSchema>;

export const guideHitSchema = z.strictObject({
  id: z.string(),
  externalId: z.string().nullable(),
  itemId: z.string().nullable(),
  version: z.int(),
  name: z.string(),
  kind: guideKindSchema,
  region: z.string(),
  regionCode: regionCodeSchema.nullable(),
  department: z.string(),
  score: z.number(),
  highlights: z.array(highlightSchema),
  mode: crossProvinceModeSchema.nullable(),
  validUntil: daySchema.nullable(),
  demo: z.boolean(),
  /** The place asked for has no such guide; this one is the nearest that has. */
  nearest: z.boolean(),
});
export type GuideHit = z.infer<typeof guideHitSchema>;

export const facetSchema = z.strictObject({ value: z.string(), label: z.string(), count: z.int() });
export type Facet = z.infer<typeof facetSchema>;

export const guideSearchResultSchema = z.strictObject({
  tookMs: z.number(),
  items: z.array(guideHitSchema),
  /** What the search made of the sentence, so that a person can correct it. */
  understood: z.strictObject({
    personRegion: z.strictObject({ code: z.string(), name: z.string() }).nullable(),
    handlingRegion: z.strictObject({ code: z.string(), name: z.string() }).nullable(),
    /** Official words the search added to the typed ones. */
    added: z.array(z.string()),
  }),
  facets: z.strictObject({ region: z.array(facetSchema), mode: z.array(facetSchema), category: z.array(facetSchema) }),
});
export type GuideSearchResult = z.infer<typeof guideSearchResultSchema>;
