import { z } from 'zod';

/** `hotline`, `knowledge`, `staff:<id>`, `org:<id>`, `ticket:<id>` …: names a client may ask for; the server decides. */
export const roomName = z.string().regex(/^[a-z]{2,20}(:[0-9A-Za-z_-]{1,40})?$/, { error: '房间名不对' });

/** A fact as a room hears it: `seq` rises by one in each room, without holes (security I-12). */
export const RoomFactSchema = z.object({
  room: z.string(),
  seq: z.number(),
  id: z.string(),
  name: z.string(),
  at: z.string(),
  payload: z.record(z.string(), z.unknown()),
});

export type RoomFactMessage = z.infer<typeof RoomFactSchema>;

/** What a client says on connect and whenever it opens a room: the last number it knows, per room. */
export const RoomsSync = z.strictObject({
  known: z.record(roomName, z.number().int().min(0)).refine((known) => Object.keys(known).length <= 200, { error: '房间过多' }),
});

export interface RoomsSyncAnswer {
  /** Newest number per granted room. */
  readonly heads: Readonly<Record<string, number>>;
  readonly refused: readonly string[];
  /** Facts after the known number of each room, oldest first. */
  readonly missed: readonly RoomFactMessage[];
  /** Rooms whose gap is too old to be replayed: read anew. */
  readonly reload: readonly string[];
}
