const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** Check character of a unified social credit code over its first 17 characters (GB 32100-2015); null when one is not of the alphabet. */
export const creditCheckCharacter = (first17: string): string | null => {
  const values = [...first17].map((sign) => alphabet.indexOf(sign));
  if (values.length !== weights.length || values.includes(-1)) return null;
  const sum = values.reduce((total, value, index) => total + value * (weights[index] ?? 0), 0);
  return alphabet[(31 - (sum % 31)) % 31] ?? null;
};

export const isCreditCode = (code: string): boolean => code.length === 18 && creditCheckCharacter(code.slice(0, 17)) === code[17];
