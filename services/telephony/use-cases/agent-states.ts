import { type AgentChoice, agentChoices, agentStateLifecycle, engagedStates } from '#contracts/lifecycles/agent-state.lifecycle';
import { type Actor, forbidden, type StaffActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { type AgentSession, suspendReasons } from '../domain/agent-session';
import { after } from '../domain/settings';
import { factsAboutAgent, moveAgent, registerAgent } from './move-agent';
import { RowChanged, settled, refusal, type TelephonyTools } from './tools';
import { finishWrapUp } from './wrap-up';

export interface StateWish {
  readonly state: AgentChoice;
  readonly reason?: string | undefined;
  readonly plannedMinutes?: number | undefined;
}

export interface Hello {
  readonly deviceOk: boolean;
  /** The epoch this very page was given before; null for a page that was just loaded. */
  readonly epoch: number | null;
}

const asAgent = (tools: TelephonyTools, actor: Actor): StaffActor => {
  tools.policy.require(actor, 'call.take');
  if (actor.kind !== 'staff') throw forbidden();
  return actor;
};

const findOrRegister = async (tools: TelephonyTools, work: UnitOfWork, actor: StaffActor): Promise<AgentSession> =>
  (await tools.store.sessions.one({ agentId: actor.id }, work)) ?? registerAgent(tools, work, actor);

const wishLater = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly session: AgentSession; readonly wish: StateWish },
): Promise<AgentSession> => {
  const { session, wish } = given;
  const changes = { pendingState: wish.state, pendingReason: wish.reason ?? null, version: session.version + 1 };
  if ((await tools.store.sessions.update({ agentId: session.agentId, version: session.version }, changes, work)) !== 1) throw new RowChanged();
  return { ...session, ...changes };
};

/** Asked before anything is written, so that a wrap-up is not ended for a wish that is then refused. */
const requirePhone = (session: AgentSession, now: Date): void => {
  const facts = factsAboutAgent(session, now);
  const unmet = (['deviceIsChecked', 'phoneIsConnected'] as const).filter((guard) => !facts[guard]);
  if (unmet.length > 0) {
    throw refusal(
      'condition',
      unmet.map((guard) => ({ guard, message: agentStateLifecycle.guards[guard] })),
    );
  }
};

/** During a call the wish waits; at any other time it is done at once. */
const changeState = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly actor: StaffActor; readonly wish: StateWish }): Promise<AgentSession> => {
  const { actor, wish } = given;
  const session = await findOrRegister(tools, work, actor);
  if ((engagedStates as readonly string[]).includes(session.state)) return wishLater(tools, work, { session, wish });
  if (session.state === wish.state && session.state !== 'BUSY') return session;
  if (wish.state === 'READY') requirePhone(session, work.now);
  if (session.state === 'ACW' && session.callId !== null) {
    const call = await tools.store.calls.one({ id: session.callId }, work);
    if (call?.state === 'WRAP') await finishWrapUp(tools, work, call, { actor, keepSeat: true });
  }
  const plannedUntil = wish.plannedMinutes === undefined ? null : after(work.now, wish.plannedMinutes * 60);
  return moveAgent(tools, work, session, {
    action: agentChoices[wish.state],
    actor,
    reason: wish.reason ?? null,
    changes: { callId: null, pendingState: null, pendingReason: null, plannedUntil },
  });
};

/** A page of the console says that it is the phone; the newer page takes it over (design-channels §2.4). */
const hello = async (tools: TelephonyTools, work: UnitOfWork, given: { readonly actor: StaffActor; readonly hello: Hello }): Promise<AgentSession> => {
  const { actor } = given;
  const session = await findOrRegister(tools, work, actor);
  const samePage = given.hello.epoch !== null && given.hello.epoch === session.epoch;
  const changes: Partial<AgentSession> = {
    name: actor.name,
    orgId: actor.orgId,
    deviceOk: given.hello.deviceOk,
    heartbeatAt: work.now,
    epoch: samePage ? session.epoch : session.epoch + 1,
    version: session.version + 1,
  };
  if ((await tools.store.sessions.update({ agentId: actor.id, version: session.version }, changes, work)) !== 1) throw new RowChanged();
  work.afterCommit(tools.wake);
  const known: AgentSession = { ...session, ...changes };
  // A page that was reloaded has not been clicked yet and could not ring: the seat must not look READY.
  if (known.state === 'READY' && !known.deviceOk) return moveAgent(tools, work, known, { action: 'suspend', reason: suspendReasons.UNCHECKED });
  return known;
};

export const createAgentStates = (tools: TelephonyTools) => ({
  changeState: async (actor: Actor, wish: StateWish): Promise<AgentSession> => {
    const agent = asAgent(tools, actor);
    return settled(tools, (work) => changeState(tools, work, { actor: agent, wish }));
  },
  hello: async (actor: Actor, said: Hello): Promise<AgentSession> => {
    const agent = asAgent(tools, actor);
    return settled(tools, (work) => hello(tools, work, { actor: agent, hello: said }));
  },
  /** What a console shows when it opens; a first look makes the row. */
  session: async (actor: Actor): Promise<AgentSession> => {
    const agent = asAgent(tools, actor);
    return (await tools.store.sessions.one({ agentId: agent.id })) ?? settled(tools, (work) => findOrRegister(tools, work, agent));
  },
});
