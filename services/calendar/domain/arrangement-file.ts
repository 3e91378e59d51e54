import { parse } from 'csv-parse/sync';
import { DomainError, type FieldProblem, invalid } from '#kernel';
import type { SpecialDay, SpecialKind } from './arrangement';

/** What offices write in a sheet, and our own codes. */
const kinds: Readonly<Record<string, SpecialKind>> = {
  HOLIDAY: 'HOLIDAY',
  MAKEUP: 'MAKEUP',
  放假: 'HOLIDAY',
  休: 'HOLIDAY',
  补班: 'MAKEUP',
  上班: 'MAKEUP',
  班: 'MAKEUP',
};

const headers: Readonly<Record<string, string>> = { 日期: 'date', 类型: 'kind', 名称: 'label', 节日: 'label' };

const readTable = (text: string): readonly Readonly<Record<string, string>>[] => {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, trim: true, columns: (names: string[]) => names.map((name) => headers[name] ?? name) });
  } catch {
    throw new DomainError({ kind: 'unreadable', code: 'calendar/unreadable-file', message: '文件不是有效的 CSV，请按“日期,类型,名称”三列整理后再导入。' });
  }
};

/** A CSV of `日期,类型,名称`, or `date,kind,label`; every bad row is named with its number, field and reason (security B-6). */
export const readArrangementCsv = (text: string): readonly SpecialDay[] => {
  const problems: FieldProblem[] = [];
  const days = readTable(text).map((row, index): SpecialDay => {
    const kind = kinds[row['kind'] ?? ''];
    const line = index + 2;
    if (kind === undefined) problems.push({ path: `/rows/${line}/kind`, code: 'unknown-kind', message: `第 ${line} 行：类型应为“放假”或“补班”` });
    if ((row['label'] ?? '') === '') problems.push({ path: `/rows/${line}/label`, code: 'required', message: `第 ${line} 行：缺少名称` });
    return { date: row['date'] ?? '', kind: kind ?? 'HOLIDAY', label: (row['label'] ?? '').slice(0, 40) };
  });
  if (problems.length > 0) throw invalid('文件中有不能识别的行，整份没有导入。', problems, 'calendar/bad-rows');
  return days;
};
