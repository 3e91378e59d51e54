import { z } from 'zod';
import table from '../seed/synonyms.json';
import type { SynonymRule } from './synonyms';

const words = z.array(z.string().min(1)).min(1);

export const synonymRuleSchema = z.union([
  z.strictObject({ class: z.string(), words }),
  z.strictObject({ topic: z.string().optional(), same: words }),
  z.strictObject({ topic: z.string().optional(), say: words, mean: words }),
]);

/** The table that ships: general words of Chinese administration, maintained by hand. A site adds its own lines to it. */
export const defaultSynonyms: readonly SynonymRule[] = z.array(synonymRuleSchema).parse(table);
