const buckets = 256;

/** Number of the bucket of each value, out of 256 between nothing and the highest. */
const toBuckets = (values: Float64Array): Uint8Array => {
  let top = 0;
  for (let index = 0; index < values.length; index += 1) top = Math.max(top, values[index] ?? 0);
  const scale = top === 0 ? 0 : buckets / top;
  const own = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index += 1) own[index] = Math.min(buckets - 1, (values[index] ?? 0) * scale);
  return own;
};

interface Border {
  /** Everything above this bucket is kept, everything below dropped. */
  readonly bucket: number;
  /** Places left for members of the border bucket. */
  readonly room: number;
}

const findBorder = (own: Uint8Array, count: number): Border => {
  const sizes = new Uint32Array(buckets);
  for (let index = 0; index < own.length; index += 1) sizes[own[index] ?? 0] = (sizes[own[index] ?? 0] ?? 0) + 1;
  let room = count;
  for (let bucket = buckets - 1; bucket >= 0; bucket -= 1) {
    const size = sizes[bucket] ?? 0;
    if (size >= room) return { bucket, room };
    room -= size;
  }
  return { bucket: 0, room: 0 };
};

/** Parts a list in the `count` members of highest value (none negative) and the rest, in linear time: only one bucket in 256 is sorted. */
export const keepHighest = <T>(members: readonly T[], valueOf: (member: T) => number, count: number): { kept: T[]; dropped: T[] } => {
  if (members.length <= count) return { kept: [...members], dropped: [] };
  const values = new Float64Array(members.length);
  members.forEach((member, index) => (values[index] = valueOf(member)));
  const own = toBuckets(values);
  const { bucket, room } = findBorder(own, count);
  const kept: T[] = [];
  const dropped: T[] = [];
  const between: { readonly member: T; readonly value: number }[] = [];
  members.forEach((member, index) => {
    const place = own[index] ?? 0;
    if (place > bucket) kept.push(member);
    else if (place < bucket) dropped.push(member);
    else between.push({ member, value: values[index] ?? 0 });
  });
  between.sort((a, b) => b.value - a.value);
  between.forEach(({ member }, index) => (index < room ? kept : dropped).push(member));
  return { kept, dropped };
};
