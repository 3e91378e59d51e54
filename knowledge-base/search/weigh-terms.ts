import { foldText } from './fold-text';
import type { SearchDocument } from './search-document';
import { eachTerm, inName } from './terms';

/*
 * BM25F: the fields are weighed before the frequency saturates, so that a word in the name and in the text is still one word.
 * The result is kept as one byte per term and document.
 */

const fields = [
  { read: (document: SearchDocument) => document.name, weight: 3, usualLength: 14, byLength: 0.3 },
  { read: (document: SearchDocument) => document.keywords.join(' '), weight: 2.5, usualLength: 30, byLength: 0.2 },
  { read: (document: SearchDocument) => document.category ?? '', weight: 0.8, usualLength: 4, byLength: 0 },
  { read: (document: SearchDocument) => document.department, weight: 0.4, usualLength: 12, byLength: 0 },
  { read: (document: SearchDocument) => document.regionName, weight: 0.8, usualLength: 6, byLength: 0 },
  { read: (document: SearchDocument) => document.text, weight: 1, usualLength: 300, byLength: 1 },
] as const;

const saturation = 1.4;

/** A short name that says a word is about it; a long one mentions it. Other names of the item count like a mention. */
const weighName = (document: SearchDocument): Map<number, number> => {
  const impacts = new Map<number, number>();
  const mention = (text: string, impact: number): void => eachTerm(foldText(text), (term) => impacts.set(term, Math.max(impacts.get(term) ?? 0, impact)));
  for (const keyword of document.keywords) mention(keyword, 150);
  mention(document.name, Math.round(255 / (1 + document.name.length / 60)));
  return impacts;
};

export const weighTerms = (document: SearchDocument): Map<number, number> => {
  const frequencies = new Map<number, number>();
  for (const field of fields) {
    const text = foldText(field.read(document));
    const unit = field.weight / (1 - field.byLength + (field.byLength * text.length) / field.usualLength);
    eachTerm(text, (term) => frequencies.set(term, (frequencies.get(term) ?? 0) + unit));
  }
  for (const [term, frequency] of frequencies) frequencies.set(term, Math.max(1, Math.round((255 * frequency) / (frequency + saturation))));
  for (const [term, impact] of weighName(document)) frequencies.set(inName(term), impact);
  return frequencies;
};
