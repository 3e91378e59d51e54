import type { z } from 'zod';
import { invalid } from '#kernel';

const messages: Readonly<Record<string, string>> = {
  invalid_type: '类型不对或缺少',
  unrecognized_keys: '含有未知字段',
  invalid_value: '不在可选范围内',
  too_small: '太短或太小',
  too_big: '太长或太大',
  invalid_format: '格式不对',
  invalid_union: '格式不对',
  not_multiple_of: '数值不对',
};

const hasChinese = /[\u4e00-\u9fff]/;

/** A name that looks like a field is repeated; anything else could be a value that slipped into the place of a name (security I-18). */
const plainName = /^[A-Za-z_$][\w.$-]{0,60}$/;

const pointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Turns schema issues into field problems with JSON pointers and Chinese words; never echoes the value. */
export const fieldProblems = (issues: readonly z.core.$ZodIssue[]): { path: string; code: string; message: string }[] =>
  issues.slice(0, 50).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .slice(0, 20)
        .map((key) => ({ path: pointer([...issue.path, ...(plainName.test(key) ? [key] : [])]), code: 'unknown-field', message: '未知字段' }));
    }
    const message = hasChinese.test(issue.message) ? issue.message : (messages[issue.code] ?? '填写有误');
    return [{ path: pointer(issue.path), code: issue.code, message }];
  });

export const parseWith = (schema: z.ZodType | undefined, value: unknown, where: string): unknown => {
  if (schema === undefined) return {};
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(`${where}填写有误，请按提示修改。`, fieldProblems(parsed.error.issues));
};
