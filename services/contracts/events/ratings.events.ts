import { z } from 'zod';
import { RatingChannelName, SatisfactionName } from '../api/ratings';
import { id } from '../api/text';

/** Facts of the module: ids and codes only; who rated and what was written never travels in a fact. */
export const ratingsEvents = {
  'rating.received': z.strictObject({
    id,
    level: SatisfactionName,
    channel: RatingChannelName,
    assessNumber: z.int(),
    orgId: id.nullable(),
    regionCode: z.string(),
    taskCode: z.string(),
    isDefault: z.boolean(),
    isRealName: z.boolean(),
    rectificationId: id.nullable(),
    assessAt: z.int(),
  }),
  'rating.quarantined': z.strictObject({
    id,
    reason: z.enum(['CONFLICT', 'CODE_SYSTEM_MISMATCH']),
    ratingId: id.nullable(),
    rectificationId: id.nullable(),
    isBad: z.boolean(),
  }),
  /** A phone rating that no channel number of the platform stands for waits as 待报送 (rules §5.2). */
  'rating.reportHeld': z.strictObject({ id, channel: RatingChannelName }),
  'rating.excluded': z.strictObject({ id, rectificationId: id }),
} as const;

export type RatingsEventName = keyof typeof ratingsEvents;
export type RatingsEvent<N extends RatingsEventName> = z.infer<(typeof ratingsEvents)[N]>;
