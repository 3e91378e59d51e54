import { z } from 'zod';
import { correctionOriginSchema, correctionStatusSchema } from './codes';

/** A report that a guide is wrong, or that one is missing (rules 9; product, moonshot 8). */
export const correctionReportSchema = z.strictObject({
  guideId: z.string().max(40).nullable().default(null),
  /** The version the reporter saw; the newest when not said. */
  guideVersion: z.int().min(1).nullable().default(null),
  origin: correctionOriginSchema,
  words: z.string().trim().min(2).max(1000),
});
export type CorrectionReport = z.infer<typeof correctionReportSchema>;

export const correctionActionSchema = z.enum(['assign', 'fix', 'dismiss', 'close']);
export type CorrectionAction = z.infer<typeof correctionActionSchema>;

/** `ownerOrg` for assign, `answer` for fix and dismiss. */
export const correctionMoveSchema = z.strictObject({ ownerOrg: z.string().trim().max(160).optional(), answer: z.string().trim().max(1000).optional() });
export type CorrectionMove = z.infer<typeof correctionMoveSchema>;

export const correctionSchema = z.strictObject({
  id: z.string(),
  version: z.int(),
  guideId: z.string().nullable(),
  guideVersion: z.int().nullable(),
  origin: correctionOriginSchema,
  words: z.string(),
  status: correctionStatusSchema,
  ownerOrg: z.string(),
  answer: z.string().nullable(),
  reportedBy: z.string(),
  reportedAt: z.string(),
  /** When the owner has to have answered; null where the host gives no calendar. */
  dueAt: z.string().nullable(),
});
export type Correction = z.infer<typeof correctionSchema>;

export const correctionQuerySchema = z.strictObject({ status: correctionStatusSchema.optional(), guideId: z.string().max(40).optional() });
export type CorrectionQuery = z.infer<typeof correctionQuerySchema>;
