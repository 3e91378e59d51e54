import { literal, Op, type WhereOptions } from 'sequelize';
import { column, type Database, tableOptions, toDate, toDateOrNull, toMillis, toMillisOrNull, toWhere, type UnitOfWork } from '#platform';
import type { Conversation, Message, TicketLink } from '../domain/conversation';
import type { Change, ConversationStore } from './conversation-store';

const instants = ['startedAt', 'waitingSince', 'takenAt', 'closedAt', 'unansweredSince', 'askedAt', 'lastMessageAt'] as const;

/** Columns whose field says that the value is sealed. */
const sealedColumns = { topicSealed: 'topic', searchedSealed: 'searched', citizenNameSealed: 'citizenName', citizenPhoneSealed: 'citizenPhone' } as const;

type Row = Record<string, string | number | null>;

const toRow = (change: Change & { readonly id?: string }): Row => {
  const row: Row = {};
  for (const [field, value] of Object.entries(change)) {
    const name = Object.hasOwn(sealedColumns, field) ? sealedColumns[field as keyof typeof sealedColumns] : field;
    row[name] = value instanceof Date ? toMillis(value) : (value ?? null);
  }
  return row;
};

const toConversation = (row: Row): Conversation => {
  const { topic, searched, citizenName, citizenPhone, ...rest } = row;
  const dates = Object.fromEntries(instants.map((name) => [name, toDateOrNull(row[name])]));
  return {
    ...rest,
    ...dates,
    version: Number(row['version']),
    lastSeq: Number(row['lastSeq']),
    topicSealed: topic,
    searchedSealed: searched,
    citizenNameSealed: citizenName,
    citizenPhoneSealed: citizenPhone,
  } as unknown as Conversation;
};

const toMessage = (row: Row): Message => {
  const { body, detail, at, seq, ...rest } = row;
  return { ...rest, seq: Number(seq), bodySealed: body, detailSealed: detail, at: toDate(Number(at)) } as unknown as Message;
};

const toLink = (row: Row): TicketLink => {
  const { receiptCode, at, ...rest } = row;
  return { ...rest, receiptCodeSealed: receiptCode, at: toDate(Number(at)) } as unknown as TicketLink;
};

const inWork = (work: UnitOfWork | undefined) => (work === undefined ? {} : { transaction: work.transaction });

const defineTables = ({ sequelize }: Database) => ({
  conversations: sequelize.define(
    'conversation',
    {
      id: column.id(),
      channel: column.code(10),
      state: column.code(20),
      version: column.number(),
      lastSeq: column.number(),
      startKeyHash: column.code(64),
      tokenHash: column.code(64),
      topic: column.text(),
      searched: column.textOrNull(),
      regionCode: column.codeOrNull(6),
      citizenName: column.textOrNull(),
      citizenPhone: column.textOrNull(),
      phoneHash: column.codeOrNull(64),
      agentId: column.refOrNull(),
      agentName: column.codeOrNull(80),
      startedAt: column.instant(),
      waitingSince: column.instantOrNull(),
      takenAt: column.instantOrNull(),
      closedAt: column.instantOrNull(),
      unansweredSince: column.instantOrNull(),
      askedAt: column.instantOrNull(),
      lastMessageAt: column.instant(),
    },
    tableOptions,
  ),
  messages: sequelize.define(
    'conversation_message',
    {
      id: column.id(),
      conversationId: column.ref(),
      seq: column.number(),
      clientMsgId: column.code(40),
      author: column.code(10),
      authorId: column.refOrNull(),
      kind: column.code(20),
      body: column.text(),
      detail: column.textOrNull(),
      at: column.instant(),
    },
    tableOptions,
  ),
  links: sequelize.define(
    'conversation_ticket',
    {
      id: column.id(),
      conversationId: column.ref(),
      ticketId: column.ref(),
      ticketNo: column.code(40),
      receiptCode: column.text(),
      linkedBy: column.ref(),
      at: column.instant(),
    },
    tableOptions,
  ),
});

type Tables = ReturnType<typeof defineTables>;

const createWrites = ({
  conversations,
  messages,
  links,
}: Tables): Pick<ConversationStore, 'insert' | 'moveIfUnchanged' | 'amend' | 'takeSeq' | 'insertMessage' | 'insertLink'> => ({
  insert: async (conversation, work) => {
    await conversations.create(toRow(conversation), inWork(work));
  },
  moveIfUnchanged: async (seen, change, work) => {
    const [changed] = await conversations.update(
      { ...toRow(change), version: seen.version + 1 },
      { where: { id: seen.id, version: seen.version }, ...inWork(work) },
    );
    return changed === 1;
  },
  amend: async (id, change, work) => {
    await conversations.update(toRow(change), { where: { id }, ...inWork(work) });
  },
  takeSeq: async (id, change, work) => {
    // The database adds, so the row is locked from here to the commit and two writers can neither read nor take the same number.
    await conversations.update({ ...toRow(change), lastSeq: literal('lastSeq + 1') }, { where: { id }, ...inWork(work) });
    const row = (await conversations.findOne({ attributes: ['lastSeq'], where: { id }, raw: true, ...inWork(work) })) as unknown as Row | null;
    return Number(row?.['lastSeq'] ?? 0);
  },
  insertMessage: async (message, work) => {
    const { bodySealed, detailSealed, at, ...rest } = message;
    await messages.create({ ...rest, body: bodySealed, detail: detailSealed, at: toMillis(at) }, inWork(work));
  },
  insertLink: async (link, work) => {
    const { receiptCodeSealed, at, ...rest } = link;
    await links.create({ ...rest, receiptCode: receiptCodeSealed, at: toMillis(at) }, inWork(work));
  },
});

