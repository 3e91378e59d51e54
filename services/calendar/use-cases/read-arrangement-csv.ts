import { parse } from 'csv-parse/sync';
import { SpecialCalendarDay } from '#contracts/api/calendar';
import { DomainError, type FieldProblem, invalid } from '#kernel';
import type { SpecialDay, SpecialKind } from '../domain/arrangement';

/** What offices write in a sheet, beside our own codes. */
const kinds: Readonly<Record<string, SpecialKind>> = { 放假: 'HOLIDAY', 休: 'HOLIDAY', 补班: 'MAKEUP', 上班: 'MAKEUP', 班: 'MAKEUP' };

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
  const days: SpecialDay[] = [];
  for (const [index, row] of readTable(text).entries()) {
    const line = index + 2;
    const read = SpecialCalendarDay.safeParse({ ...row, kind: kinds[row['kind'] ?? ''] ?? row['kind'] });
    if (read.success) days.push(read.data);
    else
      problems.push(
        ...read.error.issues.map((issue) => ({ path: `/rows/${line}/${issue.path.join('/')}`, code: issue.code, message: `第 ${line} 行：${issue.message}` })),
      );
  }
  if (problems.length > 0) throw invalid('文件中有不能识别的行，整份没有导入。', problems.slice(0, 50), 'calendar/bad-rows');
  return days;
};
