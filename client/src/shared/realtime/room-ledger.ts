import type { RoomFactMessage } from '#contracts/realtime/rooms';

export type Fact = RoomFactMessage;

export type Verdict = 'next' | 'known' | 'gap' | 'foreign';

/**
 * What this screen knows of each room. Numbers rise by one in a room without holes (security I-12), so a number that is
 * not the next one means that something was missed.
 */
export const createRoomLedger = () => {
  const known = new Map<string, number>();

  const judge = (fact: Pick<Fact, 'room' | 'seq'>): Verdict => {
    const last = known.get(fact.room);
    if (last === undefined) return 'foreign';
    if (fact.seq <= last) return 'known';
    return fact.seq === last + 1 ? 'next' : 'gap';
  };

  return {
    judge,
    knows: (room: string): boolean => known.has(room),
    last: (room: string): number => known.get(room) ?? 0,
    set: (room: string, seq: number): void => void known.set(room, seq),
    forget: (room: string): void => void known.delete(room),
    snapshot: (): Record<string, number> => Object.fromEntries(known),
  };
};
