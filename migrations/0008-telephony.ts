import { DataTypes, type QueryInterface } from 'sequelize';

const id = { type: DataTypes.STRING(40), allowNull: false };
const idOrNull = { type: DataTypes.STRING(40), allowNull: true };
const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const optional = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
const at = { type: DataTypes.BIGINT, allowNull: false };
const atOrNull = { type: DataTypes.BIGINT, allowNull: true };
const int = { type: DataTypes.INTEGER, allowNull: false };
const flag = { type: DataTypes.BOOLEAN, allowNull: false };
const textColumn = { type: 'MEDIUMTEXT', allowNull: false };
const key = <T extends object>(column: T) => ({ ...column, primaryKey: true });
const ofCall = { ...id, references: { model: 'phone_call', key: 'id' } };

const tables: Readonly<Record<string, Parameters<QueryInterface['createTable']>[1]>> = {
  acd_queue: { id: key(id), name: code(80), settings: textColumn, version: int },
  // CALL is a reserved word of MySQL.
  phone_call: {
    id: key(id),
    queueId: { ...id, references: { model: 'acd_queue', key: 'id' } },
    adapter: code(20),
    extCall: code(80),
    direction: code(10),
    state: code(20),
    outcome: optional(20),
    overflowKind: optional(20),
    taskId: idOrNull,
    ticketId: idOrNull,
    draftAgentId: idOrNull,
    numberSealed: optional(400),
    numberHash: optional(64),
    numberKind: code(10),
    dialled: code(40),
    addressHash: optional(64),
    agentId: idOrNull,
    recordingId: idOrNull,
    arrivedAt: at,
    enqueuedAt: atOrNull,
    firstRingAt: atOrNull,
    answeredAt: atOrNull,
    connectedAt: atOrNull,
    heldAt: atOrNull,
    holdMs: at,
    hangupAt: atOrNull,
    hangupBy: optional(10),
    wrapExtensions: int,
    closedAt: atOrNull,
    mediaFailures: int,
    requeues: int,
    version: int,
  },
  call_leg: {
    id: key(id),
    callId: ofCall,
    party: code(10),
    agentId: idOrNull,
    state: code(10),
    cause: optional(20),
    epoch: int,
    tokenHash: optional(64),
    resumeHash: optional(64),
    nextResumeHash: optional(64),
    seenAt: atOrNull,
    mediaOkAt: atOrNull,
    createdAt: at,
    upAt: atOrNull,
    endedAt: atOrNull,
    version: int,
  },
  call_custody: { callId: key(ofCall), holder: code(20), ref: idOrNull, since: at, deadline: at },
  acd_entry: {
    id: key(id),
    callId: ofCall,
    queueId: id,
    lane: code(10),
    enqueuedAt: at,
    boost: int,
    prefAgent: idOrNull,
    excluded: textColumn,
    state: code(10),
    version: int,
  },
  acd_offer: {
    id: key(id),
    callId: ofCall,
    agentId: id,
    state: code(10),
    why: code(20),
    offeredAt: at,
    expiresAt: at,
    endedAt: atOrNull,
    liveCallId: idOrNull,
    liveAgentId: idOrNull,
  },
  agent_session: {
    agentId: key(id),
    name: code(80),
    orgId: id,
    state: code(10),
    since: at,
    idleSince: atOrNull,
    reason: optional(60),
    plannedUntil: atOrNull,
    pendingState: optional(10),
    pendingReason: optional(60),
    deviceOk: flag,
    heartbeatAt: atOrNull,
    epoch: int,
    callId: idOrNull,
    lastRejectAt: atOrNull,
    version: int,
  },
  agent_state_log: {
    id: key(id),
    agentId: { ...id, references: { model: 'agent_session', key: 'agentId' } },
    no: int,
    state: code(10),
    reason: optional(60),
    fromAt: at,
    untilAt: atOrNull,
  },
  callback_task: {
    id: key(id),
    kind: code(20),
    state: code(10),
    callId: id,
    numberSealed: code(400),
    numberHash: code(64),
    openHash: optional(64),
    calls: int,
    ticketId: idOrNull,
    attempts: int,
    lastResult: optional(20),
    dueAt: at,
    claimedBy: idOrNull,
    claimedByName: optional(80),
    createdAt: at,
    closedAt: atOrNull,
    closedBy: idOrNull,
    version: int,
  },
  callback_attempt: {
    id: key(id),
    taskId: { ...id, references: { model: 'callback_task', key: 'id' } },
    agentId: id,
    result: code(20),
    noteSealed: { type: 'MEDIUMTEXT', allowNull: true },
    at,
  },
  tel_event: {
    adapter: key(code(20)),
    eventId: key(code(120)),
    callId: idOrNull,
    legId: idOrNull,
    kind: code(20),
    detail: textColumn,
    applied: flag,
    at,
    receivedAt: at,
  },
  tel_command: { id: key(id), callId: id, adapter: code(20), kind: code(20), detail: textColumn, state: code(10), attempts: int, nextAt: at, at },
};

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[]; readonly unique?: boolean }[] = [
  { table: 'phone_call', name: 'phone_call_ext', fields: ['adapter', 'extCall'], unique: true },
  { table: 'phone_call', name: 'phone_call_state', fields: ['state', 'id'] },
  { table: 'phone_call', name: 'phone_call_number', fields: ['numberHash', 'arrivedAt'] },
  { table: 'phone_call', name: 'phone_call_address', fields: ['addressHash', 'arrivedAt'] },
  { table: 'phone_call', name: 'phone_call_arrived', fields: ['arrivedAt', 'id'] },
  { table: 'phone_call', name: 'phone_call_agent', fields: ['agentId', 'arrivedAt', 'id'] },
  { table: 'phone_call', name: 'phone_call_ticket', fields: ['ticketId'] },
  { table: 'call_leg', name: 'call_leg_call', fields: ['callId'] },
  { table: 'call_leg', name: 'call_leg_token', fields: ['tokenHash'], unique: true },
  { table: 'call_leg', name: 'call_leg_state', fields: ['state', 'seenAt'] },
  { table: 'call_custody', name: 'call_custody_deadline', fields: ['deadline'] },
  { table: 'acd_entry', name: 'acd_entry_call', fields: ['callId'], unique: true },
  { table: 'acd_entry', name: 'acd_entry_waiting', fields: ['queueId', 'state', 'enqueuedAt'] },
  { table: 'acd_offer', name: 'acd_offer_call', fields: ['callId', 'offeredAt'] },
  { table: 'acd_offer', name: 'acd_offer_agent', fields: ['agentId', 'offeredAt'] },
  { table: 'acd_offer', name: 'acd_offer_live_call', fields: ['liveCallId'], unique: true },
  { table: 'acd_offer', name: 'acd_offer_live_agent', fields: ['liveAgentId'], unique: true },
  { table: 'agent_session', name: 'agent_session_call', fields: ['callId'], unique: true },
  { table: 'agent_session', name: 'agent_session_state', fields: ['state', 'idleSince'] },
  { table: 'agent_state_log', name: 'agent_state_log_no', fields: ['agentId', 'no'], unique: true },
  { table: 'callback_task', name: 'callback_task_open', fields: ['openHash'], unique: true },
  { table: 'callback_task', name: 'callback_task_due', fields: ['state', 'dueAt', 'id'] },
  { table: 'callback_task', name: 'callback_task_call', fields: ['callId'] },
  { table: 'callback_attempt', name: 'callback_attempt_task', fields: ['taskId', 'at'] },
  { table: 'tel_event', name: 'tel_event_call', fields: ['callId', 'receivedAt'] },
  { table: 'tel_command', name: 'tel_command_due', fields: ['state', 'nextAt'] },
  { table: 'tel_command', name: 'tel_command_call', fields: ['callId', 'at'] },
];

export const up = async (query: QueryInterface): Promise<void> => {
  const present = new Set(await query.showAllTables());
  for (const [name, columns] of Object.entries(tables)) {
    if (!present.has(name)) await query.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' });
  }
  for (const index of indexes) {
    const known = (await query.showIndex(index.table)) as { name: string }[];
    if (!known.some((entry) => entry.name === index.name)) await query.addIndex(index.table, index.fields, { name: index.name, unique: index.unique === true });
  }
  if ((await query.rawSelect('acd_queue', { where: { id: 'HOTLINE' } }, 'id')) === null) {
    await query.bulkInsert('acd_queue', [{ id: 'HOTLINE', name: '12345 热线', settings: '{}', version: 1 }]);
  }
};

export const down = async (query: QueryInterface): Promise<void> => {
  for (const name of Object.keys(tables).reverse()) await query.dropTable(name);
};
