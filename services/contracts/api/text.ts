import { z } from 'zod';

const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u;
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]/gu;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const codePoints = (value: string): number => [...value].length;

/**
 * Text from people (security B-3): NFC, valid Unicode, no control characters except tab and newline, bidi and zero-width marks
 * removed, length counted in code points so that 生僻字 count as one.
 */
export const text = (max: number, min = 1): z.ZodType<string, string> =>
  z
    .string()
    .max(max * 4, { error: `不能超过 ${max} 个字` })
    .transform((value) => value.replaceAll('\r\n', '\n').replaceAll(invisible, '').normalize('NFC').trim())
    .refine((value) => !control.test(value) && !loneSurrogate.test(value), { error: '含有不能保存的控制字符' })
    .refine((value) => codePoints(value) <= max, { error: `不能超过 ${max} 个字` })
    .refine((value) => codePoints(value) >= min, { error: min === 1 ? '必填' : `至少 ${min} 个字` })
    .meta({ minLength: min, maxLength: max });

/** An opaque id of ours; short, so that it never becomes a way to smuggle text. */
export const id = z.string().regex(/^[0-9A-Za-z_-]{1,40}$/, { error: '编号格式不对' });

/** GB/T 2260 region code, six digits. */
export const regionCode = z.string().regex(/^\d{6}$/, { error: '区划代码应为六位数字' });

/** An instant with offset, such as 2026-10-09T09:41:00+08:00. */
export const instant = z.iso.datetime({ offset: true, error: '时间格式应为带时区的 ISO 8601' }).transform((value) => new Date(value));

/** A day such as 2026-10-09, in Asia/Shanghai. */
export const day = z.iso.date({ error: '日期格式应为 YYYY-MM-DD' });

/** A phone number as people type it; the adapter normalises it. */
export const phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9\- ]{2,19}$/, { error: '电话号码格式不对' });

/** Paging of every list (security D-4). */
export const pageQuery = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(400).optional() };

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
