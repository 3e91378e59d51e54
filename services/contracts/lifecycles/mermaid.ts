import { type AnyLifecycle, NEW, PREVIOUS } from './lifecycle';

const arrow = (from: string, to: string, label: string): string => `  ${from} --> ${to}: ${label}`;

/** The table as a Mermaid state diagram; the README of a module shows it and a test compares. */
export const toMermaid = (table: AnyLifecycle): string => {
  const names = Object.entries(table.states).map(([name, state]) => `  ${name}: ${state.label}`);
  const arrows = table.rows.flatMap((row) =>
    row.from.map((from) => {
      const label = `${row.label}（${row.by.join('、')}）`;
      if (from === NEW) return arrow('[*]', row.to, label);
      // Back where it came from: drawn as a loop, since the target depends on the case.
      return arrow(from, row.to === PREVIOUS ? from : row.to, row.to === PREVIOUS ? `${label} 回到原状态` : label);
    }),
  );
  const ends = Object.entries(table.states).flatMap(([name, state]) => (state.final === true ? [`  ${name} --> [*]`] : []));
  return ['stateDiagram-v2', ...names, ...arrows, ...ends].join('\n');
};
