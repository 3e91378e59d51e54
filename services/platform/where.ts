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

/** The database's form of a policy predicate; the in-memory form is `matches` of the kernel. */
export const toWhere = (sequelize: Sequelize, predicate: Predicate, sides: Readonly<Record<string, SideTable>>): WhereOptions => {
  if ('all' in predicate) return predicate.all.length === 0 ? literal('1 = 1') : { [Op.and]: predicate.all.map((part) => toWhere(sequelize, part, sides)) };
  if ('any' in predicate) {
    return predicate.any.length === 0 ? literal('1 = 0') : { [Op.or]: predicate.any.map((part) => toWhere(sequelize, part, sides)) };
  }
  if ('not' in predicate) return { [Op.not]: toWhere(sequelize, predicate.not, sides) };
  if ('some' in predicate) {
    const side = sides[predicate.some];
    if (side === undefined) throw new Error(`no side table named ${predicate.some}`);
    return { id: { [Op.in]: literal(`(${sideCondition(sequelize, side, predicate.matches)})`) } };
  }
  if ('is' in predicate) return { [predicate.field]: predicate.is };
  if ('in' in predicate) return predicate.in.length === 0 ? literal('1 = 0') : { [predicate.field]: { [Op.in]: [...predicate.in] } };
  return { [predicate.field]: { [Op.gte]: predicate.under, [Op.lt]: afterPrefix(predicate.under) } };
};

/** A pattern for LIKE in which the typed text means only itself (security D-5). */
export const containing = (typed: string): string => `%${escapeLike(typed)}%`;
