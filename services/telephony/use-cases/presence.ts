import type { TelephonyTools } from './tools';

/** Who answered a probe since the last flush; written for all at once, because hundreds of seats answer every three seconds. */
export const createPresence = (tools: TelephonyTools) => {
  const agents = new Set<string>();
  const legs = new Set<string>();
  return {
    agentSeen: (agentId: string): void => void agents.add(agentId),
    legSeen: (legId: string): void => void legs.add(legId),
    flush: async (): Promise<void> => {
      if (agents.size === 0 && legs.size === 0) return;
      const [seats, parties] = [[...agents], [...legs]];
      agents.clear();
      legs.clear();
      await tools.database.inTransaction(async (work) => {
        if (seats.length > 0) await tools.store.sessions.update({ agentId: { in: seats } }, { heartbeatAt: work.now }, work);
        if (parties.length > 0) await tools.store.legs.update({ id: { in: parties }, seenAt: { not: null } }, { seenAt: work.now }, work);
      });
    },
  };
};

export type Presence = ReturnType<typeof createPresence>;
