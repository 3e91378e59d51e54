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

export const systemRandomness: Randomness = { bytes: (size) => randomBytes(size) };

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
