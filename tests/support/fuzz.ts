/** The part of JSON Schema that our OpenAPI document uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
}

export interface Dice {
  next(): number;
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32: the same seed gives the same requests, so that a failure can be played again. */
export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (from) => {
      const found = from[below(from.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
  };
};

const nested = (depth: number): unknown => {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? { a: value } : [value];
  return value;
};

export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '𠮷𪚥䶮𬊤㐂',
  '\u202e\u2066反转\u2069',
  '\u200b\u200d\ufeff',
  '=1+1',
  '@SUM(1)',
  '+86\t|cmd',
  "' OR '1'='1",
  '"; DROP TABLE ticket; --',
  '%_\\%',
  '\\',
  '$1',
  '?',
  ':x',
  '${7*7}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'a'.repeat(300),
  '整'.repeat(6_000),
  'e\u0301'.repeat(200),
  '0',
  '-1',
  '1e999',
  'null',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31T23:59:59+14:00',
  '+275760-09-13T00:00:00.001Z',
  '138'.repeat(9),
  '__proto__',
  'toString',
];

const hostileValues: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  true,
  false,
  [],
  {},
  [null],
  ['a', ['b']],
  { $ne: '' },
  { 'a::text': 1 },
  { toString: 'x', valueOf: 'y' },
  nested(10),
  nested(60),
];

export const hostile = (dice: Dice): unknown => (dice.chance(0.6) ? dice.pick(hostileTexts) : dice.pick(hostileValues));

/** Names of our objects for the fields that hold ids, so that requests also reach the inside. */
export interface Corpus {
  readonly ids: readonly string[];
  readonly texts: Readonly<Record<string, readonly unknown[]>>;
}

const examplesByPattern: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\^\[0-9A-Za-z_-\]\{1,40\}/, []],
  [/^\^\\d\{6\}\$$/, ['930100', '940100', '000000']],
  [/\+\?\[0-9\]/, ['13812345678', '+8613812345678', '0100', '10086']],
  [/0-9A-Z\]\{18\}/, ['11930100MB2000039A', '000000000000000000']],
];

const textOf = (schema: Schema, name: string, given: { readonly dice: Dice; readonly corpus: Corpus }): unknown => {
  const { dice, corpus } = given;
  const known = corpus.texts[name];
  if (known !== undefined) return dice.pick(known);
  if (schema.format === 'date-time') return dice.pick(['2026-10-09T09:41:00+08:00', '2026-10-01T00:00:00Z', '2030-01-01T00:00:00Z']);
  if (schema.format === 'date') return dice.pick(['2026-10-09', '2026-01-01', '2030-12-31']);
  const match = examplesByPattern.find(([pattern]) => schema.pattern !== undefined && pattern.test(schema.pattern));
  if (match !== undefined) return match[1].length > 0 ? dice.pick(match[1]) : dice.pick(corpus.ids);
  if (/id$/i.test(name)) return dice.pick(corpus.ids);
  return dice.pick(['窗口说明不清，请核实。', '龘靐齉爩', 'plain', '1', '12']);
};

/** A value that fits the schema as far as the schema says it. */
export const fitting = (schema: Schema, name: string, given: { readonly dice: Dice; readonly corpus: Corpus }): unknown => {
  const { dice } = given;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return dice.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fitting(dice.pick(choices), name, given);
  const [first, ...rest] = schema.allOf ?? [];
  if (first !== undefined && rest.length === 0) return fitting(first, name, given);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object') return fittingObject(schema, given);
  if (type === 'array') return Array.from({ length: Math.max(schema.minItems ?? 0, dice.below(3)) }, () => fitting(schema.items ?? {}, name, given));
  if (type === 'integer' || type === 'number') {
    const low = Math.max(schema.minimum ?? 0, -1_000_000);
    return low + dice.below(Math.min((schema.maximum ?? 20) - low, 20) + 1);
  }
  if (type === 'boolean') return dice.chance(0.5);
  if (type === 'null') return null;
  return textOf(schema, name, given);
};

const fittingObject = (schema: Schema, given: { readonly dice: Dice; readonly corpus: Corpus }): Record<string, unknown> => {
  const required = new Set(schema.required ?? []);
  const kept = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name) || given.dice.chance(0.5));
  return Object.fromEntries(kept.map(([name, property]) => [name, fitting(property, name, given)]));
};

/** One or two fields changed for the worse, anywhere in the body. */
export const spoiled = (value: unknown, dice: Dice): unknown => {
  if (typeof value !== 'object' || value === null) return hostile(dice);
  if (Array.isArray(value))
    return value.length === 0 || dice.chance(0.3) ? hostile(dice) : value.map((item, index) => (index === 0 ? spoiled(item, dice) : item));
  const entries = Object.entries(value);
  const kind = dice.below(10);
  if (kind === 0) return hostile(dice);
  if (kind === 1 || entries.length === 0)
    return { ...value, [dice.pick(['unknown', 'id', 'version', 'state', 'constructor', 'actor', '$where'])]: hostile(dice) };
  const [name, old] = dice.pick(entries);
  if (kind === 2) return Object.fromEntries(entries.filter(([key]) => key !== name));
  return { ...value, [name]: typeof old === 'object' && old !== null && dice.chance(0.6) ? spoiled(old, dice) : hostile(dice) };
};
