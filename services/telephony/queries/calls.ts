import type { AgentSessionAnswer, CallSummaryView } from '#contracts/api/telephony';
import { agentStateLifecycle } from '#contracts/lifecycles/agent-state.lifecycle';
import { type Actor, decodeCursor, missing, type Page, toPage, toShanghaiIso } from '#kernel';
import type { AgentSession } from '../domain/agent-session';
import type { Call } from '../domain/call';
import type { Where } from '../store/table';
import { factsAboutAgent } from '../use-cases/move-agent';
import type { TelephonyTools } from '../use-cases/tools';
import { isoOrNull, presentCall } from './present-call';

export interface CallListRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: Call['state'] | undefined;
  readonly outcome?: Call['outcome'] | undefined;
  readonly mine?: boolean | undefined;
  readonly ticketId?: string | undefined;
}

const namesOf = async (tools: TelephonyTools, calls: readonly Call[]): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(calls.flatMap((call) => (call.agentId === null ? [] : [call.agentId])))];
  if (ids.length === 0) return new Map();
  const sessions = await tools.store.sessions.many({ where: { agentId: { in: ids } } });
  return new Map(sessions.map((session) => [session.agentId, session.name]));
};

export const createCallQueries = (tools: TelephonyTools) => {
  const present = async (calls: readonly Call[]): Promise<readonly CallSummaryView[]> => {
    const names = await namesOf(tools, calls);
    const now = tools.clock.now();
    return calls.map((call) => presentCall(call, { crypto: tools.crypto, now, agentName: call.agentId === null ? null : (names.get(call.agentId) ?? null) }));
  };

  const one = async (id: string): Promise<CallSummaryView> => {
    const call = await tools.store.calls.one({ id });
    const [view] = call === null ? [] : await present([call]);
    if (view === undefined) throw missing('call');
    return view;
  };

  const list = async (request: CallListRequest, actor: Actor): Promise<Page<CallSummaryView>> => {
    tools.policy.require(actor, 'call.read');
    const from = decodeCursor(request.cursor, 2);
    const where: Where<Call> = {
      ...(request.state === undefined ? {} : { state: request.state }),
      ...(request.outcome === undefined ? {} : { outcome: request.outcome }),
      ...(request.mine === true ? { agentId: actor.id } : {}),
      ...(request.ticketId === undefined ? {} : { ticketId: request.ticketId }),
      ...(from === null ? {} : { anyOf: [{ arrivedAt: { lt: Number(from[0]) } }, { arrivedAt: Number(from[0]), id: { lt: String(from[1]) } }] }),
    };
    const rows = await tools.store.calls.many({
      where,
      order: [
        ['arrivedAt', 'DESC'],
        ['id', 'DESC'],
      ],
      limit: request.limit + 1,
    });
    const page = toPage(rows, request.limit, (call) => [call.arrivedAt.getTime(), call.id]);
    return { items: await present(page.items), nextCursor: page.nextCursor };
  };

  const presentSession = async (session: AgentSession): Promise<AgentSessionAnswer> => {
    const now = tools.clock.now();
    const offer = await tools.store.offers.one({ liveAgentId: session.agentId });
    const custody = session.callId === null ? null : await tools.store.custodies.one({ callId: session.callId });
    return {
      agentId: session.agentId,
      name: session.name,
      state: session.state,
      stateLabel: agentStateLifecycle.states[session.state].label,
      since: toShanghaiIso(session.since),
      reason: session.reason,
      plannedUntil: isoOrNull(session.plannedUntil),
      pendingState: session.pendingState,
      deviceOk: session.deviceOk,
      phoneConnected: factsAboutAgent(session, now).phoneIsConnected,
      epoch: session.epoch,
      call: session.callId === null ? null : await one(session.callId),
      offer:
        offer === null ? null : { callId: offer.callId, offeredAt: toShanghaiIso(offer.offeredAt), expiresAt: toShanghaiIso(offer.expiresAt), why: offer.why },
      wrapUpUntil: custody?.holder === 'WRAP' ? toShanghaiIso(custody.deadline) : null,
      at: toShanghaiIso(now),
    };
  };

  return {
    list,
    get: async (id: string, actor: Actor): Promise<CallSummaryView> => {
      tools.policy.require(actor, 'call.read');
      return one(id);
    },
    present: async (call: Call): Promise<CallSummaryView> => one(call.id),
    presentSession,
  };
};
