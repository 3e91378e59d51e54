/**
 * A condition on a row that is both asked in memory and sent to the database, so that a list, a count, a socket room and a
 * single look give one answer (security I-14). The policy module makes them; stores translate them with `toWhere` of the platform.
 */
export type Predicate =
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate }
  | { readonly field: string; readonly is: string | number | boolean | null }
  | { readonly field: string; readonly in: readonly (string | number)[] }
  /** The column holds a materialised path; true for the path itself and all below it. Null never matches. */
  | { readonly field: string; readonly under: string }
  /** The rows of a side table, such as the handling units of a ticket, named by the store that owns both. */
  | { readonly some: string; readonly matches: Predicate };

export const everything: Predicate = { all: [] };
export const nothing: Predicate = { any: [] };

export type Facts = Readonly<Record<string, unknown>>;

export const matches = (predicate: Predicate, row: Facts): boolean => {
  if ('all' in predicate) return predicate.all.every((part) => matches(part, row));
  if ('any' in predicate) return predicate.any.some((part) => matches(part, row));
  if ('not' in predicate) return !matches(predicate.not, row);
  if ('some' in predicate) {
    const related = row[predicate.some];
    return Array.isArray(related) && related.some((side: Facts) => matches(predicate.matches, side));
  }
  const value = row[predicate.field];
  if ('is' in predicate) return (value ?? null) === predicate.is;
  if ('in' in predicate) return (typeof value === 'string' || typeof value === 'number') && predicate.in.includes(value);
  return typeof value === 'string' && value.startsWith(predicate.under);
};
