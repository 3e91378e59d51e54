import { randomBytes } from 'node:crypto';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { Actor, Ids } from '#kernel';
import { canonical } from './canonical';
import type { FieldCrypto } from './field-crypto';
import { insertRows } from './insert-rows';
import { currentIdempotency, writeIdempotency } from './idempotency';

/** Something that has happened; ids and codes only, never free text or personal data (style §4). */
export interface NewFact {
  /** Past tense, such as `ticket.merged`. */
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Socket rooms that may hear of it: `org:<id>`, `staff:<id>`, `ticket:<id>`, `hotline` … */
  readonly rooms: readonly string[];
}

/** One row of a case's trail; `version` is the case's version after the step, so that count(trail) = version (security I-09). */
export interface TrailStep {
  readonly subject: string;
  readonly subjectId: string;
  readonly version: number;
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
  readonly actor: Actor;
  /** Opinion, inputs, notes: sealed at rest, committed to by a salted hash in the chain. */
  readonly content?: Readonly<Record<string, unknown>>;
  readonly attachmentIds?: readonly string[];
}

export interface AuditEntry {
  readonly actor: Actor;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly purpose?: string;
  readonly result: 'done' | 'refused';
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A row that enters a keyed hash chain: the unit of work adds `chainNo` and `chainMac`. */
export interface ChainedRow {
  readonly chain: string;
  readonly table: string;
  readonly row: Readonly<Record<string, string | number | boolean | null>>;
  /** What of the row the chain vouches for. */
  readonly vouched: Readonly<Record<string, unknown>>;
}

/** Everything that a transaction leaves behind besides the rows of its module. */
export interface UnitOfWork {
  readonly transaction: Transaction;
  readonly now: Date;
  announce(fact: NewFact): void;
  trail(step: TrailStep): void;
  audit(entry: AuditEntry): void;
  chain(row: ChainedRow): void;
  /** Names what this request created, so that a repeated Idempotency-Key is answered with the same thing. */
  created(ref: string): void;
  /** Runs after the commit and only then; for waking, never for effects that must not be lost. */
  afterCommit(run: () => void): void;
}

export interface WorkTools {
  readonly sequelize: Sequelize;
  readonly crypto: FieldCrypto;
  readonly ids: Ids;
  readonly lockClause: string;
}

export interface OpenWork extends UnitOfWork {
  /** Writes chains, trail, audit, outbox and idempotency row; the last thing before the commit. */
  finish(): Promise<void>;
  /** Runs what waited for the commit; answers whether facts were announced. */
  committed(): boolean;
}

export const actorOf = (
  actor: Actor,
): { readonly actorKind: string; readonly actorId: string; readonly actorOrgId: string | null; readonly address: string | null } => ({
  actorKind: actor.kind,
  actorId: actor.id,
  actorOrgId: actor.kind === 'staff' ? actor.orgId : null,
  address: 'address' in actor ? actor.address : null,
});

/** What the trail's chain vouches for; the verifier computes the same from the stored row. */
export const vouchedTrail = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { id, subject, subjectId, version, action, fromState, toState, actorKind, actorId, at, commitment, attachmentIds } = row;
  return { id, subject, subjectId, version: Number(version), action, fromState, toState, actorKind, actorId, at: Number(at), commitment, attachmentIds };
};

export const vouchedAudit = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { id, actorKind, actorId, address, action, objectType, objectId, purpose, result, detail, at } = row;
  return { id, actorKind, actorId, address, action, objectType, objectId, purpose, result, detail, at: Number(at) };
};

const trailRow = (step: TrailStep, tools: WorkTools, now: Date): ChainedRow => {
  const salt = randomBytes(16).toString('base64url');
  const content = canonical(step.content ?? {});
  const { actorKind, actorId, actorOrgId } = actorOf(step.actor);
  const row = {
    id: tools.ids.next(),
    subject: step.subject,
    subjectId: step.subjectId,
    version: step.version,
    action: step.action,
    fromState: step.from,
    toState: step.to,
    actorKind,
    actorId,
    actorOrgId,
    at: now.getTime(),
    salt,
    commitment: tools.crypto.commitment(salt, content),
    content: tools.crypto.seal(content),
    attachmentIds: JSON.stringify(step.attachmentIds ?? []),
  };
  return { chain: 'trail', table: 'trail', row, vouched: vouchedTrail(row) };
};

const auditRow = (entry: AuditEntry, tools: WorkTools, now: Date): ChainedRow => {
  const { actorKind, actorId, actorOrgId, address } = actorOf(entry.actor);
  const row = {
    id: tools.ids.next(),
    actorKind,
    actorId,
    actorOrgId,
    address,
    action: entry.action,
    objectType: entry.objectType,
    objectId: entry.objectId,
    purpose: entry.purpose ?? null,
    result: entry.result,
    detail: canonical(entry.detail ?? {}),
    at: now.getTime(),
  };
  return { chain: 'audit', table: 'audit', row, vouched: vouchedAudit(row) };
};

const writeChain = async (
  chain: string,
  given: { readonly rows: readonly ChainedRow[]; readonly tools: WorkTools; readonly transaction: Transaction },
): Promise<void> => {
  const { sequelize, crypto, lockClause } = given.tools;
  const [head] = await sequelize.query<{ lastNo: number; lastMac: string }>(`SELECT lastNo, lastMac FROM chain_head WHERE name = $1${lockClause}`, {
    bind: [chain],
    transaction: given.transaction,
    type: QueryTypes.SELECT,
  });
  if (head === undefined) throw new Error(`chain ${chain} has no head`);
  let no = Number(head.lastNo);
  let mac = head.lastMac;
  const rows = given.rows.map((entry) => {
    no += 1;
    mac = crypto.mac(chain, mac, `${no}\n${canonical(entry.vouched)}`);
    return { ...entry.row, chainNo: no, chainMac: mac };
  });
  await insertRows(sequelize, given.rows[0]?.table ?? chain, { rows, transaction: given.transaction });
  await sequelize.query('UPDATE chain_head SET lastNo = $1, lastMac = $2 WHERE name = $3', {
    bind: [no, mac, chain],
    transaction: given.transaction,
    type: QueryTypes.RAW,
  });
};

export const openWork = (tools: WorkTools, transaction: Transaction, now: Date): OpenWork => {
  const chained: ChainedRow[] = [];
  const facts: NewFact[] = [];
  const after: (() => void)[] = [];
  let createdRef: string | null = null;
  return {
    transaction,
    now,
    announce: (fact) => void facts.push(fact),
    trail: (step) => void chained.push(trailRow(step, tools, now)),
    audit: (entry) => void chained.push(auditRow(entry, tools, now)),
    chain: (row) => void chained.push(row),
    created: (ref) => {
      createdRef = ref;
    },
    afterCommit: (run) => void after.push(run),
    finish: async () => {
      await writeIdempotency(tools.sequelize, { transaction, createdRef, now, context: currentIdempotency() });
      const outbox = facts.map((fact) => ({
        factId: tools.ids.next(),
        name: fact.name,
        payload: JSON.stringify(fact.payload),
        rooms: JSON.stringify([...new Set(fact.rooms)]),
        at: now.getTime(),
      }));
      await insertRows(tools.sequelize, 'outbox', { rows: outbox, transaction });
      // Heads are locked last and in one order, so that two transactions never wait for each other's.
      for (const chain of [...new Set(chained.map((row) => row.chain))].sort()) {
        await writeChain(chain, { rows: chained.filter((row) => row.chain === chain), tools, transaction });
      }
    },
    committed: () => {
      for (const run of after) run();
      return facts.length > 0;
    },
  };
};
