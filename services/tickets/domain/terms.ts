const han = /\p{Script=Han}/u;
const wordSign = /[\p{L}\p{N}]/u;
const longestText = 2_000;
const longestWord = 16;

/** Runs of characters that belong together: Chinese by itself, letters and digits by themselves. */
const runsOf = (text: string): readonly { readonly isHan: boolean; readonly signs: readonly string[] }[] => {
  const runs: { isHan: boolean; signs: string[] }[] = [];
  let open = false;
  for (const sign of text) {
    if (!wordSign.test(sign)) {
      open = false;
      continue;
    }
    const isHan = han.test(sign);
    const last = runs.at(-1);
    if (open && last?.isHan === isHan) last.signs.push(sign);
    else runs.push({ isHan, signs: [sign] });
    open = true;
  }
  return runs;
};

const pairs = (signs: readonly string[]): readonly string[] => signs.slice(1).map((sign, index) => `${signs[index] ?? ''}${sign}`);

/**
 * The index terms of a text: every pair of neighbouring Chinese characters, every word of letters or digits. Pairs find a word
 * inside a sentence without knowing where words begin, which no tokenizer of the databases does alike.
 */
export const termsOf = (text: string): readonly string[] => {
  const clean = text.normalize('NFKC').toLowerCase().slice(0, longestText);
  const terms = runsOf(clean).flatMap(({ isHan, signs }) => (isHan ? pairs(signs) : [signs.slice(0, longestWord).join('')]));
  return [...new Set(terms)];
};
