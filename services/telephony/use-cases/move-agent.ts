import { type AgentAction, type AgentGuard, agentStateLifecycle, type AgentState } from '#contracts/lifecycles/agent-state.lifecycle';
import { decide } from '#contracts/lifecycles/lifecycle';
import { type Actor, systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { AgentSession } from '../domain/agent-session';
import { defaultSettings, secondsBetween } from '../domain/settings';
import { performersOf, refusal, RowChanged, type TelephonyTools } from './tools';

export interface AgentStep {
  readonly action: AgentAction;
  readonly actor?: Actor;
  readonly reason?: string | null;
  readonly changes?: Partial<AgentSession>;
  /** A failed offer that is not the agent's fault keeps their place among the idle. */
  readonly keepIdle?: boolean;
}

export const isFresh = (session: AgentSession, now: Date, seconds: number): boolean =>
  session.heartbeatAt !== null && secondsBetween(session.heartbeatAt, now) <= seconds;

export const factsAboutAgent = (session: AgentSession, now: Date): Record<AgentGuard, boolean> => ({
  deviceIsChecked: session.deviceOk,
  phoneIsConnected: isFresh(session, now, defaultSettings.agentSilent),
});

/** Closes the running line of the log and opens the next at the same instant, so that durations add up (I7). */
const writeLog = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly session: AgentSession; readonly state: AgentState; readonly reason: string | null; readonly at: Date },
) => {
  const { session, state, reason, at } = given;
  const [last] = await tools.store.agentLog.many({ where: { agentId: session.agentId }, order: [['no', 'DESC']], limit: 1 }, work);
  if (last !== undefined) await tools.store.agentLog.update({ id: last.id }, { untilAt: at }, work);
  await tools.store.agentLog.insert(
    { id: tools.ids.next(), agentId: session.agentId, no: (last?.no ?? 0) + 1, state, reason, fromAt: at, untilAt: null },
    work,
  );
};

const idleSinceFor = (session: AgentSession, step: AgentStep, at: Date): Date =>
  step.keepIdle === true && session.idleSince !== null ? session.idleSince : at;

/** The one writer of an agent's state. */
export const moveAgent = async (tools: TelephonyTools, work: UnitOfWork, session: AgentSession, step: AgentStep): Promise<AgentSession> => {
  const actor = step.actor ?? systemActor;
  const facts = factsAboutAgent(session, work.now);
  const decision = decide(agentStateLifecycle, { state: session.state }, { action: step.action, performers: performersOf(actor), facts });
  if (!decision.ok) throw refusal(decision.why, decision.unmet);
  const state = decision.to as AgentState;
  // A clock that was set back must not tear a hole into the log.
  const at = work.now < session.since ? session.since : work.now;
  const changes: Partial<AgentSession> = {
    reason: step.reason ?? null,
    plannedUntil: null,
    ...step.changes,
    state,
    since: at,
    // RINGING keeps the value, so that an offer that fails without the agent's fault gives it back.
    idleSince: state === 'READY' ? idleSinceFor(session, step, at) : session.idleSince,
    version: session.version + 1,
  };
  if ((await tools.store.sessions.update({ agentId: session.agentId, version: session.version }, changes, work)) !== 1) throw new RowChanged();
  await writeLog(tools, work, { session, state, reason: changes.reason ?? null, at });
  work.announce({
    name: 'agent.moved',
    payload: { agentId: session.agentId, action: step.action, from: session.state, to: state, at: at.toISOString(), version: session.version + 1 },
    rooms: ['hotline', `staff:${session.agentId}`],
  });
  work.afterCommit(tools.wake);
  return { ...session, ...changes };
};

/** First sight of an agent: OFFLINE until they choose otherwise. */
export const registerAgent = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  agent: { readonly id: string; readonly name: string; readonly orgId: string },
): Promise<AgentSession> => {
  const session: AgentSession = {
    agentId: agent.id,
    name: agent.name,
    orgId: agent.orgId,
    state: 'OFFLINE',
    since: work.now,
    idleSince: null,
    reason: null,
    plannedUntil: null,
    pendingState: null,
    pendingReason: null,
    deviceOk: false,
    heartbeatAt: null,
    epoch: 0,
    callId: null,
    lastRejectAt: null,
    version: 1,
  };
  await tools.store.sessions.insert(session, work);
  await writeLog(tools, work, { session, state: 'OFFLINE', reason: null, at: work.now });
  return session;
};
