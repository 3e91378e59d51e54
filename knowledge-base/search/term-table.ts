/** Hash table from term to slot in typed arrays: 24 bytes a term at most, where a Map of numbers takes four times as much. */
export interface TermTable {
  readonly size: number;
  /** Slot of the term, or −1. */
  slotOf(term: number): number;
}

const slotsFor = (count: number): number => {
  let capacity = 16;
  while (capacity < count * 1.6) capacity *= 2;
  return capacity;
};

const mix = (term: number): number => {
  const low = (term % 0x1_0000_0000) | 0;
  let hash = Math.imul(low ^ (low >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39) + Math.floor(term / 0x1_0000_0000);
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** The position of a term in `terms` is its slot. */
export const createTermTable = (terms: readonly number[]): TermTable => {
  const capacity = slotsFor(terms.length);
  const keys = new Float64Array(capacity).fill(-1);
  const slots = new Int32Array(capacity);
  terms.forEach((term, slot) => {
    let at = mix(term) & (capacity - 1);
    while (keys[at] !== -1) at = (at + 1) & (capacity - 1);
    keys[at] = term;
    slots[at] = slot;
  });
  return {
    size: terms.length,
    slotOf: (term) => {
      let at = mix(term) & (capacity - 1);
      for (let key = keys[at]; key !== -1; key = keys[at]) {
        if (key === term) return slots[at] ?? -1;
        at = (at + 1) & (capacity - 1);
      }
      return -1;
    },
  };
};
