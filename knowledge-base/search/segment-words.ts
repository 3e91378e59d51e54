import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict';

/** Dictionary words of Chinese text. Loading the dictionary takes a quarter of a second, so it waits for the first question. */
export interface WordSegmenter {
  cut(text: string): string[];
  /** Spans that the dictionary reads as place names (`ns`) in this sentence, start → end. */
  placeNames(text: string): ReadonlyMap<number, number>;
}

let jieba: Jieba | null = null;
const loaded = (): Jieba => (jieba ??= Jieba.withDict(dict));

export const createWordSegmenter = (): WordSegmenter => ({
  cut: (text) => loaded().cut(text, false),
  placeNames: (text) => {
    const spans = new Map<number, number>();
    let start = 0;
    for (const { word, tag } of loaded().tag(text, false)) {
      if (tag.startsWith('ns')) spans.set(start, start + word.length);
      start += word.length;
    }
    return spans;
  },
});
