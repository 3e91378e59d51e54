import { QueryTypes } from 'sequelize';
import type { Database } from './database';
import { insertRows } from './insert-rows';

/** A fact with its number: without holes over all facts, and without holes in each room (security I-12). */
export interface NumberedFact {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The fact's number in each of its rooms. */
  readonly rooms: readonly { readonly room: string; readonly seq: number }[];
}

export interface RoomFact {
  readonly room: string;
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface FactRow {
  readonly seq: number;
  readonly factId: string;
  readonly name: string;
  readonly payload: string;
  readonly rooms: string;
  readonly at: number;
}

interface OutboxRow {
  readonly no: number;
  readonly factId: string;
  readonly name: string;
  readonly payload: string;
  readonly rooms: string;
  readonly at: number;
}

const toFact = (row: FactRow): NumberedFact => ({
  seq: Number(row.seq),
  id: row.factId,
  name: row.name,
  at: new Date(Number(row.at)),
  payload: JSON.parse(row.payload) as Record<string, unknown>,
  rooms: JSON.parse(row.rooms) as { room: string; seq: number }[],
});

export interface Facts {
  /** Numbers what waits in the outbox; the caller holds the relay's lease. Answers how many were numbered. */
  numberOutbox(limit: number): Promise<number>;
  after(seq: number, limit: number): Promise<readonly NumberedFact[]>;
  lastSeq(): Promise<number>;
  /** The heads of the named rooms; 0 for a room in which nothing happened yet. */
  heads(rooms: readonly string[]): Promise<Readonly<Record<string, number>>>;
  /** What a room has after n; null when n is older than what is kept, which means: start again. */
  replay(room: string, after: number, limit: number): Promise<readonly RoomFact[] | null>;
  outboxAge(now: Date): Promise<{ readonly waiting: number; readonly oldestSeconds: number }>;
}

const bumpHeads = async (
  database: Database,
  rows: readonly OutboxRow[],
  transaction: Parameters<Parameters<Database['inTransaction']>[0]>[0]['transaction'],
) => {
  const rooms = [...new Set(rows.flatMap((row) => JSON.parse(row.rooms) as string[]))].sort();
  const heads = new Map<string, number>();
  if (rooms.length === 0) return { heads, known: new Set<string>() };
  const places = rooms.map((_, index) => `$${index + 1}`).join(',');
  const found = await database.sequelize.query<{ room: string; lastSeq: number }>(`SELECT room, lastSeq FROM room_head WHERE room IN (${places})`, {
    bind: rooms,
    transaction,
    type: QueryTypes.SELECT,
  });
  for (const head of found) heads.set(head.room, Number(head.lastSeq));
  return { heads, known: new Set(found.map((head) => head.room)) };
};

export const createFacts = (database: Database): Facts => {
  const { sequelize } = database;
  const lock = database.dialect === 'mysql' ? ' FOR UPDATE' : '';

  const hasNews = async (): Promise<boolean> => (await sequelize.query('SELECT no FROM outbox LIMIT 1', { type: QueryTypes.SELECT })).length > 0;

  const numberOutbox = async (limit: number): Promise<number> => {
    if (!(await hasNews())) return 0;
    return database.inTransaction(async (work) => {
      const { transaction } = work;
      const [head] = await sequelize.query<{ lastSeq: number }>(`SELECT lastSeq FROM fact_head WHERE name = 'fact'${lock}`, {
        transaction,
        type: QueryTypes.SELECT,
      });
      const rows = await sequelize.query<OutboxRow>(`SELECT no, factId, name, payload, rooms, at FROM outbox ORDER BY no LIMIT ${Math.trunc(limit)}`, {
        transaction,
        type: QueryTypes.SELECT,
      });
      if (rows.length === 0) return 0;
      const { heads, known } = await bumpHeads(database, rows, transaction);
      let seq = Number(head?.lastSeq ?? 0);
      const inRooms: { room: string; roomSeq: number; factSeq: number }[] = [];
      const facts = rows.map((row) => {
        seq += 1;
        const numbered = (JSON.parse(row.rooms) as string[]).map((room) => {
          const roomSeq = (heads.get(room) ?? 0) + 1;
          heads.set(room, roomSeq);
          inRooms.push({ room, roomSeq, factSeq: seq });
          return { room, seq: roomSeq };
        });
        return { seq, factId: row.factId, name: row.name, payload: row.payload, rooms: JSON.stringify(numbered), at: row.at };
      });
      await insertRows(sequelize, 'fact', { rows: facts, transaction });
      await insertRows(sequelize, 'fact_room', { rows: inRooms, transaction });
      await insertRows(sequelize, 'room_head', {
        rows: [...heads].filter(([room]) => !known.has(room)).map(([room, lastSeq]) => ({ room, lastSeq })),
        transaction,
      });
      for (const [room, lastSeq] of heads) {
        if (known.has(room))
          await sequelize.query('UPDATE room_head SET lastSeq = $1 WHERE room = $2', { bind: [lastSeq, room], transaction, type: QueryTypes.RAW });
      }
      await sequelize.query("UPDATE fact_head SET lastSeq = $1 WHERE name = 'fact'", { bind: [seq], transaction, type: QueryTypes.RAW });
      const places = rows.map((_, index) => `$${index + 1}`).join(',');
      await sequelize.query(`DELETE FROM outbox WHERE no IN (${places})`, { bind: rows.map((row) => row.no), transaction, type: QueryTypes.RAW });
      return rows.length;
    });
  };

  const after = async (seq: number, limit: number): Promise<readonly NumberedFact[]> => {
    const rows = await sequelize.query<FactRow>(
      `SELECT seq, factId, name, payload, rooms, at FROM fact WHERE seq > $1 ORDER BY seq LIMIT ${Math.trunc(limit)}`,
      { bind: [seq], type: QueryTypes.SELECT },
    );
    return rows.map(toFact);
  };

  const lastSeq = async (): Promise<number> => {
    const [head] = await sequelize.query<{ lastSeq: number }>("SELECT lastSeq FROM fact_head WHERE name = 'fact'", { type: QueryTypes.SELECT });
    return Number(head?.lastSeq ?? 0);
  };

  const heads = async (rooms: readonly string[]): Promise<Readonly<Record<string, number>>> => {
    const result: Record<string, number> = Object.fromEntries(rooms.map((room) => [room, 0]));
    if (rooms.length === 0) return result;
    const places = rooms.map((_, index) => `$${index + 1}`).join(',');
    const found = await sequelize.query<{ room: string; lastSeq: number }>(`SELECT room, lastSeq FROM room_head WHERE room IN (${places})`, {
      bind: [...rooms],
      type: QueryTypes.SELECT,
    });
    for (const head of found) result[head.room] = Number(head.lastSeq);
    return result;
  };

  const replay = async (room: string, known: number, limit: number): Promise<readonly RoomFact[] | null> => {
    const rows = await sequelize.query<{ roomSeq: number; factId: string; name: string; payload: string; at: number }>(
      `SELECT r.roomSeq, f.factId, f.name, f.payload, f.at FROM fact_room r JOIN fact f ON f.seq = r.factSeq WHERE r.room = $1 AND r.roomSeq > $2 ORDER BY r.roomSeq LIMIT ${Math.trunc(limit)}`,
      { bind: [room, known], type: QueryTypes.SELECT },
    );
    const first = rows[0];
    if (first !== undefined && Number(first.roomSeq) !== known + 1) return null;
    return rows.map((row) => ({
      room,
      seq: Number(row.roomSeq),
      id: row.factId,
      name: row.name,
      at: new Date(Number(row.at)).toISOString(),
      payload: JSON.parse(row.payload) as Record<string, unknown>,
    }));
  };

  const outboxAge = async (now: Date): Promise<{ readonly waiting: number; readonly oldestSeconds: number }> => {
    const [row] = await sequelize.query<{ waiting: number; oldest: number | null }>('SELECT COUNT(*) AS waiting, MIN(at) AS oldest FROM outbox', {
      type: QueryTypes.SELECT,
    });
    const oldest = row?.oldest ?? null;
    return { waiting: Number(row?.waiting ?? 0), oldestSeconds: oldest === null ? 0 : Math.max(0, (now.getTime() - Number(oldest)) / 1000) };
  };

  return { numberOutbox, after, lastSeq, heads, replay, outboxAge };
};
