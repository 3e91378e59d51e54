import { DomainError } from '#kernel';

const maxDepth = 20;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

const unreadable = (message: string): DomainError => new DomainError({ kind: 'unreadable', code: 'unreadable-json', message });

const endOfString = (source: string, start: number): number => {
  let index = start + 1;
  while (source[index] !== '"') index += source[index] === '\\' ? 2 : 1;
  return index + 1;
};

const isKey = (source: string, end: number): boolean => {
  let next = end;
  while (' \t\r\n'.includes(source[next] ?? 'x')) next += 1;
  return source[next] === ':';
};

const noteKey = (raw: string, seen: Set<string>): void => {
  const key = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  if (forbiddenKeys.has(key)) throw unreadable('请求中含有不允许的字段名。');
  if (seen.has(key)) throw unreadable(/^\w{1,60}$/.test(key) ? `请求中有重复的字段：${key}。` : '请求中有重复的字段。');
  seen.add(key);
};

const scan = (source: string): void => {
  const open: (Set<string> | null)[] = [];
  for (let index = 0; index < source.length; index += 1) {
    const sign = source[index];
    if (sign === '"') {
      const end = endOfString(source, index);
      const keys = open.at(-1);
      if (keys !== undefined && keys !== null && isKey(source, end)) noteKey(source.slice(index, end), keys);
      index = end - 1;
    } else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? new Set() : null);
      if (open.length > maxDepth) throw unreadable('请求嵌套过深。');
    } else if (sign === '}' || sign === ']') open.pop();
  }
};

export const parseStrictJson = (source: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw unreadable('请求内容不是有效的 JSON。');
  }
  scan(source);
  return value;
};
