import { computed, type ComputedRef, onBeforeUnmount, reactive } from 'vue';
import type { CitizenConversationView, StartConversationBody, StartedConversation } from '#contracts/api/inquiries';
import { applyMessages, emptyTranscript, type Transcript, typingSeconds } from '#contracts/realtime/chat';
import { asRefusal, http, randomKey, type Refusal } from '../../../shared/citizen/http';
import { openTalkLine, type TalkLine } from './talk-line';
import { createOutbox, type Outbox } from './outbox';
import { type StoredTalk, talkStore } from './talk-store';

const ownTitle = document.title;

/** Whoever waits in another tab sees in its name that somebody has answered. */
const callBack = (): void => {
  if (!document.hidden) return;
  document.title = '● 坐席回复了';
  document.addEventListener(
    'visibilitychange',
    () => {
      document.title = ownTitle;
    },
    { once: true },
  );
};

export interface TalkState {
  phase: 'none' | 'starting' | 'loading' | 'open';
  view: CitizenConversationView | null;
  transcript: Transcript;
  isLive: boolean;
  agentTypes: boolean;
  refusal: Refusal | null;
}

export interface Talk {
  readonly state: TalkState;
  readonly outbox: Outbox;
  readonly isOver: ComputedRef<boolean>;
  start(first: Omit<StartConversationBody, 'startKey' | 'clientMsgId'>): Promise<void>;
  say(body: string): void;
  tellTyping(): void;
  leaveContact(contact: { readonly name?: string; readonly phone: string }): Promise<void>;
  leave(): Promise<void>;
  /** Forgets the finished talk, so that another can begin. */
  forget(): void;
}

const viewEveryMs = 10_000;
const pollEveryMs = 3_000;

/** One start key per attempt of this tab: an answer that was lost is asked for again, and opens the same talk. */
const startKeys = { key: randomKey(), clientMsgId: randomKey() };

const createTalkState = (): TalkState =>
  reactive<TalkState>({
    phase: talkStore.talk() === null ? 'none' : 'loading',
    view: null,
    transcript: emptyTranscript,
    isLive: false,
    agentTypes: false,
    refusal: null,
  });

interface Engine {
  talk: StoredTalk | null;
  line: TalkLine | null;
  syncing: boolean;
  again: boolean;
}

/** Brings the transcript up to the newest number, one request at a time; news meanwhile lead to another round. */
const createSync = (state: TalkState, engine: Engine) => async (): Promise<void> => {
  if (engine.syncing) {
    engine.again = true;
    return;
  }
  engine.syncing = true;
  try {
    do {
      engine.again = false;
      const { line } = engine;
      if (line === null) return;
      const { items, lastSeq } = await line.since(state.transcript.upTo);
      state.transcript = applyMessages(state.transcript, items);
      if (items.length > 0 && state.transcript.upTo < lastSeq) engine.again = true;
    } while (engine.again);
  } catch {
    // The next tick asks again; what is on the screen stays.
  } finally {
    engine.syncing = false;
  }
};

const createViewReader = (state: TalkState, engine: Engine, forget: () => void) => async (): Promise<void> => {
  const { talk } = engine;
  if (talk === null) return;
  try {
    state.view = await http.get<CitizenConversationView>(`/public/conversations/${talk.conversationId}`, { token: talk.token });
    state.phase = 'open';
    state.refusal = null;
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal.status === 401) forget();
    else if (state.phase === 'loading') state.refusal = refusal;
  }
};

/** A talk of this tab: kept over refresh, lost lines and a sleeping phone. */
export const useTalk = (): Talk => {
  const state = createTalkState();
  const engine: Engine = { talk: talkStore.talk(), line: null, syncing: false, again: false };
  const timers: ReturnType<typeof setInterval>[] = [];
  let typingTimer: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    engine.line?.close();
    engine.line = null;
    for (const timer of timers.splice(0)) clearInterval(timer);
    clearTimeout(typingTimer);
  };

  const sync = createSync(state, engine);
  const outbox = createOutbox({
    send: (line) => (engine.line === null ? Promise.reject(new Error('closed')) : engine.line.send({ clientMsgId: line.clientMsgId, body: line.body })),
    onAcknowledged: () => void sync(),
  });

  const forget = (): void => {
    close();
    engine.talk = null;
    talkStore.keepTalk(null);
    outbox.clear();
    startKeys.key = randomKey();
    startKeys.clientMsgId = randomKey();
    Object.assign(state, { phase: 'none', view: null, transcript: emptyTranscript, isLive: false, refusal: null });
  };

  const readView = createViewReader(state, engine, forget);

  const open = (talk: StoredTalk): void => {
    engine.talk = talk;
    engine.line = openTalkLine(talk, {
      message: (message) => {
        state.transcript = applyMessages(state.transcript, [message]);
        if (message.author === 'AGENT') {
          state.agentTypes = false;
          callBack();
        }
        if (state.transcript.hasGap) void sync();
      },
      news: () => void sync(),
      changed: () => void readView(),
      typing: () => {
        state.agentTypes = true;
        clearTimeout(typingTimer);
        typingTimer = setTimeout(() => {
          state.agentTypes = false;
        }, typingSeconds * 1_000);
      },
      live: (isLive) => {
        state.isLive = isLive;
        if (!isLive) return;
        void sync();
        outbox.wake();
      },
    });
    timers.push(
      setInterval(() => void readView(), viewEveryMs),
      setInterval(() => (state.isLive ? undefined : void sync()), pollEveryMs),
    );
    void readView();
    void sync();
    outbox.wake();
  };

  if (engine.talk !== null) open(engine.talk);
  onBeforeUnmount(close);

  return {
    state,
    outbox,
    isOver: computed(() => state.view?.state === 'CLOSED'),
    start: async (first) => {
      state.phase = 'starting';
      state.refusal = null;
      try {
        const body = { ...first, startKey: startKeys.key, clientMsgId: startKeys.clientMsgId };
        const { token, ...view } = await http.post<StartedConversation>('/public/conversations', { body });
        const talk = { conversationId: view.id, token };
        talkStore.keepTalk(talk);
        Object.assign(state, { view, phase: 'open' });
        open(talk);
      } catch (error) {
        state.refusal = asRefusal(error);
        state.phase = 'none';
      }
    },
    say: (body) => outbox.add(body),
    tellTyping: () => engine.line?.tellTyping(),
    leaveContact: async (contact) => {
      if (engine.talk === null) return;
      state.view = await http.put<CitizenConversationView>(`/public/conversations/${engine.talk.conversationId}/contact`, {
        token: engine.talk.token,
        body: contact,
      });
    },
    leave: async () => {
      if (engine.talk === null) return;
      state.view = await http.post<CitizenConversationView>(`/public/conversations/${engine.talk.conversationId}/leave`, { token: engine.talk.token });
      await sync();
    },
    forget,
  };
};
