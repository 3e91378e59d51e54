import type { Segment } from '../../contracts';

/** Longer texts are not compared letter by letter: the table grows with the product of the lengths. */
const longest = 300;

/** Longest common subsequence: `true` for each character of `to` that `from` has too, in order. */
const sharedMarks = (from: string, to: string): boolean[] => {
  const width = to.length + 1;
  const lengths = new Uint16Array((from.length + 1) * width);
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        from[i] === to[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const marks: boolean[] = Array.from({ length: to.length }, () => false);
  let i = 0;
  let j = 0;
  while (i < from.length && j < to.length) {
    if (from[i] === to[j]) {
      marks[j] = true;
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return marks;
};

/** The words of `to`, with those marked that `from` does not say. */
export const differingSegments = (from: string, to: string): Segment[] => {
  if (from === to) return [{ text: to, hit: false }];
  if (from.length > longest || to.length > longest) return [{ text: to, hit: true }];
  const shared = sharedMarks(from, to);
  const segments: { text: string; hit: boolean }[] = [];
  [...shared.entries()].forEach(([index, isShared]) => {
    const last = segments.at(-1);
    if (last !== undefined && last.hit === !isShared) last.text += to.charAt(index);
    else segments.push({ text: to.charAt(index), hit: !isShared });
  });
  return segments;
};
