import { invalid } from './domain-error';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface PageRequest {
  /** 1 to 200 (security D-4). */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A keyset cursor is the sort key of the last row seen, opaque to clients. */
export const encodeCursor = (key: readonly (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

export const decodeCursor = (cursor: string | undefined, length: number): readonly (string | number)[] | null => {
  if (cursor === undefined) return null;
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    key = null;
  }
  const fits = Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string' || typeof part === 'number');
  if (!fits) throw invalid('翻页位置无效，请从第一页重新打开。', [{ path: 'cursor', code: 'invalid-cursor', message: '翻页位置无效' }]);
  return key as readonly (string | number)[];
};

/** Asks the store for one row more than the page holds, so that the end is known without counting. */
export const toPage = <T>(rows: readonly T[], limit: number, keyOf: (row: T) => readonly (string | number)[]): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
};
