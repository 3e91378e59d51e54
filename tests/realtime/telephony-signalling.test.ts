import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import type { TelAck, TelAgentView, TelAttached } from '#contracts/realtime/telephony';
import type { StaffActor } from '#kernel';
import { silentLogger } from '#platform';
import { attachTelephony, type TelephonySignalling } from '../../server/realtime/telephony-signalling';
import { anAgent, type Rig, startRig } from '../unit/telephony/telephony-rig';

let rig: Rig;
let http: HttpServer;
let io: Server;
let signalling: TelephonySignalling;
let url: string;
const open: Socket[] = [];
const staff = new Map<string, StaffActor>([
  ['li', anAgent('li')],
  ['wang', anAgent('wang')],
  ['clerk', anAgent('clerk', ['HANDLER'])],
]);
const [li, wang] = [staff.get('li')!, staff.get('wang')!];

beforeAll(async () => {
  rig = await startRig();
  http = createServer();
  io = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 64 * 1024 });
  signalling = attachTelephony({
    io,
    telephony: rig.telephony,
    authenticateStaff: (socket) => Promise.resolve(staff.get(String((socket.handshake.auth as { as?: string }).as)) ?? null),
    logger: silentLogger,
    probeMs: 60_000,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
beforeEach(() => rig.clean());
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await signalling.close();
  await io.close();
  await rig.close();
});

const dial = (namespace: string, auth: object): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(`${url}${namespace}`, { auth, transports: ['websocket'], reconnection: false, forceNew: true });
    open.push(socket);
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });

const say = <T>(socket: Socket, event: string, body: unknown): Promise<TelAck<T>> => socket.timeout(15_000).emitWithAck(event, body) as Promise<TelAck<T>>;
const value = <T>(answer: TelAck<T>): T => {
  if (!answer.ok) throw new Error(`${answer.problem.code} ${answer.problem.title}`);
  return answer.value;
};
/** Records what the server sends and acknowledges it, as a page does. */
const hear = (socket: Socket, media: () => unknown = () => null) => {
  const heard: { event: string; body: Record<string, unknown> }[] = [];
  socket.onAny((event: string, ...given: unknown[]) => {
    const acknowledge = given.at(-1);
    if (event !== 'probe') heard.push({ event, body: given[0] as Record<string, unknown> });
    if (typeof acknowledge === 'function') (acknowledge as (answer: unknown) => void)(event === 'probe' ? { media: media() } : null);
  });
  return heard;
};
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('never came true');
};
const state = async (): Promise<unknown> => (await rig.rows('SELECT state FROM phone_call ORDER BY id DESC'))[0]?.['state'];

const startCall = async (phone: string | null = '13800138000') => {
  const started = await rig.telephony.startWebCall({
    phone,
    dialled: '12345',
    actor: { kind: 'citizen', id: 'web', address: '127.0.0.1' },
    address: '127.0.0.1',
  });
  const socket = await dial('/tel-pub', { token: started.token });
  const heard = hear(socket);
  const attached = value(
    await say<TelAttached>(socket, 'attach', { callId: started.callId, legId: started.legId, resumeToken: started.resumeToken, epoch: null }),
  );
  await say(socket, 'ready', { callId: started.callId, legId: started.legId, epoch: attached.epoch });
  await rig.telephony.settle();
  return { ...started, socket, heard, attached };
};

const console_ = async (agent: StaffActor, epoch: number | null = null) => {
  const socket = await dial('/tel', { as: agent.id });
  const heard = hear(socket);
  const view = value(await say<TelAgentView>(socket, 'hello', { deviceOk: true, epoch }));
  return { socket, heard, view };
};

