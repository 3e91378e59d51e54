import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import type { MessageView } from '#contracts/api/inquiries';
import { applyMessages, type ChatAck, emptyTranscript } from '#contracts/realtime/chat';
import { silentLogger } from '#platform';
import { attachChat, type Chat } from '../../server/realtime/chat';
import { anAgent, clientMsgId, type InquiriesBench, openInquiries, startedAs, take } from '../unit/inquiries/open-inquiries';

const agents = { a1: anAgent('a1'), a2: anAgent('a2') };

let bench: InquiriesBench;
let http: HttpServer;
let io: Server;
let chat: Chat;
let url: string;
const opened: Socket[] = [];

beforeAll(async () => {
  bench = await openInquiries();
  http = createServer();
  io = new Server(http, { transports: ['websocket'] });
  // The lead's realtime looks at the session cookie; here the handshake names the agent.
  const authenticateStaff = async (socket: { handshake: { auth: Record<string, unknown> } }) => agents[socket.handshake.auth['as'] as 'a1' | 'a2'] ?? null;
  chat = attachChat({ io, inquiries: bench.inquiries, authenticateStaff, logger: silentLogger });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.disconnect();
});
afterAll(async () => {
  chat.close();
  await io.close();
  await bench.close();
});

const open = (namespace: string, auth: Record<string, unknown>): Promise<Socket> => {
  const socket = connect(`${url}${namespace}`, { transports: ['websocket'], auth, reconnection: false, forceNew: true });
  opened.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
};

const ask = <T>(socket: Socket, event: string, input: unknown): Promise<ChatAck<T>> => socket.timeout(3000).emitWithAck(event, input) as Promise<ChatAck<T>>;

const next = <T>(socket: Socket, event: string): Promise<T> => new Promise((resolve) => void socket.once(event, resolve));

const talk = async () => {
  const started = await startedAs(bench);
  await take(bench, started.id, agents.a1);
  const citizen = await open('/citizen', { conversationId: started.id, token: started.token });
  const console = await open('/console', { as: 'a1' });
  await ask(console, 'chat:open', { conversationId: started.id });
  return { ...started, citizenSocket: citizen, agentSocket: console };
};

