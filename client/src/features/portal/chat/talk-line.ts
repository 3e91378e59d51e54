import type { MessageView, MessagesView, PostedMessage } from '#contracts/api/inquiries';
import { type ChatAck, citizenNamespace } from '#contracts/realtime/chat';
import { io, type Socket } from 'socket.io-client';
import { http, Refusal } from '../../../shared/citizen/http';
import type { StoredTalk } from './talk-store';

export interface TalkEvents {
  message(message: MessageView): void;
  /** Something is newer than what is held. */
  news(): void;
  changed(): void;
  typing(): void;
  live(isLive: boolean): void;
}

/** The way to the server: the socket while it stands, else plain requests; both do the same things. */
export interface TalkLine {
  send(line: { readonly clientMsgId: string; readonly body: string }): Promise<PostedMessage>;
  since(seq: number): Promise<MessagesView>;
  tellTyping(): void;
  readonly isLive: boolean;
  close(): void;
}

const ackTimeoutMs = 5_000;
const typingEveryMs = 3_000;

const unwrap = <T>(answer: ChatAck<T>): T => {
  if (answer.ok) return answer.value;
  throw new Refusal(answer.problem.status, { detail: answer.problem.title, code: answer.problem.code });
};

const askSocket = async <T>(socket: Socket, event: string, input: unknown): Promise<T> => {
  try {
    return unwrap((await socket.timeout(ackTimeoutMs).emitWithAck(event, input)) as ChatAck<T>);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(0, { detail: '还没有送到，正在重试。' });
  }
};

export const openTalkLine = ({ conversationId, token }: StoredTalk, events: TalkEvents): TalkLine => {
  const socket = io(citizenNamespace, {
    transports: ['websocket'],
    auth: { conversationId, token },
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
  });
  let toldTypingAt = 0;
  socket.on('connect', () => events.live(true));
  socket.on('disconnect', () => events.live(false));
  socket.on('connect_error', () => {
    events.live(false);
    // A refused handshake is not tried again by itself; the token may only be unknown because the database was away.
    if (!socket.active) setTimeout(() => socket.connect(), 5_000);
  });
  socket.on('chat:msg', events.message);
  socket.on('chat:posted', events.news);
  socket.on('chat:changed', events.changed);
  socket.on('chat:typing', events.typing);
  const path = `/public/conversations/${conversationId}/messages`;
  return {
    send: (line) =>
      socket.connected ? askSocket<PostedMessage>(socket, 'chat:send', { conversationId, ...line }) : http.post<PostedMessage>(path, { token, body: line }),
    since: (seq) =>
      socket.connected
        ? askSocket<MessagesView>(socket, 'chat:since', { conversationId, seq })
        : http.get<MessagesView>(path, { token, query: { after: seq } }),
    tellTyping: () => {
      const now = Date.now();
      if (!socket.connected || now - toldTypingAt < typingEveryMs) return;
      toldTypingAt = now;
      socket.emit('chat:typing', { conversationId });
    },
    get isLive() {
      return socket.connected;
    },
    close: () => void socket.close(),
  };
};
