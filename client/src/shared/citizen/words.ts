/** A space between figures and characters, as on every page: 约3分钟 → 约 3 分钟. */
export const spaced = (words: string): string => words.replaceAll(/(?<=\p{Script=Han})(?=\d)|(?<=\d)(?=\p{Script=Han})/gu, ' ');
