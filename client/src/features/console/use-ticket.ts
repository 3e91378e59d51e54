import { computed, ref, shallowRef, watch } from 'vue';
import type { TicketReceipt, TicketView } from '#contracts/api/ticket-views';
import { useApi } from '../../shared/api/client';
import { type ApiProblem, asProblem } from '../../shared/api/problem';
import { useServerDraft } from '../../shared/drafts/use-server-draft';
import { useRecord } from '../../shared/lists/use-record';
import type { MoveInput } from '../../shared/moves/move-fields';
import type { Fact } from '../../shared/realtime/room-ledger';
import { idIn } from './facts';
import { formOf, patchOf, type TicketForm } from './ticket-form';

/** One opened ticket: what the server says of it, and the form that is being typed. */
export const useTicket = (ticketId: string) => {
  const api = useApi();
  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);

  const record = useRecord<TicketView>({
    id: () => ticketId,
    load: (id) => api.get(`/tickets/${id}`),
    concerns: (fact, id) => idIn(fact, 'ticket') === id && !isOwnEcho(fact),
    room: (id) => `ticket:${id}`,
  });

  /** The fact of what this very form saved brings nothing new. */
  const isOwnEcho = (fact: Fact): boolean => {
    const version = fact.payload['version'];
    return fact.name.startsWith('ticket.') && typeof version === 'number' && version <= draft.version.value;
  };

  const readDraft = async (): Promise<{ version: number; content: TicketForm }> => {
    const ticket = await api.get<TicketView>(`/tickets/${ticketId}`);
    record.put(ticket);
    return { version: ticket.version, content: formOf(ticket) };
  };

  const draft = useServerDraft<TicketForm>({
    load: readDraft,
    save: async (changes, version, whole) => {
      const body = patchOf(changes, whole);
      if (Object.keys(body).length > 0) await api.patch<TicketReceipt>(`/tickets/${ticketId}`, { body, ifMatch: version });
      // What is still missing and which actions are open changed with it.
      const after = await readDraft();
      return { version: after.version, content: { ...after.content, ...emptied(changes, after.content) } };
    },
  });

  /** Fields that cannot be stored empty stay empty on the screen and are not sent again and again. */
  const emptied = (changes: Partial<TicketForm>, stored: TicketForm): Partial<TicketForm> => {
    const kept: Partial<TicketForm> = {};
    for (const field of ['title', 'content', 'regionCode'] as const) if (changes[field]?.trim() === '' && stored[field] !== '') kept[field] = changes[field];
    return kept;
  };

  watch(record.value, (ticket) => {
    if (ticket !== null) draft.adopt({ version: ticket.version, content: formOf(ticket) });
  });

  const run = async (action: string, input: MoveInput): Promise<TicketReceipt | null> => {
    busy.value = true;
    problem.value = null;
    try {
      const ticket = record.value.value;
      if (ticket?.canEdit === true && !(await draft.flush())) throw draft.problem.value ?? new Error('登记内容还没有存上，请稍候再试。');
      const version = draft.version.value > 0 && ticket?.canEdit === true ? draft.version.value : (ticket?.version ?? 0);
      const receipt = await api.post<TicketReceipt>(`/tickets/${ticketId}/moves/${action}`, { body: input, ifMatch: version });
      await record.reload();
      return receipt;
    } catch (error) {
      problem.value = asProblem(error);
      // What was refused as stale, or whose answer was lost, may have been done already: the version decides.
      if (problem.value.isStale || problem.value.isTransient) void record.reload();
      return null;
    } finally {
      busy.value = false;
    }
  };

  const ticket = computed(() => record.value.value);
  return {
    ticket,
    state: record.state,
    loadProblem: record.problem,
    draft,
    busy,
    problem,
    run,
    reload: record.reload,
    clearProblem: () => {
      problem.value = null;
    },
  };
};

export type OpenTicket = ReturnType<typeof useTicket>;
