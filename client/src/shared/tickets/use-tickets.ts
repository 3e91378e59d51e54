import { onScopeDispose, ref, shallowRef } from 'vue';
import { type Query, useApi } from '../api/client';
import { type ApiProblem, asProblem } from '../api/problem';
import { useList } from '../lists/use-list';
import { useRecord } from '../lists/use-record';
import { useRealtime } from '../realtime/realtime';
import type { Fact } from '../realtime/room-ledger';
import { createTicketApi, type StageCounts, type TicketListItem } from './ticket-api';
import { byDue, toListItem } from './ticket-words';

export const useTicketApi = () => createTicketApi(useApi());

/** The ticket that a fact is about, whether the ticket or one of its sub-orders moved. */
export const ticketIn = (fact: Fact): string | undefined => {
  const { id, ticketId } = fact.payload;
  if (fact.name.startsWith('sub-order.')) return typeof ticketId === 'string' ? ticketId : undefined;
  return fact.name.startsWith('ticket.') && typeof id === 'string' ? id : undefined;
};

export const useTicketList = (spec: { readonly query: () => Query; readonly belongs: (row: TicketListItem) => boolean }) => {
  const tickets = useTicketApi();
  return useList<TicketListItem>({
    load: (cursor) => tickets.list({ sort: 'due', limit: 50, ...spec.query(), cursor }),
    loadOne: async (id) => {
      const row = toListItem(await tickets.read(id));
      return spec.belongs(row) ? row : null;
    },
    idOf: (row) => row.id,
    concerns: ticketIn,
    mayAdd: () => true,
    order: byDue,
  });
};

/** One opened ticket with the moves of the ticket and of its sub-orders. */
export const useTicket = (id: () => string | null) => {
  const tickets = useTicketApi();
  const record = useRecord({ id, load: (one) => tickets.read(one), concerns: (fact, one) => ticketIn(fact) === one, room: (one) => `ticket:${one}` });
  const busy = ref(false);
  const refusal = shallowRef<ApiProblem | null>(null);

  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    busy.value = true;
    refusal.value = null;
    try {
      await act();
      await record.reload();
      return true;
    } catch (error) {
      refusal.value = asProblem(error);
      if (refusal.value.isStale) await record.reload();
      return false;
    } finally {
      busy.value = false;
    }
  };
  const run = (action: string, input: Readonly<Record<string, unknown>>): Promise<boolean> => {
    const seen = record.value.value;
    return seen === null ? Promise.resolve(false) : attempt(() => tickets.move(seen.id, { action, input, version: seen.version }));
  };
  const runOn = (subOrderId: string, action: string, input: Readonly<Record<string, unknown>>): Promise<boolean> => {
    const seen = record.value.value?.subOrders.find((one) => one.id === subOrderId);
    return seen === undefined ? Promise.resolve(false) : attempt(() => tickets.moveSubOrder(seen.id, { action, input, version: seen.version }));
  };
  return { ...record, run, runOn, attempt, busy, refusal };
};
export type OpenTicket = ReturnType<typeof useTicket>;

const GATHER_MS = 400;

/** How many tickets stand where, under the same scope as the lists. */
export const useTicketCounts = () => {
  const tickets = useTicketApi();
  const realtime = useRealtime();
  const counts = shallowRef<StageCounts | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;
  const read = async (): Promise<void> => {
    timer = null;
    try {
      counts.value = await tickets.counts();
    } catch {
      // The old figures stay; the connection light says how old they are.
    }
  };
  const later = (): void => {
    timer ??= setTimeout(() => void read(), GATHER_MS);
  };
  const leave = [realtime.onFact((fact) => (ticketIn(fact) === undefined ? undefined : later())), realtime.onReload(later)];
  onScopeDispose(() => {
    for (const stop of leave) stop();
    if (timer !== null) clearTimeout(timer);
  });
  void read();
  return counts;
};
