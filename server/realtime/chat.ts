import type { Namespace, Server, Socket } from 'socket.io';
import type { z } from 'zod';
import { chatOpen, type ChatAck, chatSend, chatSince, chatTyping, citizenHandshake, citizenNamespace } from '#contracts/realtime/chat';
import type { Inquiries } from '#inquiries';
import { type CitizenActor, DomainError, invalid, missing, type StaffActor } from '#kernel';
import type { Logger, NumberedFact } from '#platform';
import { toProblem } from '../http/problem';

export interface ChatDeps {
  readonly io: Server;
  readonly inquiries: Inquiries;
  /** The staff member behind a socket, asked anew for each event (security A-8). */
  readonly authenticateStaff: (socket: Socket) => Promise<StaffActor | null>;
  readonly logger: Logger;
}

export interface Chat {
  /** For the loop that reads numbered facts: tells the citizens of this node what another node wrote. */
  hear(fact: NumberedFact): void;
  close(): void;
}

const eventsPerSecond = 20;
const pageSize = 200;
const roomOf = (conversationId: string): string => `chat:${conversationId}`;

const asProblem = (error: unknown): ChatAck<never> => {
  const { status, problem } = toProblem(error, { requestId: '', path: '/chat' });
  return { ok: false, problem: { code: problem.code, title: problem.detail, status } };
};

const tooMany = (): DomainError => new DomainError({ kind: 'limited', code: 'too-many-requests', message: '发得太快了，请稍等一秒。', retryAfterSeconds: 1 });

/** A budget of events for each socket, refilled by the second (security B-4). */
const createBudget = () => {
  let second = 0;
  let used = 0;
  return (): boolean => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, used] = [now, 0];
    used += 1;
    return used <= eventsPerSecond;
  };
};

type Handler<T> = (input: T) => Promise<unknown>;

/** Every event: within the budget, parsed, acknowledged with the same words as over HTTP; a forged frame never throws. */
const createListen = (socket: Socket, logger: Logger) => {
  const withinBudget = createBudget();
  return <S extends z.ZodType>(event: string, schema: S, handle: Handler<z.infer<S>>): void => {
    const run = async (given: unknown): Promise<ChatAck<unknown>> => {
      try {
        if (!withinBudget()) throw tooMany();
        const parsed = schema.safeParse(given);
        if (!parsed.success) throw invalid(parsed.error.issues[0]?.message ?? '内容格式不对');
        return { ok: true, value: await handle(parsed.data) };
      } catch (error) {
        if (!(error instanceof DomainError)) logger.warn({ event: 'chat.failed', name: event, errorName: error instanceof Error ? error.name : 'unknown' });
        return asProblem(error);
      }
    };
    socket.on(event, (given: unknown, acknowledge: unknown) => {
      void run(given).then((answer) => {
        if (typeof acknowledge === 'function') (acknowledge as (value: ChatAck<unknown>) => void)(answer);
      });
    });
  };
};

/** A citizen's socket belongs to one conversation: the one whose token it brought. */
const serveCitizen = (socket: Socket, citizen: CitizenActor, { inquiries, logger, io }: ChatDeps): void => {
  const listen = createListen(socket, logger);
  const own = (conversationId: string): string => {
    if (conversationId !== citizen.id) throw missing('conversation');
    return conversationId;
  };
  void socket.join(roomOf(citizen.id));
  listen('chat:send', chatSend, ({ conversationId, clientMsgId, body }) => inquiries.postMessage(own(conversationId), { clientMsgId, body }, citizen));
  listen('chat:since', chatSince, ({ conversationId, seq }) => {
    own(conversationId);
    return inquiries.messagesForCitizen(citizen, { after: seq, limit: pageSize });
  });
  listen('chat:typing', chatTyping, async ({ conversationId }) => {
    io.of('/console')
      .to(roomOf(own(conversationId)))
      .emit('chat:typing', { conversationId, author: 'CITIZEN' });
  });
};

