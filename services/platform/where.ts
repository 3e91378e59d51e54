import { literal, Op, type Sequelize, type WhereOptions } from 'sequelize';
import type { Predicate } from '#kernel';

/** For `{ some: 'subOrders', … }`: the side table and how it hangs on the main one. */
export interface SideTable {
  readonly table: string;
  readonly foreignKey: string;
}

const escapeLike = (value: string): string => value.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** Sorts after every character that occurs in ids and paths, so that a prefix is a range that an index answers. */
const afterPrefix = (prefix: string): string => `${prefix}\uffff`;

const sideCondition = (sequelize: Sequelize, side: SideTable, inner: Predicate): string => {
  const generator = sequelize.getQueryInterface().queryGenerator as { selectQuery(table: string, options: object, model?: unknown): string };
  const select = generator.selectQuery(side.table, { attributes: [side.foreignKey], where: toWhere(sequelize, inner, {}) });
  return select.replace(/;\s*$/, '');
};

const always = literal('1 = 1');
const never = literal('1 = 0');

type Leaf = Extract<Predicate, { readonly field: string }>;

const leafWhere = (leaf: Leaf): WhereOptions => {
  if ('is' in leaf) return { [leaf.field]: leaf.is };
  if ('in' in leaf) return leaf.in.length === 0 ? never : { [leaf.field]: { [Op.in]: [...leaf.in] } };
  return { [leaf.field]: { [Op.gte]: leaf.under, [Op.lt]: afterPrefix(leaf.under) } };
};

/** In SQL a comparison with NULL is neither true nor false, and so would be its negation; in memory it is plainly false. */
const notLeaf = (leaf: Leaf): WhereOptions => {
  if ('in' in leaf && leaf.in.length === 0) return always;
  if ('is' in leaf && leaf.is === null) return { [leaf.field]: { [Op.ne]: null } };
  return { [Op.or]: [{ [leaf.field]: null }, { [Op.not]: leafWhere(leaf) }] };
};

const group = (sign: typeof Op.and | typeof Op.or, parts: readonly WhereOptions[]): WhereOptions => {
  if (parts.length === 0) return sign === Op.and ? always : never;
  return { [sign]: parts };
};

/** The database's form of a policy predicate; the in-memory form is `matches` of the kernel. Negation is carried down to the leaves. */
export const toWhere = (sequelize: Sequelize, predicate: Predicate, sides: Readonly<Record<string, SideTable>>, negated = false): WhereOptions => {
  const inner = (part: Predicate): WhereOptions => toWhere(sequelize, part, sides, negated);
  if ('not' in predicate) return toWhere(sequelize, predicate.not, sides, !negated);
  if ('all' in predicate) return group(negated ? Op.or : Op.and, predicate.all.map(inner));
  if ('any' in predicate) return group(negated ? Op.and : Op.or, predicate.any.map(inner));
  if ('some' in predicate) {
    const side = sides[predicate.some];
    if (side === undefined) throw new Error(`no side table named ${predicate.some}`);
    return { id: { [negated ? Op.notIn : Op.in]: literal(`(${sideCondition(sequelize, side, predicate.matches)})`) } };
  }
  return negated ? notLeaf(predicate) : leafWhere(predicate);
};

/** A pattern for LIKE in which the typed text means only itself (security D-5). */
export const containing = (typed: string): string => `%${escapeLike(typed)}%`;
