import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** Mints ids: time-ordered, 80 random bits, 26 characters (security A-3). */
export interface Ids {
  next(): string;
}

/** Random source behind an interface, so that a seeded run can be replayed (security T-6). */
export interface Randomness {
  bytes(size: number): Buffer;
}

const poolBytes = 8_192;

/** Asks the system for random bytes in blocks: an intake needs some hundred bytes a row, and each question costs the same. */
const createPooledRandomness = (): Randomness => {
  let pool = Buffer.alloc(0);
  let used = 0;
  return {
    bytes: (size) => {
      if (size > poolBytes / 8) return randomBytes(size);
      if (used + size > pool.length) {
        pool = randomBytes(poolBytes);
        used = 0;
      }
      const taken = Buffer.from(pool.subarray(used, used + size));
      // Handed out once: what was given must not be found here afterwards.
      pool.fill(0, used, used + size);
      used += size;
      return taken;
    },
  };
};

export const systemRandomness: Randomness = createPooledRandomness();

export const createIds = (clock: { now(): Date }, randomness: Randomness = systemRandomness): Ids => {
  const mint = monotonicFactory(() => randomness.bytes(4).readUInt32BE(0) / 0x1_0000_0000);
  return { next: () => mint(clock.now().getTime()) };
};

const receiptAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Receipt and query code for citizens: 20 characters without look-alikes, 100 random bits, in groups of four (security A-3 asks ≥ 80). */
export const createReceiptCode = (randomness: Randomness = systemRandomness): string =>
  [...randomness.bytes(20)].map((byte, index) => `${index > 0 && index % 4 === 0 ? '-' : ''}${receiptAlphabet[byte % 32]}`).join('');

/** What people type back: case, spaces and dashes do not matter. */
export const normalizeReceiptCode = (typed: string): string => {
  const bare = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return (bare.match(/.{1,4}/g) ?? []).join('-');
};
