import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { AnswerCardRef, MessagesView, MessageView, PostedMessage } from '#contracts/api/inquiries';
import { applyMessages, emptyTranscript, type Transcript, typingSeconds } from '#contracts/realtime/chat';
import { useApi } from '../../shared/api/client';
import { newKey } from '../../shared/api/keys';
import { type ApiProblem, asProblem } from '../../shared/api/problem';
import { useRealtime } from '../../shared/realtime/realtime';

/** A line that is on its way, or that could not be sent and waits with its words. */
export interface PendingLine {
  readonly clientMsgId: string;
  readonly body: string;
  readonly card: AnswerCardRef | null;
  readonly problem: ApiProblem | null;
}

const RETRY_MS = 3_000;
const TYPING_EVERY_MS = 4_000;

/** A conversation's lines in their order, whatever the line lost; the same function puts them together on both sides. */
export const useTranscript = (conversationId: () => string | null) => {
  const api = useApi();
  const realtime = useRealtime();
  const transcript = shallowRef<Transcript>(emptyTranscript);
  const pending = shallowRef<readonly PendingLine[]>([]);
  const problem = shallowRef<ApiProblem | null>(null);
  const typingUntil = ref(0);
  let lastTyping = 0;
  let closed = false;

  const catchUp = async (): Promise<void> => {
    const id = conversationId();
    if (id === null) return;
    try {
      const answer = await api.get<MessagesView>(`/conversations/${id}/messages`, { query: { after: transcript.value.upTo } });
      if (id !== conversationId()) return;
      take(answer.items);
      problem.value = null;
    } catch (error) {
      if (id === conversationId()) problem.value = asProblem(error);
    }
  };

  const take = (messages: readonly MessageView[]): void => {
    const next = applyMessages(transcript.value, messages);
    transcript.value = next;
    const arrived = new Set(messages.map((message) => message.clientMsgId));
    pending.value = pending.value.filter((line) => !arrived.has(line.clientMsgId));
    if (messages.some((message) => message.author === 'CITIZEN')) typingUntil.value = 0;
    if (next.hasGap) void catchUp();
  };

  const post = (id: string, line: PendingLine): Promise<PostedMessage> =>
    line.card === null
      ? api.post(`/conversations/${id}/messages`, { body: { clientMsgId: line.clientMsgId, body: line.body } })
      : api.post(`/conversations/${id}/answer-cards`, { body: { clientMsgId: line.clientMsgId, body: line.body, answerCard: line.card } });

  const mark = (line: PendingLine, failure: ApiProblem | null): void => {
    pending.value = pending.value.map((one) => (one.clientMsgId === line.clientMsgId ? { ...one, problem: failure } : one));
  };

  /** The same number is sent again, so that an answer that was lost on the way does not double the line. */
  const deliver = async (line: PendingLine): Promise<void> => {
    const id = conversationId();
    if (id === null) return;
    mark(line, null);
    try {
      await post(id, line);
      if (id === conversationId()) await catchUp();
    } catch (error) {
      const failure = asProblem(error);
      if (closed || id !== conversationId()) return;
      mark(line, failure);
      if (failure.isTransient) setTimeout(() => pending.value.some((one) => one.clientMsgId === line.clientMsgId) && void deliver(line), RETRY_MS);
    }
  };

  const send = (body: string, card: AnswerCardRef | null = null): void => {
    const line: PendingLine = { clientMsgId: newKey(), body, card, problem: null };
    pending.value = [...pending.value, line];
    void deliver(line);
  };

  const join = (): void => {
    const id = conversationId();
    if (id === null) return;
    // Refused or unanswered: the lines still come over HTTP, by the facts that count them.
    realtime.request('chat:open', { conversationId: id }).catch(() => undefined);
    void catchUp();
  };

  watch(
    conversationId,
    (id, before) => {
      if (before !== undefined && before !== null) realtime.say('chat:shut', { conversationId: before });
      transcript.value = emptyTranscript;
      pending.value = [];
      problem.value = null;
      typingUntil.value = 0;
      if (id !== null) join();
    },
    { immediate: true },
  );
  watch(realtime.link, (link, before) => {
    if (link === 'live' && before !== 'live') join();
  });

  const leave = [
    realtime.listen('chat:msg', (message: MessageView) => {
      if (message.conversationId === conversationId()) take([message]);
    }),
    realtime.listen('chat:typing', (typing: { conversationId: string; author: string }) => {
      if (typing.conversationId === conversationId() && typing.author === 'CITIZEN') typingUntil.value = Date.now() + typingSeconds * 1000;
    }),
    realtime.onFact((fact) => {
      if (fact.name === 'message.posted' && fact.payload['conversationId'] === conversationId()) void catchUp();
    }),
  ];
  onScopeDispose(() => {
    closed = true;
    for (const stop of leave) stop();
    const id = conversationId();
    if (id !== null) realtime.say('chat:shut', { conversationId: id });
  });

  return {
    messages: computed(() => transcript.value.messages),
    pending,
    problem,
    typingUntil,
    send,
    retry: deliver,
    drop: (line: PendingLine) => {
      pending.value = pending.value.filter((one) => one.clientMsgId !== line.clientMsgId);
    },
    reload: catchUp,
    typing: () => {
      const id = conversationId();
      if (id === null || Date.now() - lastTyping < TYPING_EVERY_MS) return;
      lastTyping = Date.now();
      realtime.say('chat:typing', { conversationId: id });
    },
  };
};

export type LiveTranscript = ReturnType<typeof useTranscript>;
