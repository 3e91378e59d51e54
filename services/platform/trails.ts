import { QueryTypes } from 'sequelize';
import type { Database } from './database';
import type { FieldCrypto } from './field-crypto';

export interface TrailEntry {
  readonly version: number;
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorOrgId: string | null;
  readonly at: Date;
  readonly content: Readonly<Record<string, unknown>>;
  readonly attachmentIds: readonly string[];
}

export interface Trails {
  of(subject: string, subjectId: string): Promise<readonly TrailEntry[]>;
  /** Who made the last step and when; what a 412 tells. */
  lastOf(subject: string, subjectId: string): Promise<TrailEntry | null>;
  count(subject: string, subjectId: string): Promise<number>;
}

interface Row {
  readonly version: number;
  readonly action: string;
  readonly fromState: string | null;
  readonly toState: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorOrgId: string | null;
  readonly at: number;
  readonly content: string;
  readonly attachmentIds: string;
}

export const createTrails = (database: Database, crypto: FieldCrypto): Trails => {
  const { sequelize } = database;
  const toEntry = (row: Row): TrailEntry => ({
    version: Number(row.version),
    action: row.action,
    from: row.fromState,
    to: row.toState,
    actorKind: row.actorKind,
    actorId: row.actorId,
    actorOrgId: row.actorOrgId,
    at: new Date(Number(row.at)),
    content: row.content === '' ? {} : (JSON.parse(crypto.open(row.content)) as Record<string, unknown>),
    attachmentIds: JSON.parse(row.attachmentIds) as string[],
  });
  const read = (subject: string, subjectId: string, tail: string): Promise<Row[]> =>
    sequelize.query<Row>(
      `SELECT version, action, fromState, toState, actorKind, actorId, actorOrgId, at, content, attachmentIds FROM trail WHERE subject = $1 AND subjectId = $2 ${tail}`,
      {
        bind: [subject, subjectId],
        type: QueryTypes.SELECT,
      },
    );
  return {
    of: async (subject, subjectId) => (await read(subject, subjectId, 'ORDER BY version')).map(toEntry),
    lastOf: async (subject, subjectId) => (await read(subject, subjectId, 'ORDER BY version DESC LIMIT 1')).map(toEntry)[0] ?? null,
    count: async (subject, subjectId) => (await read(subject, subjectId, '')).length,
  };
};
