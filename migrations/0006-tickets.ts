import { DataTypes, type QueryInterface } from 'sequelize';

const id = { type: DataTypes.STRING(40), allowNull: false };
const ref = id;
const refOrNull = { type: DataTypes.STRING(40), allowNull: true };
const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const optional = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
const at = { type: DataTypes.BIGINT, allowNull: false };
const atOrNull = { type: DataTypes.BIGINT, allowNull: true };
const int = { type: DataTypes.INTEGER, allowNull: false };
const intOrNull = { type: DataTypes.INTEGER, allowNull: true };
const flag = { type: DataTypes.BOOLEAN, allowNull: false };
const flagOrNull = { type: DataTypes.BOOLEAN, allowNull: true };
const longText = { type: 'MEDIUMTEXT', allowNull: false };
const longTextOrNull = { type: 'MEDIUMTEXT', allowNull: true };
const key = <T extends object>(spec: T) => ({ ...spec, primaryKey: true });
const ofTicket = { ...ref, references: { model: 'ticket', key: 'id' } };

type Columns = Parameters<QueryInterface['createTable']>[1];

const tables: Readonly<Record<string, Columns>> = {
  ticket: {
    id: key(id),
    number: code(20),
    type: code(20),
    source: code(20),
    title: code(400),
    content: longText,
    detailsSealed: longTextOrNull,
    regionCode: code(6),
    addressSealed: longTextOrNull,
    addressHash: optional(64),
    urgency: code(12),
    isComplex: flag,
    categoryCode: optional(12),
    isSecret: flag,
    needReply: flag,
    isAnonymous: flag,
    registeredBy: refOrNull,
    accusedOrgId: refOrNull,
    accusedOrgPath: optional(400),
    accusedStaffId: refOrNull,
    state: code(24),
    version: int,
    receivedAt: at,
    firstDispatchAt: atOrNull,
    closedAt: atOrNull,
    closeType: optional(24),
    clockName: optional(12),
    clockStartedAt: atOrNull,
    clockDueAt: atOrNull,
    urgeCount: int,
    returnCount: int,
    extensionCount: int,
    rehandleCount: int,
    firstSatisfaction: optional(24),
    lastSatisfaction: optional(24),
    receiptHash: code(64),
    receiptSealed: longText,
    mergedIntoId: refOrNull,
  },
  ticket_sequence: { day: key(code(8)), lastNo: int },
  sub_order: {
    id: key(id),
    number: code(24),
    ticketId: ofTicket,
    role: code(10),
    orgId: ref,
    orgPath: code(400),
    state: code(24),
    previousState: optional(24),
    version: int,
    handlerId: refOrNull,
    instruction: longTextOrNull,
    assignmentLocked: flag,
    dispatchedAt: at,
    returnDueAt: at,
    signDueAt: at,
    handleDueAt: at,
    signedAt: atOrNull,
    submittedAt: atOrNull,
    settledAt: atOrNull,
    suggestedOrgId: refOrNull,
    terminationRequestedAt: atOrNull,
    resultSealed: longTextOrNull,
    isResolved: flagOrNull,
    // One live lead per ticket and one live sub-order per unit: null once the sub-order was returned or cancelled (rules 3.5).
    liveLeadOf: refOrNull,
    liveUnitOf: optional(81),
  },
  ticket_clock: {
    id: key(id),
    ticketId: ofTicket,
    ownerId: ref,
    clock: code(12),
    round: int,
    startedAt: at,
    amount: int,
    unit: code(12),
    regionCode: code(6),
    rollToWorkingDay: flag,
    ruleVersion: int,
    basis: longTextOrNull,
    extensionDays: int,
    dueAt: at,
    firstDueAt: at,
    provisional: flag,
    calendarVersion: int,
    stoppedAt: atOrNull,
  },
  ticket_pause: { id: key(id), ticketId: ofTicket, clock: code(12), fromAt: at, toAt: atOrNull, cause: code(24) },
  ticket_complainant: {
    id: key(id),
    ticketId: ofTicket,
    originTicketId: ref,
    nameSealed: longTextOrNull,
    nameHash: optional(64),
    phoneSealed: longTextOrNull,
    phoneHash: optional(64),
    joinedAt: at,
  },
  ticket_link: {
    id: key(id),
    ticketId: ofTicket,
    kind: code(16),
    refId: ref,
    origin: code(10),
    linkedBy: ref,
    linkedAt: at,
    undoneAt: atOrNull,
    undoneBy: refOrNull,
  },
  ticket_referral: {
    id: key(id),
    ticketId: ofTicket,
    target: code(24),
    method: code(24),
    targetRegionCode: optional(6),
    consentedAt: atOrNull,
    note: longTextOrNull,
    feedback: longTextOrNull,
    byId: ref,
    at,
  },
  ticket_reply: {
    id: key(id),
    ticketId: ofTicket,
    kind: code(24),
    round: int,
    contentSealed: longText,
    guideId: refOrNull,
    guideVersion: intOrNull,
    byId: ref,
    at,
  },
  ticket_callback: {
    id: key(id),
    ticketId: ofTicket,
    complainantId: ref,
    round: int,
    at,
    method: code(12),
    result: code(16),
    isResolved: flagOrNull,
    satisfaction: optional(24),
    noteSealed: longTextOrNull,
    byId: ref,
    recordedAt: at,
  },
  ticket_extension: {
    id: key(id),
    ticketId: ofTicket,
    subOrderId: ref,
    state: code(12),
    days: int,
    reason: longText,
    requestedBy: ref,
    requestedAt: at,
    decidedBy: refOrNull,
    decidedAt: atOrNull,
    noticeMethod: optional(16),
    noticeNote: longTextOrNull,
  },
  ticket_urge: { id: key(id), ticketId: ofTicket, byKind: code(10), byId: ref, note: longTextOrNull, at },
  ticket_participant: { ticketId: key(ref), staffId: key(ref), part: key(code(12)) },
  ticket_reveal: { id: key(id), ticketId: ofTicket, staffId: ref, field: code(12), complainantId: refOrNull, reason: longText, at },
  ticket_lookup: { receiptHash: key(code(64)), failures: int, lockedUntil: atOrNull, lastAt: at },
  sla_rule: {
    id: key(id),
    version: int,
    clock: code(12),
    type: optional(20),
    source: optional(20),
    urgency: optional(12),
    isComplex: flagOrNull,
    categoryPrefix: optional(12),
    regionPrefix: optional(6),
    amount: int,
    unit: code(12),
    rollToWorkingDay: flag,
  },
};

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[]; readonly unique?: boolean }[] = [
  { table: 'ticket', name: 'ticket_number', fields: ['number'], unique: true },
  { table: 'ticket', name: 'ticket_receipt', fields: ['receiptHash'], unique: true },
  { table: 'ticket', name: 'ticket_state', fields: ['state', 'id'] },
  { table: 'ticket', name: 'ticket_state_due', fields: ['state', 'clockDueAt', 'id'] },
  { table: 'ticket', name: 'ticket_due', fields: ['clockDueAt', 'id'] },
  { table: 'ticket', name: 'ticket_closed', fields: ['state', 'closedAt'] },
  { table: 'ticket', name: 'ticket_registered_by', fields: ['registeredBy', 'id'] },
  { table: 'sub_order', name: 'sub_order_number', fields: ['number'], unique: true },
  { table: 'sub_order', name: 'sub_order_live_lead', fields: ['liveLeadOf'], unique: true },
  { table: 'sub_order', name: 'sub_order_live_unit', fields: ['liveUnitOf'], unique: true },
  { table: 'sub_order', name: 'sub_order_ticket', fields: ['ticketId'] },
  { table: 'sub_order', name: 'sub_order_org', fields: ['orgId', 'ticketId'] },
  { table: 'sub_order', name: 'sub_order_unit', fields: ['orgPath', 'state'] },
  { table: 'sub_order', name: 'sub_order_handler', fields: ['handlerId', 'state'] },
  { table: 'ticket_clock', name: 'ticket_clock_round', fields: ['ownerId', 'clock', 'round'], unique: true },
  { table: 'ticket_clock', name: 'ticket_clock_ticket', fields: ['ticketId'] },
  { table: 'ticket_clock', name: 'ticket_clock_running', fields: ['stoppedAt', 'dueAt'] },
  { table: 'ticket_pause', name: 'ticket_pause_ticket', fields: ['ticketId'] },
  { table: 'ticket_complainant', name: 'ticket_complainant_origin', fields: ['ticketId', 'originTicketId'], unique: true },
  { table: 'ticket_complainant', name: 'ticket_complainant_phone', fields: ['phoneHash', 'ticketId'] },
  { table: 'ticket_link', name: 'ticket_link_once', fields: ['ticketId', 'kind', 'refId'], unique: true },
  { table: 'ticket_link', name: 'ticket_link_ref', fields: ['kind', 'refId'] },
  { table: 'ticket_referral', name: 'ticket_referral_ticket', fields: ['ticketId'] },
  { table: 'ticket_reply', name: 'ticket_reply_ticket', fields: ['ticketId'] },
  { table: 'ticket_callback', name: 'ticket_callback_ticket', fields: ['ticketId'] },
  { table: 'ticket_extension', name: 'ticket_extension_ticket', fields: ['ticketId'] },
  { table: 'ticket_urge', name: 'ticket_urge_ticket', fields: ['ticketId'] },
  { table: 'ticket_reveal', name: 'ticket_reveal_staff', fields: ['staffId', 'at'] },
  { table: 'ticket_reveal', name: 'ticket_reveal_ticket', fields: ['ticketId', 'at'] },
  { table: 'sla_rule', name: 'sla_rule_clock', fields: ['version', 'clock'] },
];

