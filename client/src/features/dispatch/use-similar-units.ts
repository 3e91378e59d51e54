import { shallowRef, watch } from 'vue';
import type { SimilarTicket } from '#contracts/api/ticket-views';
import { useApi } from '../../shared/api/client';
import type { TicketListItem } from '../../shared/tickets/ticket-api';
import { useTicketApi } from '../../shared/tickets/use-tickets';

export interface UnitHint {
  readonly id: string;
  readonly name: string;
  /** Numbers of the similar tickets that this unit led. */
  readonly tickets: readonly { readonly id: string; readonly number: string; readonly title: string }[];
}

export interface Similar {
  readonly hints: readonly UnitHint[];
  readonly looked: number;
}

const MOST = 6;

/** Who led the tickets that read like this one: nothing is guessed, each hint names the tickets it comes from. */
export const useSimilarUnits = (ticket: () => Pick<TicketListItem, 'id' | 'title' | 'regionCode'>) => {
  const api = useApi();
  const tickets = useTicketApi();
  const found = shallowRef<Similar | null>(null);
  let run = 0;

  const look = async (): Promise<void> => {
    run += 1;
    const mine = run;
    found.value = null;
    const { id, title } = ticket();
    if (title.length < 2) return;
    try {
      const { items } = await api.get<{ items: readonly SimilarTicket[] }>('/tickets/similar', { query: { text: title, limit: MOST } });
      const views = await Promise.all(items.filter((item) => item.id !== id).map((item) => tickets.read(item.id).catch(() => null)));
      if (mine !== run) return;
      const units = new Map<string, UnitHint>();
      for (const view of views) {
        const lead = view?.subOrders.find((order) => order.role === 'LEAD' && order.state !== 'RETURNED' && order.state !== 'CANCELLED');
        if (view === null || lead === undefined) continue;
        const before = units.get(lead.orgId)?.tickets ?? [];
        units.set(lead.orgId, { id: lead.orgId, name: lead.orgName, tickets: [...before, { id: view.id, number: view.number, title: view.title }] });
      }
      found.value = { hints: [...units.values()].sort((a, b) => b.tickets.length - a.tickets.length).slice(0, 3), looked: views.length };
    } catch {
      if (mine === run) found.value = { hints: [], looked: 0 };
    }
  };
  watch(
    () => ticket().id,
    () => void look(),
    { immediate: true },
  );
  return found;
};
