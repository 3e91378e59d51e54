import { computed, ref, watch } from 'vue';
import { type Focus, sameFocus } from './focus';
import type { Seat } from './use-seat';
import { createWorkMemory } from './work-memory';

export interface FocusNeeds {
  readonly seat: Seat;
  /** Everything that can be opened, in the order of the screen. */
  readonly order: () => readonly Focus[];
  /** The lists have answered. */
  readonly isReady: () => boolean;
}

/** What the middle of the console shows, and what belongs to it; the next piece of work opens by itself. */
export const useFocus = ({ seat, order, isReady }: FocusNeeds) => {
  const focus = ref<Focus | null>(null);
  const memories = createWorkMemory();
  const memory = computed(() => memories.of(focus.value));

  const open = (next: Focus): void => {
    if (!sameFocus(focus.value, next)) focus.value = next;
  };
  const step = (by: 1 | -1): void => {
    const all = order();
    const at = all.findIndex((one) => sameFocus(one, focus.value));
    const next = all[at === -1 ? 0 : (at + by + all.length) % all.length];
    if (next !== undefined) open(next);
  };

  // The call is over; what was being written for it goes on as a ticket.
  watch(
    () => seat.call.value,
    (now, before) => {
      if (now !== null || before === null || focus.value?.kind !== 'call') return;
      const from = focus.value;
      focus.value = before.ticketId === null ? null : { kind: 'ticket', id: before.ticketId };
      if (focus.value !== null) memories.hand(from, focus.value);
    },
  );
  // Answering brings the call to the middle; ringing does not take anybody away from what they type.
  watch(
    () => (seat.isTalking.value ? seat.call.value?.id : undefined),
    (id) => {
      if (id !== undefined) open({ kind: 'call', id });
    },
  );
  watch(
    () => [isReady(), order().length, seat.call.value?.id],
    () => {
      if (focus.value !== null || !isReady()) return;
      const live = seat.call.value;
      const first = live === null ? order()[0] : ({ kind: 'call', id: live.id } as const);
      if (first !== undefined) open(first);
    },
  );

  return { focus, memory, open, step };
};
