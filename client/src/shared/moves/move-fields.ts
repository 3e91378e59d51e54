import { z } from 'zod';
import type { AnyLifecycle } from '#contracts/lifecycles/lifecycle';
import type { Move } from '../api/page';
import { labelsOfField } from './field-labels';

export type FieldKind = 'line' | 'paragraph' | 'choice' | 'yesNo' | 'number' | 'instant' | 'day' | 'group' | 'other';

export interface MoveField {
  readonly name: string;
  /** `callback.method`, for labels and the server's complaints. */
  readonly path: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly maxLength: number | null;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** Fields of a group. */
  readonly fields: readonly MoveField[];
}

interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

const LONG = 200;

const kindOf = (shape: Shape): FieldKind => {
  if (shape.enum !== undefined) return 'choice';
  if (shape.type === 'boolean') return 'yesNo';
  if (shape.type === 'integer' || shape.type === 'number') return 'number';
  if (shape.type === 'object') return 'group';
  if (shape.type !== 'string') return 'other';
  if (shape.format === 'date-time') return 'instant';
  if (shape.format === 'date') return 'day';
  // Ids and codes have a pattern and no length of their own: the screen brings its own way to choose them.
  if (shape.maxLength === undefined) return 'other';
  return shape.maxLength > LONG ? 'paragraph' : 'line';
};

const fieldOf = (path: string, shape: Shape, given: { readonly label: string; readonly required: boolean }): MoveField => {
  const labels = labelsOfField(path);
  return {
    name: path.split('.').at(-1) ?? path,
    path,
    label: given.label,
    kind: kindOf(shape),
    required: given.required,
    maxLength: shape.maxLength ?? null,
    choices: (shape.enum ?? []).map((value) => ({ value, label: labels.choices[value] ?? value })),
    fields: Object.entries(shape.properties ?? {}).map(([name, part]) =>
      fieldOf(`${path}.${name}`, part, { label: labelsOfField(`${path}.${name}`).label, required: shape.required?.includes(name) === true }),
    ),
  };
};

const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;

/** The fields of a move's form, from the lifecycle table: needed ones first, in the order of the table. */
export const fieldsOfMove = (table: AnyLifecycle, move: Pick<Move, 'needs' | 'takes'>): readonly MoveField[] => {
  const names = [...move.needs, ...move.takes.filter((name) => !move.needs.includes(name))];
  return names.flatMap((name) => {
    const field = table.fields[name];
    if (field === undefined) return [];
    return [fieldOf(name, shapeOf(field.schema), { label: field.label, required: move.needs.includes(name) })];
  });
};

export type MoveInput = Record<string, unknown>;

const isBlank = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Leaves out what was not filled in; a group in which nothing was filled is not sent at all. */
export const cleanInput = (fields: readonly MoveField[], input: MoveInput): MoveInput =>
  Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const value = input[field.name];
      if (field.kind !== 'group') return isBlank(value) ? [] : [[field.name, value]];
      const part = cleanInput(field.fields, (value ?? {}) as MoveInput);
      return Object.keys(part).length === 0 ? [] : [[field.name, part]];
    }),
  );

/** Labels of needed fields that are still empty. */
export const missingIn = (fields: readonly MoveField[], input: MoveInput): readonly string[] =>
  fields.flatMap((field) => {
    const value = input[field.name];
    if (field.kind === 'group') {
      const part = (value ?? {}) as MoveInput;
      const begun = Object.keys(cleanInput(field.fields, part)).length > 0;
      return field.required || begun ? missingIn(field.fields, part) : [];
    }
    return field.required && isBlank(value) ? [field.label] : [];
  });