const createReads = (database: Database, { conversations, messages, links }: Tables): Omit<ConversationStore, keyof ReturnType<typeof createWrites>> => ({
  find: async (id, work) => {
    const row = (await conversations.findOne({ where: { id }, raw: true, ...inWork(work) })) as unknown as Row | null;
    return row === null ? null : toConversation(row);
  },
  findByStartKey: async (startKeyHash, work) => {
    const row = (await conversations.findOne({ where: { startKeyHash }, raw: true, ...inWork(work) })) as unknown as Row | null;
    return row === null ? null : toConversation(row);
  },
  list: async ({ scope, state, agentId, limit, after }) => {
    const where: WhereOptions[] = [toWhere(database.sequelize, scope, {})];
    if (state !== undefined) where.push({ state });
    if (agentId !== undefined) where.push({ agentId });
    // The queue is read in the order in which it is served, everything else newest first.
    const [beyond, direction] = state === 'WAITING' ? [Op.gt, 'ASC'] : [Op.lt, 'DESC'];
    if (after !== null) where.push({ [Op.or]: [{ startedAt: { [beyond]: after.at } }, { startedAt: after.at, id: { [beyond]: after.id } }] });
    const order: [string, string][] = [
      ['startedAt', direction],
      ['id', direction],
    ];
    const rows = (await conversations.findAll({ where: { [Op.and]: where }, order, limit: limit + 1, raw: true })) as unknown as Row[];
    return rows.map(toConversation);
  },
  waitingBefore: ({ id, waitingSince }) => {
    const at = toMillisOrNull(waitingSince) ?? 0;
    return conversations.count({ where: { state: 'WAITING', [Op.or]: [{ waitingSince: { [Op.lt]: at } }, { waitingSince: at, id: { [Op.lt]: id } }] } });
  },
  figures: async (since) => {
    const [waiting, serving, taken] = await Promise.all([
      conversations.count({ where: { state: 'WAITING' } }),
      conversations.count({ where: { state: 'ACTIVE' }, distinct: true, col: 'agentId' }),
      conversations.findAll({
        attributes: ['startedAt', 'takenAt'],
        where: { takenAt: { [Op.gte]: toMillis(since) } },
        order: [['takenAt', 'DESC']],
        limit: 50,
        raw: true,
      }),
    ]);
    const recentWaits = (taken as unknown as Row[]).map((row) => Number(row['takenAt']) - Number(row['startedAt']));
    return { waiting, serving, recentWaits };
  },
  silentSince: async (state, before, limit) => {
    const rows = await conversations.findAll({
      where: { state, lastMessageAt: { [Op.lt]: toMillis(before) } },
      order: [['lastMessageAt', 'ASC']],
      limit,
      raw: true,
    });
    return (rows as unknown as Row[]).map(toConversation);
  },
  findMessage: async (conversationId, author, { clientMsgId, work }) => {
    const row = (await messages.findOne({ where: { conversationId, author, clientMsgId }, raw: true, ...inWork(work) })) as unknown as Row | null;
    return row === null ? null : toMessage(row);
  },
  messages: async (conversationId, { after, limit, work }) => {
    const rows = await messages.findAll({ where: { conversationId, seq: { [Op.gt]: after } }, order: [['seq', 'ASC']], limit, raw: true, ...inWork(work) });
    return (rows as unknown as Row[]).map(toMessage);
  },
  links: async (conversationIds, work) => {
    const where = conversationIds.length === 0 ? literal('1 = 0') : { conversationId: { [Op.in]: [...conversationIds] } };
    const rows = await links.findAll({ where, order: [['at', 'ASC']], raw: true, ...inWork(work) });
    return (rows as unknown as Row[]).map(toLink);
  },
  linksOfTicket: async (ticketId) => ((await links.findAll({ where: { ticketId }, order: [['at', 'ASC']], raw: true })) as unknown as Row[]).map(toLink),
});

export const createConversationStore = (database: Database): ConversationStore => {
  const tables = defineTables(database);
  return { ...createWrites(tables), ...createReads(database, tables) };
};
