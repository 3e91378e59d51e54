import { DataTypes, type QueryInterface } from 'sequelize';

const id = { type: DataTypes.STRING(40), allowNull: false };
const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const optional = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
const big = { type: DataTypes.BIGINT, allowNull: false };
const bigOrNull = { type: DataTypes.BIGINT, allowNull: true };
const int = { type: DataTypes.INTEGER, allowNull: false };
const flag = { type: DataTypes.BOOLEAN, allowNull: false };
const flagOrNull = { type: DataTypes.BOOLEAN, allowNull: true };
const sealed = { type: 'MEDIUMTEXT', allowNull: true };
const ofCase = { ...id, references: { model: 'rectification', key: 'id' } };

const tables: Readonly<Record<string, Parameters<QueryInterface['createTable']>[1]>> = {
  rectification: {
    id: { ...id, primaryKey: true },
    caseNo: code(20),
    sourceSystem: code(40),
    projectNo: code(50),
    serviceNumber: int,
    state: code(30),
    version: int,
    round: int,
    level: code(20),
    channel: code(20),
    caseType: code(10),
    taskCode: code(64),
    taskName: code(200),
    regionCode: code(6),
    deptCode: code(18),
    windowName: optional(100),
    isRealName: flag,
    /** Who has to act; null while nobody is known. */
    orgId: optional(40),
    orgPath: optional(400),
    /** Whom the rating was about when it came; appeals are never decided in this subtree. */
    ratedOrgPath: optional(400),
    ratedStaffId: optional(40),
    ratedAt: big,
    openedAt: big,
    roundStartedAt: big,
    verifiedAt: bigOrNull,
    isTrue: flagOrNull,
    isReasonable: flagOrNull,
    outcome: optional(20),
    appealedAt: bigOrNull,
    pausedAt: bigOrNull,
    extensions: int,
    submittedAt: bigOrNull,
    repliedAt: bigOrNull,
    reviewedAt: bigOrNull,
    calledBackAt: bigOrNull,
    callbackResult: optional(20),
    closedAt: bigOrNull,
    closedDissatisfied: flag,
    notAdoptedCategory: optional(20),
    verifyDueAt: big,
    rectifyDueAt: big,
    rectifyFirstDueAt: big,
    appealFileDueAt: bigOrNull,
    /** Of the clock that runs now; null when none does. */
    currentDueAt: bigOrNull,
    /** The due instant that the 100% ledger goes by: once passed unclosed it never moves (security I-08, I-15). */
    ledgerDueAt: big,
    ledgerMonth: code(7),
    evidenceCount: int,
    content: sealed,
  },
  rectification_rating: { originId: { ...id, primaryKey: true }, kind: code(12), rectificationId: ofCase, at: big },
  rectification_deadline: {
    id: { ...id, primaryKey: true },
    rectificationId: ofCase,
    clockName: code(20),
    round: int,
    startsAt: big,
    amount: int,
    firstDueAt: big,
    dueAt: big,
    provisional: flag,
    calendarVersion: int,
    termsVersion: int,
    metAt: bigOrNull,
  },
  rectification_pause: { id: { ...id, primaryKey: true }, rectificationId: ofCase, clockName: code(20), fromAt: big, toAt: bigOrNull },
  rectification_hand: {
    rectificationId: { ...ofCase, primaryKey: true },
    staffId: { ...id, primaryKey: true },
    part: { ...code(20), primaryKey: true },
    at: big,
  },
  rectification_contact: {
    id: { ...id, primaryKey: true },
    rectificationId: ofCase,
    round: int,
    at: big,
    method: code(20),
    result: code(20),
    note: { type: 'MEDIUMTEXT', allowNull: false },
    staffId: id,
    recordedAt: big,
  },
  rectification_callback: {
    id: { ...id, primaryKey: true },
    rectificationId: ofCase,
    round: int,
    at: big,
    method: code(20),
    result: code(20),
    note: { type: 'MEDIUMTEXT', allowNull: false },
    phoneHash: optional(64),
    staffId: id,
    recordedAt: big,
  },
  rectification_draft: {
    rectificationId: { ...ofCase, primaryKey: true },
    content: { type: 'MEDIUMTEXT', allowNull: false },
    savedBy: id,
    savedAt: big,
    draftVersion: int,
  },
  rectification_counter: { day: { ...code(8), primaryKey: true }, lastNo: int },
};

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[]; readonly unique?: boolean }[] = [
  // rules §1: one rectification for one service; a second writer of the same service meets this key.
  { table: 'rectification', name: 'rectification_service', fields: ['projectNo', 'serviceNumber', 'sourceSystem'], unique: true },
  { table: 'rectification', name: 'rectification_case_no', fields: ['caseNo'], unique: true },
  { table: 'rectification', name: 'rectification_ledger', fields: ['ledgerDueAt', 'orgId'] },
  { table: 'rectification', name: 'rectification_desk', fields: ['orgId', 'state', 'currentDueAt'] },
  { table: 'rectification', name: 'rectification_due', fields: ['currentDueAt', 'id'] },
  { table: 'rectification', name: 'rectification_opened', fields: ['openedAt', 'id'] },
  { table: 'rectification_rating', name: 'rectification_rating_case', fields: ['rectificationId'] },
  { table: 'rectification_deadline', name: 'rectification_deadline_round', fields: ['rectificationId', 'clockName', 'round'], unique: true },
  { table: 'rectification_pause', name: 'rectification_pause_case', fields: ['rectificationId'] },
  { table: 'rectification_contact', name: 'rectification_contact_case', fields: ['rectificationId', 'at'] },
  { table: 'rectification_callback', name: 'rectification_callback_case', fields: ['rectificationId', 'at'] },
];

