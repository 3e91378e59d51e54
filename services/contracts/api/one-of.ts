import { z } from 'zod';

/** An enumeration from a table of labels, so that codes and their Chinese words cannot drift apart. */
export const oneOf = <T extends Readonly<Record<string, unknown>>>(table: T) => {
  type Code = Extract<keyof T, string>;
  return z.enum(Object.keys(table) as [Code, ...Code[]], { error: '不在可选范围内' });
};
