import { computed } from 'vue';
import type { ConversationView, MadeTicket } from '#contracts/api/inquiries';
import type { AnswerCard } from '#knowledge-base/contracts';
import { useApi } from '../../shared/api/client';
import type { LiveList } from '../../shared/lists/use-list';
import { useRecord } from '../../shared/lists/use-record';
import { cardRef } from './citing';
import { idIn } from './facts';
import type { Focus } from './focus';
import type { Attempt } from './use-attempt';
import { useTranscript } from './use-transcript';
import type { WorkMemory } from './work-memory';

export interface ConversationNeeds {
  readonly focus: () => Focus | null;
  readonly memory: () => WorkMemory;
  readonly lists: readonly LiveList<ConversationView>[];
  readonly deed: Attempt;
  readonly open: (focus: Focus) => void;
}

/** The opened conversation: its lines, its moves, and the ticket that one key makes of it. */
export const useConversation = ({ focus, memory, lists, deed, open }: ConversationNeeds) => {
  const api = useApi();
  const id = (): string | null => {
    const now = focus();
    return now?.kind === 'conversation' ? now.id : null;
  };
  const record = useRecord<ConversationView>({
    id,
    load: (conversationId) => api.get(`/conversations/${conversationId}`),
    concerns: (fact, conversationId) => fact.name.startsWith('conversation.') && idIn(fact, 'conversation') === conversationId,
  });
  const transcript = useTranscript(id);
  const view = computed(() => record.value.value);
  const isActive = computed(() => view.value?.state === 'ACTIVE');

  const summary = (): string => {
    const { cited } = memory();
    return cited === null ? '会话结束' : `已按 ${cited.words} 答复`;
  };

  return {
    view,
    transcript,
    isActive,
    move: (one: ConversationView, action: string): Promise<void> =>
      deed.attempt(async () => {
        const body = action === 'close' ? { summary: summary() } : {};
        const answer = await api.post<ConversationView>(`/conversations/${one.id}/moves/${action}`, { body, ifMatch: one.version });
        if (id() === one.id) record.put(answer);
        await Promise.all(lists.map((list) => list.refresh(one.id)));
        if (action === 'take') open({ kind: 'conversation', id: one.id });
      }),
    makeTicket: (): Promise<void> =>
      deed.attempt(async () => {
        const conversationId = id();
        if (conversationId === null) return;
        await api.post<MadeTicket>(`/conversations/${conversationId}/ticket`, { body: {}, idempotencyKey: `conversation-${conversationId}`.slice(0, 64) });
        await record.reload();
      }),
    sendCard: (card: AnswerCard): void => transcript.send(card.script.join(''), cardRef(card)),
  };
};
