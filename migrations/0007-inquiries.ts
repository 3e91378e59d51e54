import { DataTypes, type QueryInterface } from 'sequelize';

const id = { type: DataTypes.STRING(40), allowNull: false };
const idOrNull = { type: DataTypes.STRING(40), allowNull: true };
const code = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
const optional = (length: number) => ({ type: DataTypes.STRING(length), allowNull: true });
const big = { type: DataTypes.BIGINT, allowNull: false };
const bigOrNull = { type: DataTypes.BIGINT, allowNull: true };
const int = { type: DataTypes.INTEGER, allowNull: false };
const long = { type: 'MEDIUMTEXT', allowNull: false };
const longOrNull = { type: 'MEDIUMTEXT', allowNull: true };
const ofConversation = { ...id, references: { model: 'conversation', key: 'id' } };

const tables: readonly (readonly [string, Parameters<QueryInterface['createTable']>[1]])[] = [
  [
    'conversation',
    {
      id: { ...id, primaryKey: true },
      channel: code(10),
      state: code(20),
      version: int,
      lastSeq: int,
      startKeyHash: code(64),
      tokenHash: code(64),
      topic: long,
      searched: longOrNull,
      regionCode: optional(6),
      citizenName: longOrNull,
      citizenPhone: longOrNull,
      phoneHash: optional(64),
      agentId: idOrNull,
      agentName: optional(80),
      startedAt: big,
      waitingSince: bigOrNull,
      takenAt: bigOrNull,
      closedAt: bigOrNull,
      unansweredSince: bigOrNull,
      askedAt: bigOrNull,
      lastMessageAt: big,
    },
  ],
  [
    'conversation_message',
    {
      id: { ...id, primaryKey: true },
      conversationId: ofConversation,
      seq: int,
      clientMsgId: code(40),
      author: code(10),
      authorId: idOrNull,
      kind: code(20),
      body: long,
      detail: longOrNull,
      at: big,
    },
  ],
  [
    'conversation_ticket',
    {
      id: { ...id, primaryKey: true },
      conversationId: ofConversation,
      ticketId: id,
      ticketNo: code(40),
      receiptCode: long,
      linkedBy: id,
      at: big,
    },
  ],
];

const indexes: readonly { readonly table: string; readonly name: string; readonly fields: string[]; readonly unique?: boolean }[] = [
  { table: 'conversation', name: 'conversation_start_key', fields: ['startKeyHash'], unique: true },
  { table: 'conversation', name: 'conversation_queue', fields: ['state', 'waitingSince', 'id'] },
  { table: 'conversation', name: 'conversation_agent', fields: ['agentId', 'state'] },
  { table: 'conversation', name: 'conversation_taken', fields: ['takenAt'] },
  { table: 'conversation', name: 'conversation_silent', fields: ['state', 'lastMessageAt'] },
  { table: 'conversation', name: 'conversation_phone', fields: ['phoneHash'] },
  { table: 'conversation_message', name: 'conversation_message_seq', fields: ['conversationId', 'seq'], unique: true },
  { table: 'conversation_message', name: 'conversation_message_client', fields: ['conversationId', 'author', 'clientMsgId'], unique: true },
  { table: 'conversation_ticket', name: 'conversation_ticket_pair', fields: ['conversationId', 'ticketId'], unique: true },
  { table: 'conversation_ticket', name: 'conversation_ticket_ticket', fields: ['ticketId'] },
];

export const up = async (query: QueryInterface): Promise<void> => {
  const present = new Set(await query.showAllTables());
  for (const [name, columns] of tables) {
    if (!present.has(name)) await query.createTable(name, columns, { charset: 'utf8mb4', collate: 'utf8mb4_bin' });
  }
  for (const index of indexes) {
    const known = (await query.showIndex(index.table)) as { name: string }[];
    if (!known.some((entry) => entry.name === index.name)) await query.addIndex(index.table, index.fields, { name: index.name, unique: index.unique === true });
  }
};

export const down = async (query: QueryInterface): Promise<void> => {
  for (const [name] of [...tables].reverse()) await query.dropTable(name);
};
