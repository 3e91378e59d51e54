const buckets = 256;

interface Border {
  readonly top: number;
  /** Everything above this bucket is kept, everything below dropped. */
  readonly bucket: number;
  /** Places left for members of the border bucket. */
  readonly room: number;
}

const bucketOf = (value: number, top: number): number => Math.min(buckets - 1, Math.floor((value / top) * buckets));

const findBorder = (values: Float64Array, count: number): Border => {
  const top = values.reduce((most, value) => Math.max(most, value), 0) || 1;
  const sizes = new Uint32Array(buckets);
  for (const value of values) sizes[bucketOf(value, top)] = (sizes[bucketOf(value, top)] ?? 0) + 1;
  let room = count;
  for (let bucket = buckets - 1; bucket >= 0; bucket -= 1) {
    const size = sizes[bucket] ?? 0;
    if (size >= room) return { top, bucket, room };
    room -= size;
  }
  return { top, bucket: 0, room: 0 };
};

/** Parts a list in the `count` members of highest value (none negative) and the rest, in linear time: only one bucket in 256 is sorted. */
export const keepHighest = <T>(members: readonly T[], valueOf: (member: T) => number, count: number): { kept: T[]; dropped: T[] } => {
  if (members.length <= count) return { kept: [...members], dropped: [] };
  const values = Float64Array.from(members, valueOf);
  const { top, bucket, room } = findBorder(values, count);
  const kept: T[] = [];
  const dropped: T[] = [];
  const between: { readonly member: T; readonly value: number }[] = [];
  members.forEach((member, index) => {
    const value = values[index] ?? 0;
    const own = bucketOf(value, top);
    if (own > bucket) kept.push(member);
    else if (own < bucket) dropped.push(member);
    else between.push({ member, value });
  });
  between.sort((a, b) => b.value - a.value);
  between.forEach(({ member }, index) => (index < room ? kept : dropped).push(member));
  return { kept, dropped };
};
