import { type ChainReport, type ChainSpec, type Database, type FieldCrypto, platformChains, verifyChain } from '#platform';
import type { Finding } from './system';

/** A module that can show that its invariants hold. */
export interface Verifiable {
  readonly verify?: () => Promise<readonly Finding[]>;
  readonly chains?: readonly ChainSpec[];
}

const outboxFinding = async (database: Database): Promise<Finding> => {
  const [rows] = (await database.sequelize.query(
    'SELECT f.seq FROM fact f LEFT JOIN fact p ON p.seq = f.seq - 1 WHERE f.seq > 1 AND p.seq IS NULL LIMIT 20',
  )) as [{ seq: number }[], unknown];
  const [[count]] = (await database.sequelize.query('SELECT COUNT(*) AS n FROM fact')) as [{ n: number }[], unknown];
  return { invariant: 'I-12 facts are numbered without a hole', checked: Number(count?.n ?? 0), offending: rows.map((row) => `fact ${row.seq}`) };
};

const deadReactions = async (database: Database): Promise<Finding> => {
  const [rows] = (await database.sequelize.query('SELECT reaction, factSeq FROM reaction_failure WHERE dead = 1 LIMIT 50')) as [
    { reaction: string; factSeq: number }[],
    unknown,
  ];
  return { invariant: 'I-11 no reaction is given up', checked: rows.length, offending: rows.map((row) => `${row.reaction}@${row.factSeq}`) };
};

/** security T-1: reads everything, changes nothing. */
export const verifyAll = async (deps: {
  readonly database: Database;
  readonly crypto: FieldCrypto;
  readonly modules: readonly Verifiable[];
}): Promise<{ readonly findings: readonly Finding[]; readonly chains: readonly ChainReport[] }> => {
  const findings: Finding[] = [await outboxFinding(deps.database), await deadReactions(deps.database)];
  for (const module of deps.modules) findings.push(...((await module.verify?.()) ?? []));
  const chains: ChainReport[] = [];
  for (const spec of [...platformChains(deps.crypto), ...deps.modules.flatMap((module) => module.chains ?? [])])
    chains.push(await verifyChain(deps.database, deps.crypto, spec));
  return { findings, chains };
};
