import type { Socket } from 'socket.io';
import { telAttach, type TelAttached, telBye, telHandshake, telKey, telMedia, telReady, telSignal } from '#contracts/realtime/telephony';
import { DomainError } from '#kernel';
import { createListen, type Listen } from './telephony-listen';
import { callRoom, type Party, type TelephonySockets, type Wire } from './telephony-wire';

const notAttached = (): DomainError => new DomainError({ kind: 'conflict', code: 'telephony/not-attached', message: '电话尚未连上，请稍候。' });

export interface CitizenSocket {
  /** Null until `attach` was accepted. */
  party: Party | null;
  /** Last told place and band, so that only changes are sent. */
  told: string;
}

export const citizenSocketOf = (socket: Socket): CitizenSocket => {
  const data = socket.data as { citizen?: CitizenSocket };
  data.citizen ??= { party: null, told: '' };
  return data.citizen;
};

const requireParty = (socket: Socket): Party => {
  const { party } = citizenSocketOf(socket);
  if (party === null) throw notAttached();
  return party;
};

const attach = async (
  deps: TelephonySockets,
  wire: Wire,
  given: { readonly socket: Socket; readonly token: string; readonly input: unknown },
): Promise<TelAttached> => {
  const { socket, token } = given;
  const { signalling } = deps.telephony;
  const { call, leg, resumeToken } = await signalling.attach({ ...telAttach.parse(given.input), token, address: socket.handshake.address });
  const room = callRoom(call.id);
  if (resumeToken !== null) {
    // The newer page has the call; what the older one still says is no longer heard.
    wire.citizens.in(room).except(socket.id).emit('taken-over');
    wire.citizens.in(room).except(socket.id).disconnectSockets(true);
  }
  citizenSocketOf(socket).party = { callId: call.id, legId: leg.id, epoch: leg.epoch, lastSeq: 0, keys: 0 };
  await socket.join(room);
  await signalling.embedded.citizenUp(call.id, leg.id);
  wire.send(wire.agents, room, { event: 'peer', body: { callId: call.id, present: true } });
  const view = await signalling.callView(call.id);
  if (view === null) throw notAttached();
  return { epoch: leg.epoch, resumeToken, call: view, iceServers: await signalling.iceServers(leg.id) };
};

const listenToCitizen = (deps: TelephonySockets, wire: Wire, given: { readonly socket: Socket; readonly token: string; readonly listen: Listen }): void => {
  const { socket, token, listen } = given;
  const { signalling } = deps.telephony;
  listen('attach', telAttach, (input) => attach(deps, wire, { socket, token, input }));
  listen('ready', telReady, async () => {
    const party = requireParty(socket);
    await signalling.confirm(party.legId);
    const view = await signalling.callView(party.callId);
    if (view?.agentLegId !== null && view?.agentLegId !== undefined) wire.negotiate(party.callId, view.agentLegId);
  });
  listen('signal', telSignal, async (signal) => wire.relay('CITIZEN', requireParty(socket), signal));
  listen('media', telMedia, (media) => wire.heard('CITIZEN', requireParty(socket), media));
  listen('key', telKey, async ({ digit }) => {
    const party = requireParty(socket);
    party.keys += 1;
    await signalling.embedded.keyPressed({
      callId: party.callId,
      legId: party.legId,
      digit,
      eventId: `${party.legId}:${party.epoch}:key:${party.keys}:${Date.now()}`,
    });
    const view = await signalling.callView(party.callId);
    return { accepted: view?.callback === true };
  });
  listen('bye', telBye, async () => {
    const party = requireParty(socket);
    await signalling.embedded.citizenGone(party.callId, party.legId, 'normal');
  });
};

/** Citizens without an account: the handshake carries the token of one call, and that call is all they can touch. */
export const openCitizenNamespace = (deps: TelephonySockets, wire: Wire): void => {
  wire.citizens.use((socket, next) => {
    const parsed = telHandshake.safeParse(socket.handshake.auth);
    if (!parsed.success) return next(new Error('token-required'));
    deps.telephony.signalling.knowsToken(parsed.data.token).then(
      (known) => next(known ? undefined : new Error('call-ended')),
      () => next(new Error('unavailable')),
    );
    return undefined;
  });
  wire.citizens.on('connection', (socket) => {
    const { token } = telHandshake.parse(socket.handshake.auth);
    listenToCitizen(deps, wire, { socket, token, listen: createListen(socket, deps.logger) });
    socket.on('disconnect', () => {
      const { party } = citizenSocketOf(socket);
      // Not a hang-up: a reload or a dead spot looks the same, so the line is kept for them (design-channels §2.6).
      if (party !== null) wire.send(wire.agents, callRoom(party.callId), { event: 'peer', body: { callId: party.callId, present: false } });
    });
  });
};
