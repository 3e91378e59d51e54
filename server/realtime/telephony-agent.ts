import type { Socket } from 'socket.io';
import { type TelCallView, telHello, telMedia, telReady, telSignal } from '#contracts/realtime/telephony';
import { DomainError, type StaffActor } from '#kernel';
import { createListen } from './telephony-listen';
import { callRoom, type Party, staffRoom, type TelephonySockets, type Wire } from './telephony-wire';

export interface AgentSocket {
  readonly staff: StaffActor;
  /** Null until `hello`. */
  epoch: number | null;
  party: Party | null;
}

export const agentSocketOf = (socket: Socket): AgentSocket | null => (socket.data as { agent?: AgentSocket }).agent ?? null;

const requireParty = (agent: AgentSocket): Party => {
  if (agent.party === null) throw new DomainError({ kind: 'conflict', code: 'telephony/not-attached', message: '当前没有正在进行的通话。' });
  return agent.party;
};

const hello = async (
  deps: TelephonySockets,
  wire: Wire,
  given: { readonly socket: Socket; readonly agent: AgentSocket; readonly said: { deviceOk: boolean; epoch: number | null } },
) => {
  const { socket, agent, said } = given;
  const session = await deps.telephony.agents.hello(agent.staff, said);
  const room = staffRoom(agent.staff.id);
  if (said.epoch !== session.epoch) {
    wire.agents.in(room).except(socket.id).emit('taken-over');
    wire.agents.in(room).except(socket.id).disconnectSockets(true);
  }
  agent.epoch = session.epoch;
  await socket.join(room);
  return deps.telephony.signalling.agentView(session);
};

/** The agent's page is prepared for this call: both are asked to negotiate, the citizen's side offers first. */
const ready = async (
  deps: TelephonySockets,
  wire: Wire,
  given: { readonly socket: Socket; readonly agent: AgentSocket; readonly callId: string; readonly legId: string },
): Promise<TelCallView | null> => {
  const { socket, agent, callId, legId } = given;
  const { signalling } = deps.telephony;
  const allowed = await signalling.agentLegOf(callId, agent.staff.id);
  if (allowed !== legId || agent.epoch === null)
    throw new DomainError({ kind: 'forbidden', code: 'telephony/not-your-call', message: '这不是您正在进行的通话。' });
  agent.party = { callId, legId, epoch: agent.epoch, lastSeq: 0, keys: 0 };
  await socket.join(callRoom(callId));
  wire.negotiate(callId, legId);
  return signalling.callView(callId);
};

const serveAgent = (deps: TelephonySockets, wire: Wire, given: { readonly socket: Socket; readonly agent: AgentSocket }): void => {
  const { socket, agent } = given;
  const listen = createListen(socket, deps.logger);
  listen('hello', telHello, (said) => hello(deps, wire, { socket, agent, said }));
  listen('ready', telReady, ({ callId, legId }) => ready(deps, wire, { socket, agent, callId, legId }));
  listen('signal', telSignal, async (signal) => wire.relay('AGENT', requireParty(agent), signal));
  listen('media', telMedia, (media) => wire.heard('AGENT', requireParty(agent), media));
};

/** The consoles' telephones: signed in like every other socket of the staff. */
export const openAgentNamespace = (deps: TelephonySockets, wire: Wire): void => {
  wire.agents.use((socket, next) => {
    deps.authenticateStaff(socket).then(
      (staff) => {
        if (staff === null) return next(new Error('sign-in-required'));
        (socket.data as { agent?: AgentSocket }).agent = { staff, epoch: null, party: null };
        return next();
      },
      () => next(new Error('unavailable')),
    );
  });
  wire.agents.on('connection', (socket) => {
    const agent = agentSocketOf(socket);
    if (agent === null) return void socket.disconnect(true);
    return serveAgent(deps, wire, { socket, agent });
  });
};
