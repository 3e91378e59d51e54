import { DataTypes, type ModelAttributeColumnOptions } from 'sequelize';

/**
 * Column types that mean the same on SQLite, MySQL and MariaDB. An instant is a whole number of milliseconds since 1970 in UTC: no
 * driver, zone or collation can change it, and it sorts in every index.
 */
export const column = {
  id: (): ModelAttributeColumnOptions => ({ type: DataTypes.STRING(40), primaryKey: true, allowNull: false }),
  ref: (): ModelAttributeColumnOptions => ({ type: DataTypes.STRING(40), allowNull: false }),
  refOrNull: (): ModelAttributeColumnOptions => ({ type: DataTypes.STRING(40), allowNull: true }),
  code: (length = 40): ModelAttributeColumnOptions => ({ type: DataTypes.STRING(length), allowNull: false }),
  codeOrNull: (length = 40): ModelAttributeColumnOptions => ({ type: DataTypes.STRING(length), allowNull: true }),
  text: (): ModelAttributeColumnOptions => ({ type: DataTypes.TEXT, allowNull: false }),
  textOrNull: (): ModelAttributeColumnOptions => ({ type: DataTypes.TEXT, allowNull: true }),
  instant: (): ModelAttributeColumnOptions => ({ type: DataTypes.BIGINT, allowNull: false }),
  instantOrNull: (): ModelAttributeColumnOptions => ({ type: DataTypes.BIGINT, allowNull: true }),
  count: (): ModelAttributeColumnOptions => ({ type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 }),
  number: (): ModelAttributeColumnOptions => ({ type: DataTypes.INTEGER, allowNull: false }),
  big: (): ModelAttributeColumnOptions => ({ type: DataTypes.BIGINT, allowNull: false }),
  numberOrNull: (): ModelAttributeColumnOptions => ({ type: DataTypes.INTEGER, allowNull: true }),
  flag: (): ModelAttributeColumnOptions => ({ type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false }),
  flagOrNull: (): ModelAttributeColumnOptions => ({ type: DataTypes.BOOLEAN, allowNull: true }),
} as const;

/** Every table: no time stamps or plural names made by Sequelize. */
export const tableOptions = { timestamps: false, freezeTableName: true } as const;

export const toMillis = (at: Date): number => at.getTime();
export const toMillisOrNull = (at: Date | null | undefined): number | null => at?.getTime() ?? null;
export const toDate = (millis: number | string): Date => new Date(Number(millis));
export const toDateOrNull = (millis: number | string | null | undefined): Date | null =>
  millis === null || millis === undefined ? null : new Date(Number(millis));