const serveStaff = (socket: Socket, { inquiries, authenticateStaff, logger, io }: ChatDeps): void => {
  const listen = createListen(socket, logger);
  const staff = async (): Promise<StaffActor> => {
    const actor = await authenticateStaff(socket);
    if (actor === null) throw new DomainError({ kind: 'unauthenticated', code: 'sign-in-required', message: '请先登录，或登录已过期。' });
    return actor;
  };
  listen('chat:open', chatOpen, async ({ conversationId }) => {
    const { lastSeq } = await inquiries.messagesForStaff(conversationId, { after: 0, limit: 1 }, await staff());
    await socket.join(roomOf(conversationId));
    return { lastSeq };
  });
  listen('chat:shut', chatOpen, async ({ conversationId }) => {
    await socket.leave(roomOf(conversationId));
  });
  listen('chat:send', chatSend, async ({ conversationId, clientMsgId, body }) => inquiries.postMessage(conversationId, { clientMsgId, body }, await staff()));
  listen('chat:since', chatSince, async ({ conversationId, seq }) =>
    inquiries.messagesForStaff(conversationId, { after: seq, limit: pageSize }, await staff()),
  );
  listen('chat:typing', chatTyping, async ({ conversationId }) => {
    // Only who was let into the room may be seen typing in it.
    if (socket.rooms.has(roomOf(conversationId))) io.of(citizenNamespace).to(roomOf(conversationId)).emit('chat:typing', { conversationId, author: 'AGENT' });
  });
};

/** Undefined when the socket brought the token of its conversation. */
const refusalOf = async (socket: Socket, { inquiries }: ChatDeps): Promise<Error | undefined> => {
  const parsed = citizenHandshake.safeParse(socket.handshake.auth);
  if (!parsed.success) return new Error('conversation/token-unknown');
  const { conversationId, token } = parsed.data;
  try {
    (socket.data as { citizen?: CitizenActor }).citizen = await inquiries.authenticateCitizen(conversationId, { token, address: socket.handshake.address });
    return undefined;
  } catch (error) {
    return new Error(error instanceof DomainError ? error.code : 'unavailable');
  }
};

const admitCitizens = (citizens: Namespace, deps: ChatDeps): void => {
  citizens.use((socket, next) => {
    void (async () => next(await refusalOf(socket, deps)))();
  });
  citizens.on('connection', (socket) => {
    const { citizen } = socket.data as { citizen?: CitizenActor };
    if (citizen === undefined) socket.disconnect(true);
    else serveCitizen(socket, citizen, deps);
  });
};

/** Who no longer may hear a conversation leaves its room: an agent who gave it back, or whose talk was taken by another. */
const dropOutsiders = async (conversationId: string, deps: ChatDeps): Promise<void> => {
  for (const socket of await deps.io.of('/console').in(roomOf(conversationId)).fetchSockets()) {
    const local = deps.io.of('/console').sockets.get(socket.id);
    const actor = local === undefined ? null : await deps.authenticateStaff(local);
    const allowed = actor !== null && (await deps.inquiries.mayHear(conversationId, actor));
    if (!allowed) socket.leave(roomOf(conversationId));
  }
};

/** Chat over the sockets that the realtime part opened: `/citizen` with the conversation's token, staff inside `/console`. */
export const attachChat = (deps: ChatDeps): Chat => {
  const { io, inquiries, logger } = deps;
  const citizens = io.of(citizenNamespace);
  const staff = io.of('/console');
  const bothSides = (conversationId: string, event: string, payload: unknown): void => {
    for (const side of [citizens, staff]) side.to(roomOf(conversationId)).emit(event, payload);
  };
  admitCitizens(citizens, deps);
  staff.on('connection', (socket) => serveStaff(socket, deps));
  const silence = inquiries.listen({
    line: (message) => bothSides(message.conversationId, 'chat:msg', message),
    changed: (change) => {
      bothSides(change.conversationId, 'chat:changed', change);
      dropOutsiders(change.conversationId, deps).catch(() => logger.warn({ event: 'chat.rooms-unchecked' }));
    },
  });
  return {
    hear: (fact) => {
      const { conversationId } = fact.payload;
      if (typeof conversationId !== 'string') return;
      // The words were sent by the node that wrote them; a number is enough for the others to ask.
      if (fact.name === 'message.posted') bothSides(conversationId, 'chat:posted', { conversationId, seq: fact.payload['seq'] });
      else if (fact.name.startsWith('conversation.'))
        bothSides(conversationId, 'chat:changed', { conversationId, version: Number(fact.payload['version'] ?? 0) });
    },
    close: silence,
  };
};
