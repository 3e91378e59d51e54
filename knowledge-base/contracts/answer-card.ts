import { z } from 'zod';
import { crossProvinceModeSchema, daySchema, evidenceSchema } from './codes';
import { segmentSchema } from './guide-search';

export const answerCardRequestSchema = z.strictObject({
  /** Id of a catalogue item, id of a guide, or words. */
  item: z.string().trim().min(1).max(200),
  /** Where the person is; a code or a name. */
  from: z.string().trim().min(1).max(60).optional(),
  /** Where the matter belongs; a code or a name. */
  to: z.string().trim().min(1).max(60).optional(),
});
export type AnswerCardRequest = z.infer<typeof answerCardRequestSchema>;

export const citationSchema = z.strictObject({
  guideId: z.string(),
  version: z.int(),
  externalId: z.string().nullable(),
  name: z.string(),
  region: z.string(),
});

const placeSchema = z.strictObject({
  code: z.string().nullable(),
  name: z.string(),
  areaCode: z.string().nullable(),
  /** Area code + 12345, the number to pass on (rules 8.4). */
  hotline: z.string().nullable(),
});

export const placeSideSchema = z.strictObject({
  place: placeSchema.nullable(),
  citation: citationSchema.nullable(),
  /** The place itself has no guide; the cited one belongs to the place above it or to the nation. */
  inherited: z.boolean(),
  unit: z.string().nullable(),
  window: z.string().nullable(),
  hours: z.string().nullable(),
  phone: z.string().nullable(),
  liaison: z.strictObject({ unit: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  validFrom: daySchema.nullable(),
  validUntil: daySchema.nullable(),
  verifiedAt: daySchema.nullable(),
  verifiedBy: z.string().nullable(),
  demo: z.boolean(),
});
export type PlaceSide = z.infer<typeof placeSideSchema>;

export const comparedRowSchema = z.strictObject({
  field: z.string(),
  label: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  differs: z.boolean(),
  /** The words of the handling place, with those marked that the other place does not say. */
  toSegments: z.array(segmentSchema),
});
export type ComparedRow = z.infer<typeof comparedRowSchema>;

export const answerCardSchema = z.strictObject({
  item: z
    .strictObject({
      id: z.string().nullable(),
      name: z.string(),
      description: z.string(),
      leadDepartment: z.string(),
      batch: z.string().nullable(),
      evidence: evidenceSchema.nullable(),
      statusNote: z.string().nullable(),
      superseded: z.strictObject({ by: z.string(), at: daySchema.nullable() }).nullable(),
    })
    .nullable(),
  mode: z.strictObject({ code: crossProvinceModeSchema, label: z.string(), from: z.enum(['guide', 'catalogue']) }).nullable(),
  from: placeSideSchema,
  to: placeSideSchema,
  receives: z.string(),
  decides: z.string(),
  differences: z.array(comparedRowSchema),
  differenceCount: z.int(),
  basis: z.array(z.string()),
  /** The exact guide versions the card rests on; a ticket files these. */
  citations: z.array(citationSchema),
  /** Two sentences to read aloud. */
  script: z.tuple([z.string(), z.string()]),
  /** Set when the handling place's own guide could not be shown (rules 8.4.1). */
  notice: z
    .strictObject({ reason: z.enum(['place-unknown', 'no-guide', 'item-unknown', 'superseded']), text: z.string(), hotline: z.string().nullable() })
    .nullable(),
  others: z.array(z.strictObject({ id: z.string(), name: z.string(), region: z.string() })),
  demo: z.boolean(),
});
export type AnswerCard = z.infer<typeof answerCardSchema>;
