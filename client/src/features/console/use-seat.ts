import { computed, ref, shallowRef } from 'vue';
import type { AgentSessionAnswer } from '#contracts/api/telephony';
import { useApi } from '../../shared/api/client';
import { type ApiProblem, asProblem } from '../../shared/api/problem';
import { type LiveRecord, useRecord } from '../../shared/lists/use-record';
import { useSession } from '../../shared/session/session-store';
import { type CallCommand, type SeatWish, telephonyApi } from './telephony-api';

/** This person's seat as the server holds it: state, since when, and the call that rings, runs or is written up there. */
export const useSeat = () => {
  const api = useApi();
  const phone = telephonyApi(api);
  const session = useSession();
  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);

  const record: LiveRecord<AgentSessionAnswer> = useRecord<AgentSessionAnswer>({
    // A team lead sees the console without a seat of their own.
    id: () => (session.may('call.take') ? (session.staff?.id ?? null) : null),
    load: () => phone.seat(),
    concerns: (fact, id) =>
      (fact.name === 'agent.moved' || fact.name === 'call.moved' || fact.name === 'call.draftOpened') &&
      (fact.payload['agentId'] === id || fact.room === `staff:${id}` || fact.payload['callId'] === record.value.value?.call?.id),
  });

  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    busy.value = true;
    problem.value = null;
    try {
      await act();
      await record.reload();
      return true;
    } catch (error) {
      problem.value = asProblem(error);
      // What was refused shows that this screen was behind.
      void record.reload();
      return false;
    } finally {
      busy.value = false;
    }
  };

  const call = computed(() => record.value.value?.call ?? null);
  const isRinging = computed(() => call.value?.state === 'OFFERED');
  const isTalking = computed(() => call.value?.state === 'TALKING');
  const isWrapUp = computed(() => call.value?.state === 'WRAP');

  return {
    record,
    view: record.value,
    call,
    isRinging,
    isTalking,
    isWrapUp,
    busy,
    problem,
    wish: (wish: SeatWish) => attempt(() => phone.wish(wish)),
    command: (command: CallCommand) => attempt(async () => (call.value === null ? undefined : phone.command(call.value.id, command))),
    wrapUp: (action: 'done' | 'extend') => attempt(async () => (call.value === null ? undefined : phone.wrapUp(call.value.id, action))),
    clearProblem: () => {
      problem.value = null;
    },
  };
};

export type Seat = ReturnType<typeof useSeat>;
