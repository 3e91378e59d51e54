import type { Policy } from '#identity';
import type { StaffActor } from '#kernel';

/** How a module answers whether a person may hear of one of its objects; the same policy as a single look (security I-14). */
export type RoomJudge = (actor: StaffActor, id: string) => Promise<boolean>;

export interface Rooms {
  /** Rooms every console of this person joins without asking. */
  ownRooms(actor: StaffActor): readonly string[];
  mayJoin(actor: StaffActor, room: string): Promise<boolean>;
}

export const createRooms = (policy: Policy, judges: Readonly<Record<string, RoomJudge>>): Rooms => ({
  ownRooms: (actor) => policy.homeRooms(actor),
  mayJoin: async (actor, room) => {
    if (policy.homeRooms(actor).includes(room)) return true;
    const [kind = '', id] = room.split(':');
    // `constructor` is a name that every object answers to.
    const judge = Object.hasOwn(judges, kind) ? judges[kind] : undefined;
    return judge !== undefined && id !== undefined && judge(actor, id);
  },
});
