import type { QueueSettings } from './settings';

export interface WaitingCaller {
  readonly entryId: string;
  readonly callId: string;
  readonly lane: 'EMERGENCY' | 'NORMAL';
  readonly enqueuedAt: number;
  readonly boost: number;
  readonly prefAgent: string | null;
  readonly excluded: readonly { readonly agentId: string; readonly until: number }[];
}

export interface IdleAgent {
  readonly agentId: string;
  readonly idleSince: number;
}

export interface PlannedOffer {
  readonly entryId: string;
  readonly callId: string;
  readonly agentId: string;
  /** Stored with the offer, so that a team lead can see why this seat rang. */
  readonly why: 'PREFERRED' | 'LONGEST_IDLE';
}

/** Waiting time plus boost: nobody is overtaken by one who came later than the boost, and a boost ages out (I5). */
export const compareCallers = (a: WaitingCaller, b: WaitingCaller): number => {
  if (a.lane !== b.lane) return a.lane === 'EMERGENCY' ? -1 : 1;
  const effective = b.boost * 1000 - b.enqueuedAt - (a.boost * 1000 - a.enqueuedAt);
  if (effective !== 0) return effective;
  if (a.enqueuedAt !== b.enqueuedAt) return a.enqueuedAt - b.enqueuedAt;
  return a.entryId < b.entryId ? -1 : 1;
};

const compareAgents = (a: IdleAgent, b: IdleAgent): number => a.idleSince - b.idleSince || (a.agentId < b.agentId ? -1 : 1);

export const isExcluded = (caller: WaitingCaller, agentId: string, now: number): boolean =>
  caller.excluded.some((entry) => entry.agentId === agentId && entry.until > now);

/** The whole table each time, oldest caller first, longest idle agent first; pure (design-channels §2.2). */
export const planOffers = (
  callers: readonly WaitingCaller[],
  agents: readonly IdleAgent[],
  given: { readonly now: number; readonly settings: QueueSettings },
): readonly PlannedOffer[] => {
  const { now, settings } = given;
  const free = agents.toSorted(compareAgents);
  const offers: PlannedOffer[] = [];
  for (const caller of callers.toSorted(compareCallers)) {
    if (free.length === 0) break;
    const may = free.filter((agent) => !isExcluded(caller, agent.agentId, now));
    const preferred = now < caller.enqueuedAt + settings.preferredWait * 1000 ? may.find((agent) => agent.agentId === caller.prefAgent) : undefined;
    const chosen = preferred ?? may[0];
    if (chosen === undefined) continue;
    free.splice(free.indexOf(chosen), 1);
    offers.push({ entryId: caller.entryId, callId: caller.callId, agentId: chosen.agentId, why: preferred === undefined ? 'LONGEST_IDLE' : 'PREFERRED' });
  }
  return offers;
};