/** rules §6.3 in one row: what a closed case must have. */
const closedIsComplete = `(state <> 'CLOSED' OR (outcome IS NOT NULL AND closedAt IS NOT NULL AND verifiedAt IS NOT NULL AND submittedAt IS NOT NULL AND reviewedAt IS NOT NULL AND evidenceCount > 0 AND (isRealName = 0 OR (repliedAt IS NOT NULL AND calledBackAt IS NOT NULL))))`;
const excludedIsFounded = `(state <> 'CLOSED_NOT_ADOPTED' OR (notAdoptedCategory IS NOT NULL AND appealedAt IS NOT NULL AND verifiedAt IS NOT NULL))`;
const openIsNotClosed = `(closedAt IS NULL OR state IN ('CLOSED', 'CLOSED_NOT_ADOPTED'))`;
const condition = [closedIsComplete, excludedIsFounded, openIsNotClosed].join(' AND ');

/** The same condition in both dialects: SQLite cannot add a check to a table that exists, so a trigger stands in. */
const addChecks = async (query: QueryInterface): Promise<void> => {
  if (query.sequelize.getDialect() === 'sqlite') {
    for (const event of ['INSERT', 'UPDATE']) {
      const prefixed = condition.replaceAll(
        /\b(state|outcome|closedAt|verifiedAt|submittedAt|reviewedAt|evidenceCount|isRealName|repliedAt|calledBackAt|notAdoptedCategory|appealedAt)\b/g,
        'NEW.$1',
      );
      await query.sequelize.query(
        `CREATE TRIGGER IF NOT EXISTS rectification_closed_${event.toLowerCase()} BEFORE ${event} ON rectification WHEN NOT (${prefixed}) BEGIN SELECT RAISE(ABORT, 'rectification_closed_is_complete'); END`,
      );
    }
    return;
  }
  const [found] = await query.sequelize.query(
    "SELECT constraint_name FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND table_name = 'rectification' AND constraint_name = 'rectification_closed_is_complete'",
  );
  if (found.length === 0) await query.sequelize.query(`ALTER TABLE rectification ADD CONSTRAINT rectification_closed_is_complete CHECK (${condition})`);
};

export const up = async (query: QueryInterface): Promise<void> => {
  const present = new Set(await query.showAllTables());
  for (const [name, columns] of Object.entries(tables)) {
    if (!present.has(name)) await query.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' });
  }
  for (const index of indexes) {
    const known = (await query.showIndex(index.table)) as { name: string }[];
    if (!known.some((entry) => entry.name === index.name)) await query.addIndex(index.table, index.fields, { name: index.name, unique: index.unique === true });
  }
  await addChecks(query);
};

export const down = async (query: QueryInterface): Promise<void> => {
  for (const name of Object.keys(tables).reverse()) await query.dropTable(name);
};
