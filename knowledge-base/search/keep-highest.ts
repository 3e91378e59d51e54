/** Parts a list in the `count` members of highest value and the rest, without sorting what is dropped; ties at the border all stay. */
export const keepHighest = <T>(members: readonly T[], valueOf: (member: T) => number, count: number): { kept: T[]; dropped: T[] } => {
  if (members.length <= count) return { kept: [...members], dropped: [] };
  const values = Float64Array.from(members, valueOf);
  const border = values.slice().sort()[values.length - count] ?? 0;
  const kept: T[] = [];
  const dropped: T[] = [];
  members.forEach((member, index) => ((values[index] ?? 0) >= border && kept.length < count * 2 ? kept : dropped).push(member));
  return { kept, dropped };
};
