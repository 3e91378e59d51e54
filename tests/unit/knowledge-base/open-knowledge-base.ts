import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIds } from '#kernel';
import { createKnowledgeBase, type KnowledgeBase, type RegionEntry } from '#knowledge-base';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

export const regions = JSON.parse(readFileSync(join(__dirname, '../../../services/identity/data/regions.json'), 'utf8')) as readonly RegionEntry[];

export interface OpenKnowledgeBase extends TemporaryDatabase {
  readonly knowledge: KnowledgeBase;
}

export const openKnowledgeBase = async (): Promise<OpenKnowledgeBase> => {
  const temporary = await openTemporaryDatabase();
  const knowledge = createKnowledgeBase({ database: temporary.database, clock: temporary.clock, ids: createIds(temporary.clock), regions });
  return {
    ...temporary,
    knowledge,
    close: async () => {
      await knowledge.close();
      await temporary.close();
    },
  };
};
