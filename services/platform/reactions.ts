import { QueryTypes } from 'sequelize';
import type { Clock } from '#kernel';
import type { Database } from './database';
import type { Facts, NumberedFact } from './facts';
import type { Logger } from './logger';

/** What a module does when it hears a fact; may run twice for one fact and must then do nothing new. */
export interface Reaction {
  readonly name: string;
  readonly on: readonly string[];
  run(fact: NumberedFact): Promise<void>;
}

export interface Reactions {
  add(reaction: Reaction): void;
  /** Runs every reaction up to the newest fact; answers how many facts were heard. The caller holds the lease. */
  runAll(): Promise<number>;
  failures(): Promise<
    readonly { readonly reaction: string; readonly factSeq: number; readonly attempts: number; readonly dead: boolean; readonly error: string }[]
  >;
}

const maxAttempts = 8;
const backOffMs = (attempts: number): number => Math.min(3_600_000, 1_000 * 4 ** attempts);

export const createReactions = (deps: { readonly database: Database; readonly facts: Facts; readonly clock: Clock; readonly logger: Logger }): Reactions => {
  const { database, facts, clock, logger } = deps;
  const { sequelize } = database;
  const all: Reaction[] = [];
  const cursors = new Map<string, number>();

  const cursorOf = async (reaction: string): Promise<number> => {
    const known = cursors.get(reaction);
    if (known !== undefined) return known;
    const [row] = await sequelize.query<{ lastSeq: number }>('SELECT lastSeq FROM reaction_cursor WHERE reaction = $1', {
      bind: [reaction],
      type: QueryTypes.SELECT,
    });
    if (row !== undefined) return Number(row.lastSeq);
    await database.inTransaction((work) =>
      sequelize.query('INSERT INTO reaction_cursor (reaction, lastSeq) VALUES ($1, 0)', {
        bind: [reaction],
        transaction: work.transaction,
        type: QueryTypes.RAW,
      }),
    );
    return 0;
  };

  const note = async (reaction: Reaction, seq: number, failure: { readonly error: unknown; readonly attempts: number }): Promise<void> => {
    const { attempts } = failure;
    const dead = attempts >= maxAttempts;
    const error = (failure.error instanceof Error ? failure.error.name : 'unknown').slice(0, 200);
    logger[dead ? 'error' : 'warn']({ event: 'reaction.failed', reaction: reaction.name, factSeq: seq, attempts, errorName: error });
    const nextAt = clock.now().getTime() + backOffMs(attempts);
    await database.inTransaction(async (work) => {
      await sequelize.query('DELETE FROM reaction_failure WHERE reaction = $1 AND factSeq = $2', {
        bind: [reaction.name, seq],
        transaction: work.transaction,
        type: QueryTypes.RAW,
      });
      await sequelize.query('INSERT INTO reaction_failure (reaction, factSeq, attempts, nextAt, dead, error) VALUES ($1, $2, $3, $4, $5, $6)', {
        bind: [reaction.name, seq, attempts, nextAt, dead, error],
        transaction: work.transaction,
        type: QueryTypes.RAW,
      });
    });
  };

  const attempt = async (reaction: Reaction, fact: NumberedFact, attempts: number): Promise<boolean> => {
    try {
      await reaction.run(fact);
      return true;
    } catch (error) {
      await note(reaction, fact.seq, { error, attempts: attempts + 1 });
      return false;
    }
  };

  const retryFailed = async (): Promise<void> => {
    const due = await sequelize.query<{ reaction: string; factSeq: number; attempts: number }>(
      'SELECT reaction, factSeq, attempts FROM reaction_failure WHERE dead = $1 AND nextAt <= $2 ORDER BY factSeq LIMIT 50',
      {
        bind: [false, clock.now().getTime()],
        type: QueryTypes.SELECT,
      },
    );
    for (const row of due) {
      const reaction = all.find((entry) => entry.name === row.reaction);
      const [fact] = await facts.after(Number(row.factSeq) - 1, 1);
      if (reaction === undefined || fact === undefined) continue;
      if (await attempt(reaction, fact, Number(row.attempts))) {
        await database.inTransaction((work) =>
          sequelize.query('DELETE FROM reaction_failure WHERE reaction = $1 AND factSeq = $2', {
            bind: [row.reaction, row.factSeq],
            transaction: work.transaction,
            type: QueryTypes.RAW,
          }),
        );
      }
    }
  };

  const hear = async (reaction: Reaction, batch: readonly NumberedFact[]): Promise<void> => {
    const from = await cursorOf(reaction.name);
    const news = batch.filter((fact) => fact.seq > from);
    const last = news.at(-1);
    if (last === undefined) return;
    for (const fact of news) if (reaction.on.includes(fact.name)) await attempt(reaction, fact, 0);
    cursors.set(reaction.name, last.seq);
    // The cursor is stored lazily: after a crash some facts are heard again, which reactions must bear anyway.
    if (news.some((fact) => reaction.on.includes(fact.name)) || last.seq % 200 === 0) {
      await database.inTransaction((work) =>
        sequelize.query('UPDATE reaction_cursor SET lastSeq = $1 WHERE reaction = $2', {
          bind: [last.seq, reaction.name],
          transaction: work.transaction,
          type: QueryTypes.RAW,
        }),
      );
    }
  };

  return {
    add: (reaction) => void all.push(reaction),
    runAll: async () => {
      await retryFailed();
      for (const reaction of all) if (!cursors.has(reaction.name)) cursors.set(reaction.name, await cursorOf(reaction.name));
      let heard = 0;
      for (;;) {
        const from = Math.min(...all.map((reaction) => cursors.get(reaction.name) ?? 0));
        const batch = all.length === 0 ? [] : await facts.after(from, 200);
        if (batch.length === 0) return heard;
        for (const reaction of all) await hear(reaction, batch);
        heard += batch.length;
      }
    },
    failures: async () => {
      const rows = await sequelize.query<{ reaction: string; factSeq: number; attempts: number; dead: boolean; error: string }>(
        'SELECT reaction, factSeq, attempts, dead, error FROM reaction_failure ORDER BY factSeq LIMIT 200',
        { type: QueryTypes.SELECT },
      );
      return rows.map((row) => ({ ...row, factSeq: Number(row.factSeq), dead: Boolean(row.dead) }));
    },
  };
};
