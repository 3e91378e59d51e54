import type { Segment } from '../contracts';
import { foldText } from './fold-text';
import { eachTerm } from './terms';

const marksOf = (text: string, terms: ReadonlySet<number>): boolean[] => {
  const marks: boolean[] = Array.from({ length: text.length }, () => false);
  eachTerm(foldText(text), (term, start, end) => {
    if (terms.has(term)) marks.fill(true, start, end);
  });
  return marks;
};

/** Cuts a text where the found words begin and end. */
export const toSegments = (text: string, terms: ReadonlySet<number>): Segment[] => {
  const marks = marksOf(text, terms);
  const segments: { text: string; hit: boolean }[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const last = segments.at(-1);
    const hit = marks[index] === true;
    if (last === undefined || last.hit !== hit) segments.push({ text: text.charAt(index), hit });
    else last.text += text.charAt(index);
  }
  return segments;
};

const width = 72;
const lead = 12;

/** The stretch of a long text with most found words; whole guides never travel in a list. */
export const toSnippet = (text: string, terms: ReadonlySet<number>): Segment[] => {
  const line = text.replaceAll(/\s+/g, ' ');
  const marks = marksOf(line, terms);
  let best = 0;
  let bestStart = 0;
  let inWindow = 0;
  for (let end = 0; end < marks.length; end += 1) {
    inWindow += marks[end] === true ? 1 : 0;
    if (end >= width) inWindow -= marks[end - width] === true ? 1 : 0;
    if (inWindow > best) {
      best = inWindow;
      bestStart = Math.max(0, end - width + 1);
    }
  }
  if (best === 0) return [];
  const firstHit = marks.indexOf(true, bestStart);
  const start = Math.max(0, firstHit - lead);
  return toSegments(line.slice(start, start + width), terms);
};
