import { z } from 'zod';
import type { Role } from '../vocabulary/roles';

/** The target of a row that goes back to where the subject came from, such as a denied return (rules §3.6). */
export const PREVIOUS = 'PREVIOUS';

/** Where a row starts that creates its subject. */
export const NEW = 'NEW';

export type Performer = Role | 'SYSTEM' | 'CITIZEN';

export interface StateSpec {
  readonly label: string;
  readonly final?: boolean;
  /** The clock that runs while in this state; its deadline is a stored instant. */
  readonly clock?: string;
  /** Clocks that stand still while in this state (rules §3.8: only waiting for information and appeal). */
  readonly pauses?: string;
}

/** A condition as a sentence that a disabled button can show; `otherwise` is the sentence when a row asks for the opposite. */
export type GuardSpec = string | { readonly met: string; readonly otherwise: string };

export interface FieldSpec {
  readonly label: string;
  readonly schema: z.ZodType;
}

export interface RowSpec<State extends string = string, Guard extends string = string, Field extends string = string> {
  readonly on: string;
  readonly label: string;
  readonly from: readonly (State | typeof NEW)[];
  readonly to: State | typeof PREVIOUS;
  readonly by: readonly Performer[];
  readonly when?: readonly Guard[];
  readonly unless?: readonly Guard[];
  /** Fields that must be given. */
  readonly needs?: readonly Field[];
  /** Fields that may be given. */
  readonly takes?: readonly Field[];
}

export interface Lifecycle<State extends string, Guard extends string, Field extends string, Row extends RowSpec<State, Guard, Field>> {
  readonly name: string;
  readonly label: string;
  readonly starts: readonly State[];
  readonly states: Readonly<Record<State, StateSpec>>;
  readonly guards: Readonly<Record<Guard, GuardSpec>>;
  readonly fields: Readonly<Record<Field, FieldSpec>>;
  readonly rows: readonly Row[];
}

export type AnyLifecycle = Lifecycle<string, string, string, RowSpec>;

export type StateOf<T extends AnyLifecycle> = Extract<keyof T['states'], string>;
export type GuardOf<T extends AnyLifecycle> = Extract<keyof T['guards'], string>;
export type ActionOf<T extends AnyLifecycle> = T['rows'][number]['on'];

/** Declares a state machine; a misspelt state, guard or field is a compile error at the word. */
export const defineLifecycle = <
  const States extends Readonly<Record<string, StateSpec>>,
  const Guards extends Readonly<Record<string, GuardSpec>>,
  const Fields extends Readonly<Record<string, FieldSpec>>,
  const Rows extends readonly RowSpec<Extract<keyof States, string>, Extract<keyof Guards, string>, Extract<keyof Fields, string>>[],
>(table: {
  readonly name: string;
  readonly label: string;
  readonly starts: readonly Extract<keyof States, string>[];
  readonly states: States;
  readonly guards: Guards;
  readonly fields: Fields;
  readonly rows: Rows;
}): typeof table => table;

export interface Subject {
  /** Null for a subject that does not exist yet. */
  readonly state: string | null;
  /** Where it stood before the state that can be undone. */
  readonly previous?: string | null;
}

export interface Attempt {
  readonly action: string;
  readonly performers: readonly Performer[];
  readonly facts: Readonly<Record<string, boolean>>;
}

export interface UnmetGuard {
  readonly guard: string;
  readonly message: string;
}

export type Decision =
  | { readonly ok: true; readonly to: string; readonly row: RowSpec }
  | { readonly ok: false; readonly why: 'unknown-action' | 'wrong-state' | 'wrong-role' | 'condition'; readonly unmet: readonly UnmetGuard[] };

const sentence = (spec: GuardSpec | undefined, wanted: boolean): string => {
  if (spec === undefined) return '条件未满足';
  if (typeof spec === 'string') return wanted ? spec : `不适用：${spec}`;
  return wanted ? spec.met : spec.otherwise;
};

const unmetOf = (table: AnyLifecycle, row: RowSpec, facts: Readonly<Record<string, boolean>>): readonly UnmetGuard[] => [
  ...(row.when ?? []).filter((guard) => facts[guard] !== true).map((guard) => ({ guard, message: sentence(table.guards[guard], true) })),
  ...(row.unless ?? []).filter((guard) => facts[guard] === true).map((guard) => ({ guard, message: sentence(table.guards[guard], false) })),
];

const openRows = (table: AnyLifecycle, subject: Subject, action?: string): readonly RowSpec[] =>
  table.rows.filter((row) => (action === undefined || row.on === action) && row.from.includes(subject.state ?? NEW));

const fewestUnmet = (table: AnyLifecycle, rows: readonly RowSpec[], facts: Readonly<Record<string, boolean>>) =>
  rows.map((row) => ({ row, unmet: unmetOf(table, row, facts) })).sort((a, b) => a.unmet.length - b.unmet.length)[0];

/** The only judge of a move: pure, knows no database. */
export const decide = (table: AnyLifecycle, subject: Subject, attempt: Attempt): Decision => {
  if (!table.rows.some((row) => row.on === attempt.action)) return { ok: false, why: 'unknown-action', unmet: [] };
  const inState = openRows(table, subject, attempt.action);
  if (inState.length === 0) return { ok: false, why: 'wrong-state', unmet: [] };
  const byRole = inState.filter((row) => row.by.some((performer) => attempt.performers.includes(performer)));
  const best = fewestUnmet(table, byRole, attempt.facts);
  if (best === undefined) return { ok: false, why: 'wrong-role', unmet: [] };
  if (best.unmet.length > 0) return { ok: false, why: 'condition', unmet: best.unmet };
  const to = best.row.to === PREVIOUS ? (subject.previous ?? '') : best.row.to;
  return { ok: true, to, row: best.row };
};

/** What a screen shows as a button: possible, or greyed with the reasons beside it. */
export interface Move {
  readonly action: string;
  readonly label: string;
  readonly ok: boolean;
  readonly unmet: readonly UnmetGuard[];
  readonly needs: readonly string[];
  readonly takes: readonly string[];
}

/** All moves that the subject's state and the person's roles leave open, in the order of the table. */
export const movesOf = (table: AnyLifecycle, subject: Subject, given: Pick<Attempt, 'performers' | 'facts'>): readonly Move[] => {
  const rows = openRows(table, subject).filter((row) => row.by.some((performer) => performer !== 'SYSTEM' && given.performers.includes(performer)));
  return [...new Set(rows.map((row) => row.on))].flatMap((action) => {
    const best = fewestUnmet(
      table,
      rows.filter((row) => row.on === action),
      given.facts,
    );
    if (best === undefined) return [];
    return [{ action, label: best.row.label, ok: best.unmet.length === 0, unmet: best.unmet, needs: best.row.needs ?? [], takes: best.row.takes ?? [] }];
  });
};

/** The closed body schema of an action: what any of its rows needs or takes; rows of one action need the same fields. */
export const inputOf = (table: AnyLifecycle, action: string): z.ZodObject => {
  const rows = table.rows.filter((row) => row.on === action);
  const needed = new Set(rows.flatMap((row) => row.needs ?? []));
  const taken = new Set(rows.flatMap((row) => row.takes ?? []));
  const shape: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries(table.fields)) {
    if (needed.has(name)) shape[name] = field.schema;
    else if (taken.has(name)) shape[name] = field.schema.optional();
  }
  return z.strictObject(shape);
};

export const actionsOf = (table: AnyLifecycle): readonly string[] => [...new Set(table.rows.map((row) => row.on))];
