import { createContext, Script } from 'node:vm';
import ts from 'typescript';
import type { Source } from './sources';

export interface Found {
  readonly place: string;
  readonly literal: string;
}

/** Every regular expression literal of a file, with its line. */
export const literalsIn = (source: Source): readonly Found[] => {
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node))
      found.push({ place: `${source.path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, literal: node.text });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
};

/** What security B-5 cuts citizen text to before any expression sees it. */
const textLength = 10_000;
const patienceMs = 250;
/** By the clock on the wall; generous, since the machine may be busy with other things. */
const abortMs = 1_000;

const representatives = ['a', 'A', '1', ' ', '\n', '-', '.', '/', '@', '"', '<', '一', '、'] as const;

/** Signs that the expression itself names are the ones that lead it into repetition. */
const alphabetOf = (pattern: string): readonly string[] =>
  [...new Set([...representatives, ...pattern.replaceAll(/\\u[0-9a-f]{4}|\\u\{[0-9a-f]+\}|\\[a-z]/gi, '').slice(0, 40)])].slice(0, 24);

/** Long runs of one sign or of two in turn, with an end that makes the whole fail: where backtracking shows. */
const attacksOn = (pattern: string): readonly string[] => {
  const alphabet = alphabetOf(pattern);
  const single = alphabet.map((sign) => sign.repeat(textLength));
  const pairs = alphabet.flatMap((one) => alphabet.filter((other) => other !== one).map((other) => `${one}${other}`.repeat(textLength / 2)));
  return [...single, ...pairs].map((run) => `${run}\u0001`);
};

const isUnbounded = (pattern: string): boolean => /[*+]|\{\d+,\}/.test(pattern);

const split = (literal: string): { readonly pattern: string; readonly flags: string } => {
  const end = literal.lastIndexOf('/');
  return { pattern: literal.slice(1, end), flags: literal.slice(end + 1).replaceAll(/[gy]/g, '') };
};

const arena = createContext({});
const trial = new Script('expression.test(text)');

/** Milliseconds of work that the worst attack took, at most the patience; a slow answer is asked again. */
export const worstTime = (literal: string): number => {
  const { pattern, flags } = split(literal);
  if (!isUnbounded(pattern)) return 0;
  const expression = new RegExp(pattern, flags);
  const measure = (text: string): number => {
    const started = process.cpuUsage();
    try {
      trial.runInContext(Object.assign(arena, { expression, text }), { timeout: abortMs });
    } catch {
      return Number.POSITIVE_INFINITY;
    }
    return process.cpuUsage(started).user / 1_000;
  };
  let worst = 0;
  for (const text of attacksOn(pattern)) {
    const first = measure(text);
    const taken = first >= patienceMs && first < Number.POSITIVE_INFINITY ? Math.min(first, measure(text)) : first;
    worst = Math.max(worst, taken);
    if (worst >= patienceMs) return patienceMs;
  }
  return worst;
};

export const isTooSlow = (literal: string): boolean => worstTime(literal) >= patienceMs;