describe('网上对话的连线', () => {
  test('一边发，另一边立刻收到同一个序号；重发只回执不再出现', async () => {
    const { id, citizenSocket, agentSocket } = await talk();
    const heard = next<MessageView>(agentSocket, 'chat:msg');
    const line = { conversationId: id, clientMsgId: clientMsgId(), body: '在幸福路' };
    const first = await ask<{ seq: number }>(citizenSocket, 'chat:send', line);
    expect(await heard).toMatchObject({ seq: 3, author: 'CITIZEN', body: '在幸福路' });
    expect(first).toMatchObject({ ok: true, value: { seq: 3 } });
    expect(await ask(citizenSocket, 'chat:send', line)).toEqual(first);
    const reply = next<MessageView>(citizenSocket, 'chat:msg');
    await ask(agentSocket, 'chat:send', { conversationId: id, clientMsgId: clientMsgId(), body: '收到' });
    expect(await reply).toMatchObject({ seq: 4, author: 'AGENT', body: '收到' });
  });

  test('断线期间的话，重连后按最后序号补齐，屏幕与库一致', async () => {
    const { id, citizenSocket, agentSocket, token } = await talk();
    const before = await ask<{ items: MessageView[] }>(citizenSocket, 'chat:since', { conversationId: id, seq: 0 });
    if (!before.ok) throw new Error(before.problem.code);
    const transcript = applyMessages(emptyTranscript, before.value.items);
    citizenSocket.disconnect();
    for (let index = 0; index < 5; index += 1) await ask(agentSocket, 'chat:send', { conversationId: id, clientMsgId: clientMsgId(), body: `第 ${index} 句` });
    const again = await open('/citizen', { conversationId: id, token });
    const missed = await ask<{ items: MessageView[]; lastSeq: number }>(again, 'chat:since', { conversationId: id, seq: transcript.upTo });
    if (!missed.ok) throw new Error(missed.problem.code);
    const whole = applyMessages(transcript, missed.value.items);
    expect(whole).toMatchObject({ upTo: missed.value.lastSeq, hasGap: false });
    expect(whole.messages).toEqual((await bench.inquiries.messagesForStaff(id, { after: 0, limit: 200 }, agents.a1)).items);
  });

  test('没有凭据连不上；别人的会话听不到、读不到、写不进', async () => {
    const mine = await talk();
    const theirs = await startedAs(bench);
    await expect(open('/citizen', { conversationId: mine.id, token: theirs.token })).rejects.toThrow('conversation/token-unknown');
    await expect(open('/citizen', {})).rejects.toThrow('conversation/token-unknown');
    const foreign = { conversationId: theirs.id, clientMsgId: clientMsgId(), body: '混进去' };
    expect(await ask(mine.citizenSocket, 'chat:send', foreign)).toMatchObject({ ok: false, problem: { status: 404 } });
    expect(await ask(mine.citizenSocket, 'chat:since', { conversationId: theirs.id, seq: 0 })).toMatchObject({ ok: false, problem: { status: 404 } });
    const stranger = await open('/console', { as: 'a2' });
    expect(await ask(stranger, 'chat:open', { conversationId: mine.id })).toMatchObject({ ok: false, problem: { status: 404 } });
    const nobody = await open('/console', {});
    expect(await ask(nobody, 'chat:open', { conversationId: mine.id })).toMatchObject({ ok: false, problem: { status: 401 } });
  });

  test('交回会话以后，原坐席不再听到', async () => {
    const { id, citizenSocket, agentSocket } = await talk();
    const changed = next(citizenSocket, 'chat:changed');
    await bench.inquiries.moveConversation(id, { action: 'release', input: {}, ifMatch: 2 }, agents.a1);
    await changed;
    await take(bench, id, agents.a2);
    const heard: MessageView[] = [];
    for (let tries = 0; tries < 50 && io.of('/console').adapter.rooms.has(`chat:${id}`); tries += 1)
      await new Promise((resolve) => void setTimeout(resolve, 20));
    agentSocket.on('chat:msg', (message: MessageView) => void heard.push(message));
    await ask(citizenSocket, 'chat:send', { conversationId: id, clientMsgId: clientMsgId(), body: '换人了吗' });
    expect(await ask(agentSocket, 'chat:since', { conversationId: id, seq: 0 })).toMatchObject({ ok: false });
    expect(heard).toEqual([]);
  });

  test('伪造的帧只得到拒绝，连线还在', async () => {
    const { id, citizenSocket } = await talk();
    for (const frame of [null, 'x', 7, [], {}, { conversationId: id, seq: -1 }, { conversationId: { $ne: 1 }, seq: 0 }]) {
      expect(await ask(citizenSocket, 'chat:since', frame)).toMatchObject({ ok: false, problem: { status: 422 } });
    }
    citizenSocket.emit('chat:since');
    citizenSocket.emit('chat:typing', 'x', 'y');
    expect(await ask(citizenSocket, 'chat:since', { conversationId: id, seq: 0 })).toMatchObject({ ok: true });
  });

  test('正在输入只给房间里的对方；别的节点写的话凭序号来取', async () => {
    const { id, citizenSocket, agentSocket } = await talk();
    const seen = next(agentSocket, 'chat:typing');
    citizenSocket.emit('chat:typing', { conversationId: id });
    expect(await seen).toEqual({ conversationId: id, author: 'CITIZEN' });
    const posted = next(citizenSocket, 'chat:posted');
    chat.hear({ seq: 1, id: 'f', name: 'message.posted', at: new Date(), payload: { conversationId: id, seq: 9 }, rooms: [] });
    expect(await posted).toEqual({ conversationId: id, seq: 9 });
  });
});