interface Limit {
  readonly clock: string;
  readonly amount: number;
  readonly unit: 'HOUR' | 'NATURAL_DAY' | 'WORKING_DAY';
  readonly type?: string;
  readonly source?: string;
  readonly urgency?: string;
  readonly isComplex?: boolean;
}

const perUrgency = (clock: string, hours: { readonly EMERGENCY: number; readonly URGENT: number }): readonly Limit[] =>
  Object.entries(hours).map(([urgency, amount]) => ({ clock, amount, unit: 'HOUR', urgency }));

/** rules 3.8: the defaults a site starts with; a later version of the table replaces them for later clocks only. */
const defaultLimits: readonly Limit[] = [
  { clock: 'accept', amount: 2, unit: 'HOUR' },
  { clock: 'accept', amount: 24, unit: 'HOUR', source: 'MAILBOX' },
  ...perUrgency('dispatch', { EMERGENCY: 1, URGENT: 2 }),
  { clock: 'dispatch', amount: 24, unit: 'HOUR' },
  ...perUrgency('sign', { EMERGENCY: 1, URGENT: 2 }),
  { clock: 'sign', amount: 1, unit: 'WORKING_DAY' },
  ...perUrgency('handle', { EMERGENCY: 2, URGENT: 24 }),
  { clock: 'handle', amount: 5, unit: 'WORKING_DAY' },
  { clock: 'handle', amount: 2, unit: 'WORKING_DAY', type: 'CONSULT', urgency: 'NORMAL', isComplex: false },
  { clock: 'handle', amount: 15, unit: 'NATURAL_DAY', urgency: 'NORMAL', isComplex: true },
  { clock: 'review', amount: 1, unit: 'WORKING_DAY' },
  { clock: 'callback', amount: 1, unit: 'WORKING_DAY' },
  { clock: 'return', amount: 1, unit: 'WORKING_DAY' },
];

