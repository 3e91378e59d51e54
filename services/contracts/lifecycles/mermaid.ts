import { type AnyLifecycle, NEW, PREVIOUS } from './lifecycle';

const nodeOf = (state: string): string => (state === NEW ? '[*]' : state);

/** The state diagram of a table, as the README of its module shows it; the command line prints it and a test compares. */
export const toMermaid = (table: AnyLifecycle): string => {
  const names = Object.entries(table.states).map(([state, spec]) => `  ${state} : ${spec.label}`);
  const arrows = table.rows.flatMap((row) =>
    row.from.map((from) => {
      const label = `${row.label}（${row.by.join('、')}）`;
      return row.to === PREVIOUS ? `  ${nodeOf(from)} --> ${nodeOf(from)} : ${label}，回到原状态` : `  ${nodeOf(from)} --> ${row.to} : ${label}`;
    }),
  );
  const ends = Object.entries(table.states)
    .filter(([, spec]) => spec.final === true)
    .map(([state]) => `  ${state} --> [*]`);
  return ['stateDiagram-v2', ...names, ...arrows, ...ends].join('\n');
};