const talk = async () => {
  const agent = await console_(li);
  await rig.telephony.agents.changeState(li, { state: 'READY' });
  const citizen = await startCall();
  await rig.telephony.accept(citizen.callId, li);
  await rig.telephony.settle();
  await until(() => agent.heard.some((one) => one.event === 'join'));
  const { legId } = agent.heard.find((one) => one.event === 'join')!.body as { legId: string };
  value(await say(agent.socket, 'ready', { callId: citizen.callId, legId, epoch: agent.view.epoch }));
  await until(() => citizen.heard.some((one) => one.event === 'negotiate'));
  return { agent: { ...agent, legId }, citizen };
};

const signalOf = (given: { callId: string; legId: string; epoch: number }, seq: number, kind = 'offer') => ({
  callId: given.callId,
  legId: given.legId,
  epoch: given.epoch,
  seq,
  nego: 'abcd1234',
  kind,
  data: 'v=0',
});
const mediaOf = (given: { callId: string; legId: string; epoch: number; peerLegId: string }, packets: number) => ({ ...given, nego: 'abcd1234', packets });

describe('信令', () => {
  test('the page that attaches waits in the queue and hears its program and place', async () => {
    const { heard, attached } = await startCall();
    expect(attached).toMatchObject({ epoch: 1, call: { state: 'QUEUED', wait: { position: 1 }, program: { keys: { 1: 'callback' } } } });
    await until(() => heard.some((one) => one.event === 'park'));
    await signalling.probe();
    await until(() => heard.some((one) => one.event === 'wait'));
  });

  test('accept → the citizen is asked to offer, signals reach only the other side of the call, sound on both sides makes it answered', async () => {
    const { agent, citizen } = await talk();
    const theirs = { callId: citizen.callId, legId: citizen.legId, epoch: 1 };
    value(await say(citizen.socket, 'signal', signalOf(theirs, 1)));
    await until(() => agent.heard.some((one) => one.event === 'signal'));
    expect(agent.heard.find((one) => one.event === 'signal')?.body).toMatchObject({ kind: 'offer', nego: 'abcd1234' });
    const ours = { callId: citizen.callId, legId: agent.legId, epoch: agent.view.epoch };
    value(await say(agent.socket, 'signal', signalOf(ours, 1, 'answer')));
    await until(() => citizen.heard.some((one) => one.event === 'signal'));
    value(await say(agent.socket, 'media', mediaOf({ ...ours, peerLegId: citizen.legId }, 5)));
    expect(await rig.rows('SELECT answeredAt FROM phone_call')).toEqual([{ answeredAt: null }]);
    value(await say(citizen.socket, 'media', mediaOf({ ...theirs, peerLegId: agent.legId }, 5)));
    expect((await rig.rows('SELECT answeredAt FROM phone_call'))[0]?.['answeredAt']).not.toBeNull();
    await rig.telephony.hold(citizen.callId, li);
    await until(() => citizen.heard.some((one) => one.event === 'mix' && one.body['held'] === true));
    await rig.telephony.hangUp(citizen.callId, li);
    await until(() => citizen.heard.some((one) => one.event === 'ended') && agent.heard.some((one) => one.event === 'ended'));
  });

  test('a repeated, older or foreign signal goes nowhere', async () => {
    const { agent, citizen } = await talk();
    const theirs = { callId: citizen.callId, legId: citizen.legId, epoch: 1 };
    value(await say(citizen.socket, 'signal', signalOf(theirs, 5)));
    value(await say(citizen.socket, 'signal', signalOf(theirs, 5)));
    value(await say(citizen.socket, 'signal', signalOf(theirs, 4)));
    expect(await say(citizen.socket, 'signal', signalOf({ ...theirs, legId: agent.legId }, 6))).toMatchObject({ ok: false, problem: { status: 403 } });
    expect(await say(citizen.socket, 'signal', signalOf({ ...theirs, epoch: 0 }, 6))).toMatchObject({ ok: false });
    expect(await say(citizen.socket, 'signal', { ...signalOf(theirs, 7), extra: 1 })).toMatchObject({ ok: false, problem: { status: 422 } });
    expect(await say(citizen.socket, 'signal', { ...signalOf(theirs, 7), data: 'x'.repeat(20_001) })).toMatchObject({ ok: false, problem: { status: 422 } });
    expect(agent.heard.filter((one) => one.event === 'signal')).toHaveLength(1);
    const other = await console_(wang);
    expect(await say(other.socket, 'ready', { callId: citizen.callId, legId: agent.legId, epoch: other.view.epoch })).toMatchObject({
      ok: false,
      problem: { status: 403 },
    });
    expect(await say(other.socket, 'signal', signalOf({ callId: citizen.callId, legId: agent.legId, epoch: other.view.epoch }, 9))).toMatchObject({
      ok: false,
    });
  });

  test("a citizen cannot end another call's conversation by naming its leg", async () => {
    const { agent, citizen } = await talk();
    const stranger = await startCall('13900139000');
    const forged = { callId: stranger.callId, legId: stranger.legId, epoch: 1, peerLegId: agent.legId };
    for (const packets of [1, 1, 1]) {
      rig.clock.advance(16_000);
      value(await say(stranger.socket, 'media', mediaOf(forged, packets)));
    }
    expect((await rig.rows(`SELECT state FROM phone_call WHERE id = '${citizen.callId}'`))[0]).toEqual({ state: 'TALKING' });
    expect((await rig.rows(`SELECT state FROM call_leg WHERE id = '${agent.legId}'`))[0]?.['state']).not.toBe('ENDED');
  });

  test('without a token, with a foreign one or without a role there is no line', async () => {
    await expect(dial('/tel-pub', {})).rejects.toThrow('token-required');
    await expect(dial('/tel-pub', { token: 'x'.repeat(43) })).rejects.toThrow('call-ended');
    await expect(dial('/tel', { as: 'nobody' })).rejects.toThrow('sign-in-required');
    const clerk = await dial('/tel', { as: 'clerk' });
    expect(await say(clerk, 'hello', { deviceOk: true, epoch: null })).toMatchObject({ ok: false, problem: { status: 403 } });
    const first = await startCall();
    const second = await startCall('13900139000');
    const answer = await say(second.socket, 'attach', { callId: first.callId, legId: first.legId, resumeToken: second.resumeToken, epoch: null });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'telephony/resume-refused', status: 410 } });
  });

  test('a reload gets a new epoch and token; the old token then opens nothing and the try is on record', async () => {
    const { citizen, agent } = await talk();
    citizen.socket.disconnect();
    await until(() => agent.heard.some((one) => one.event === 'peer' && one.body['present'] === false));
    const socket = await dial('/tel-pub', { token: citizen.token });
    const heard = hear(socket);
    const resumed = value(
      await say<TelAttached>(socket, 'attach', { callId: citizen.callId, legId: citizen.legId, resumeToken: citizen.attached.resumeToken, epoch: null }),
    );
    expect(resumed).toMatchObject({ epoch: 2, call: { state: 'TALKING', agentLegId: agent.legId } });
    value(await say(socket, 'ready', { callId: citizen.callId, legId: citizen.legId, epoch: 2 }));
    await until(() => heard.some((one) => one.event === 'negotiate'));
    for (const old of [citizen.resumeToken, citizen.attached.resumeToken]) {
      const again = await dial('/tel-pub', { token: citizen.token });
      expect(await say(again, 'attach', { callId: citizen.callId, legId: citizen.legId, resumeToken: old, epoch: null })).toMatchObject({ ok: false });
    }
    const audits = await rig.rows(`SELECT result FROM audit WHERE action = 'call.resume' AND objectId = '${citizen.callId}'`);
    expect(audits).toEqual([{ result: 'refused' }, { result: 'refused' }]);
  });

  test('the same page that comes back keeps its epoch; a second tab of the agent takes the phone', async () => {
    const { citizen, agent } = await talk();
    const socket = await dial('/tel-pub', { token: citizen.token });
    const back = value(
      await say<TelAttached>(socket, 'attach', { callId: citizen.callId, legId: citizen.legId, resumeToken: citizen.attached.resumeToken, epoch: 1 }),
    );
    expect(back).toMatchObject({ epoch: 1, resumeToken: null });
    const tab = await console_(li);
    expect(tab.view).toMatchObject({ epoch: agent.view.epoch + 1, state: 'TALKING', call: { agentLegId: agent.legId } });
    await until(() => agent.heard.some((one) => one.event === 'taken-over') && agent.socket.disconnected);
  });

  test('key 1 promises a call-back, the line ends by that and not before; bye is a hang-up', async () => {
    const asking = await startCall();
    rig.clock.advance(10_000);
    expect(value(await say<{ accepted: boolean }>(asking.socket, 'key', { digit: '1' }))).toEqual({ accepted: true });
    await until(() => asking.heard.some((one) => one.event === 'ended' && one.body['callback'] === true));
    expect(await state()).toBe('CLOSED');
    const leaving = await startCall('13900139000');
    value(await say(leaving.socket, 'bye', { callId: leaving.callId }));
    expect(await rig.rows(`SELECT state, outcome, hangupBy FROM phone_call WHERE id = '${leaving.callId}'`)).toEqual([
      { state: 'CLOSED', outcome: 'ABANDONED', hangupBy: 'CITIZEN' },
    ]);
  });

  test('no sound for six seconds: a new negotiation; for fifteen: the caller is told sorry and waits at the head', async () => {
    const { agent, citizen } = await talk();
    const ours = { callId: citizen.callId, legId: agent.legId, epoch: agent.view.epoch, peerLegId: citizen.legId };
    const theirs = { callId: citizen.callId, legId: citizen.legId, epoch: 1, peerLegId: agent.legId };
    value(await say(agent.socket, 'media', mediaOf(ours, 5)));
    value(await say(citizen.socket, 'media', mediaOf(theirs, 5)));
    const before = citizen.heard.filter((one) => one.event === 'negotiate').length;
    rig.clock.advance(7_000);
    value(await say(citizen.socket, 'media', mediaOf(theirs, 5)));
    await until(() => citizen.heard.filter((one) => one.event === 'negotiate').length === before + 1);
    rig.clock.advance(9_000);
    rig.telephony.presence.agentSeen('li');
    rig.telephony.presence.legSeen(citizen.legId);
    value(await say(citizen.socket, 'media', mediaOf(theirs, 5)));
    expect(await state()).toBe('QUEUED');
    await rig.telephony.settle();
    await until(() => citizen.heard.some((one) => one.event === 'park' && JSON.stringify(one.body).includes('apology')));
    expect(await rig.rows("SELECT state, reason FROM agent_session WHERE agentId = 'li'")).toEqual([{ state: 'BUSY', reason: '通话中断' }]);
  });

  test('a page that does not come back within thirty seconds is a missed call, one that answers probes is not', async () => {
    const citizen = await startCall();
    for (let round = 0; round < 12; round += 1) {
      await signalling.probe();
      await rig.pass(3);
    }
    expect(await state()).toBe('QUEUED');
    citizen.socket.disconnect();
    await rig.pass(32);
    expect(await rig.rows('SELECT outcome, hangupBy FROM phone_call')).toEqual([{ outcome: 'ABANDONED', hangupBy: 'LOST' }]);
    expect(await rig.rows('SELECT kind FROM callback_task')).toEqual([{ kind: 'MISSED' }]);
  });

  test('a flood is refused, not obeyed', async () => {
    const citizen = await startCall();
    const answers = await Promise.all(Array.from({ length: 90 }, () => say(citizen.socket, 'signal', { forged: true })));
    expect(answers.filter((answer) => !answer.ok && answer.problem.status === 429).length).toBeGreaterThan(10);
  });
});