const defaultRules = defaultLimits.map((limit, index) => ({
  id: `sla-1-${String(index + 1).padStart(2, '0')}`,
  version: 1,
  clock: limit.clock,
  type: limit.type ?? null,
  source: limit.source ?? null,
  urgency: limit.urgency ?? null,
  isComplex: limit.isComplex ?? null,
  categoryPrefix: null,
  regionPrefix: null,
  amount: limit.amount,
  unit: limit.unit,
  rollToWorkingDay: false,
}));

/**
 * Words of a ticket as pairs of characters. The key is the whole table: all tickets of a word, newest last (ids are ordered by
 * time). MySQL keeps a table in the order of its key by itself, SQLite only when told; written twice it would double the intake.
 */
const createTerms = async (query: QueryInterface): Promise<void> => {
  if (query.sequelize.getDialect() !== 'sqlite') {
    await query.createTable('ticket_term', { term: key(code(16)), ticketId: key(ref) }, { charset: 'utf8mb4', collate: 'utf8mb4_bin' });
    return;
  }
  await query.sequelize.query(
    'CREATE TABLE ticket_term (term VARCHAR(16) NOT NULL, ticketId VARCHAR(40) NOT NULL, PRIMARY KEY (term, ticketId)) WITHOUT ROWID',
  );
};

export const up = async (query: QueryInterface): Promise<void> => {
  const present = new Set(await query.showAllTables());
  for (const [name, columns] of Object.entries(tables)) {
    if (!present.has(name)) await query.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' });
  }
  if (!present.has('ticket_term')) await createTerms(query);
  for (const index of indexes) {
    const known = (await query.showIndex(index.table)) as { name: string }[];
    if (!known.some((entry) => entry.name === index.name)) await query.addIndex(index.table, index.fields, { name: index.name, unique: index.unique === true });
  }
  if ((await query.rawSelect('sla_rule', { where: { version: 1 } }, 'id')) === null) await query.bulkInsert('sla_rule', defaultRules);
};

export const down = async (query: QueryInterface): Promise<void> => {
  await query.dropTable('ticket_term');
  for (const name of Object.keys(tables).reverse()) await query.dropTable(name);
};
