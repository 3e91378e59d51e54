/** What a figure shows when there is nothing to divide by. */
export const NONE = '—';

/** 16,365 */
export const count = (value: number): string => value.toLocaleString('zh-CN');

/** 97.60%; a zero denominator has no rate. */
export const rate = (numerator: number, denominator: number, digits = 2): string =>
  denominator === 0 ? NONE : `${((numerator / denominator) * 100).toFixed(digits)}%`;

/** 203 / 208 */
export const parts = (numerator: number, denominator: number): string => `${count(numerator)} / ${count(denominator)}`;

/** A confidence between 0 and 1 as 94%. */
export const percent = (share: number): string => `${Math.round(share * 100)}%`;
