import { z } from 'zod';
import { RectificationStateName } from '../api/rectification';
import { id } from '../api/text';

const base = { id, orgId: id.nullable() };

/** Facts of the module: ids and codes only; neither the rater nor anything written travels in a fact. */
export const rectificationEvents = {
  'rectification.opened': z.strictObject({ ...base, caseNo: z.string(), state: RectificationStateName, level: z.string(), originId: id, version: z.int() }),
  'rectification.ratingJoined': z.strictObject({ ...base, originId: id, version: z.int() }),
  'rectification.moved': z.strictObject({
    ...base,
    action: z.string(),
    from: RectificationStateName,
    to: RectificationStateName,
    by: id,
    version: z.int(),
    round: z.int(),
    at: z.string(),
    /** Filled when an appeal excludes the ratings of the case. */
    ratingIds: z.array(id),
  }),
  /** In the room of a unit one of whose clerks was rated: something changed, `id` is the unit's. */
  'rectification.unitTouched': z.strictObject(base),
  'rectification.draftSaved': z.strictObject({ ...base, by: id, draftVersion: z.int() }),
  'rectification.contactRecorded': z.strictObject({ ...base, by: id, result: z.string() }),
  'rectification.callbackRecorded': z.strictObject({ ...base, by: id, result: z.string() }),
  'rectification.deadlineChanged': z.strictObject({ ...base, clock: z.string(), version: z.int() }),
} as const;

export type RectificationEventName = keyof typeof rectificationEvents;
export type RectificationEvent<N extends RectificationEventName> = z.infer<(typeof rectificationEvents)[N]>;
