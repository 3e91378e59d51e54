import type { TelAttached, TelCallView } from '#contracts/realtime/telephony';
import { CitizenPhone, type CitizenPhoneState } from '../../../../client/src/shared/softphone/citizen-phone';
import { LineRefused, type TelLine } from '../../../../client/src/shared/softphone/tel-line';

const world = globalThis as unknown as Record<string, unknown>;

/** Just enough of a sound card for the phone's own logic; real sound is heard in the browser journey. */
class QuietNode {
  gain = { value: 0, setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
  frequency = { value: 0 };
  fftSize = 0;
  connect = (to: unknown) => to;
  disconnect = () => undefined;
  start = () => undefined;
  stop = () => undefined;
}
class QuietContext {
  state = 'running';
  currentTime = 0;
  destination = new QuietNode();
  createGain = () => new QuietNode();
  createOscillator = () => new QuietNode();
  createAnalyser = () => new QuietNode();
  createMediaStreamSource = () => new QuietNode();
  resume = () => Promise.resolve();
  close = () => Promise.resolve();
}

const waiting: TelCallView = {
  callId: 'call-1',
  state: 'QUEUED',
  held: false,
  connectedAt: null,
  enqueuedAt: null,
  agentLegId: null,
  program: { music: 'hold', say: [], keys: { '1': 'callback' } },
  wait: { position: 2, band: '约3分钟' },
  callback: false,
};

/** A server that says what the test tells it to. */
const aLine = (answers: Record<string, (body: never) => unknown>) => {
  const listeners = new Map<string, (body: never) => unknown>();
  const said: { event: string; body: unknown }[] = [];
  const line: TelLine = {
    connected: true,
    on: (event, listener) => void listeners.set(event, listener),
    say: <T>(event: string, body: unknown) => {
      said.push({ event, body });
      const answer = answers[event];
      return answer === undefined ? Promise.resolve(null as T) : (Promise.resolve().then(() => answer(body as never)) as Promise<T>);
    },
    connect: () => void listeners.get('connect')?.(undefined as never),
    close: () => undefined,
  };
  return { line, said, hear: (event: string, body?: unknown) => listeners.get(event)?.(body as never) };
};

const attached = (call: Partial<TelCallView> = {}): TelAttached => ({ epoch: 1, resumeToken: 'second-token', call: { ...waiting, ...call }, iceServers: [] });
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const phones: CitizenPhone[] = [];

const aPhone = (answers: Record<string, (body: never) => unknown> = {}) => {
  const server = aLine({ attach: () => attached(), ...answers });
  const states: CitizenPhoneState[] = [];
  const phone = new CitizenPhone({
    start: () => Promise.resolve({ callId: 'call-1', legId: 'leg-1', token: 'the-token', resumeToken: 'first-token', canBeCalledBack: true }),
    openLine: () => server.line,
    storage: sessionStorage,
  });
  phone.on('state', (state) => states.push(state));
  phones.push(phone);
  return { phone, states, ...server };
};

beforeAll(() => {
  world['AudioContext'] = QuietContext;
  world['MediaStream'] = Object;
  world['RTCPeerConnection'] = Object;
  Object.defineProperty(globalThis, 'isSecureContext', { configurable: true, value: true });
  const stream = { getTracks: () => [], getAudioTracks: () => [{ enabled: true }] };
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: () => Promise.resolve(stream) } });
});
beforeEach(() => sessionStorage.clear());
afterEach(() => {
  for (const phone of phones.splice(0)) phone.close();
});

describe('市民的网络电话', () => {
  test('connects, attaches with its token, keeps the newer one, and waits', async () => {
    const { phone, states, said } = aPhone();
    const places: number[] = [];
    phone.on('wait', ({ position }) => places.push(position));
    await phone.call({ consent: true, phone: '13800138000' });
    await settle();
    expect(states).toEqual(['connecting', 'waiting']);
    expect(said[0]).toEqual({ event: 'attach', body: { callId: 'call-1', legId: 'leg-1', resumeToken: 'first-token', epoch: null } });
    expect(said[1]).toEqual({ event: 'ready', body: { callId: 'call-1', legId: 'leg-1', epoch: 1 } });
    expect(places).toEqual([2]);
    expect(phone.canAskForCallback).toBe(true);
    const kept = String(sessionStorage.getItem('huiyin.call'));
    expect(kept).toContain('second-token');
    expect(kept).not.toContain('13800138000');
  });

  test('a reload takes the call up again; without one there is nothing to resume', async () => {
    expect(await aPhone().phone.resume()).toBe(false);
    await aPhone().phone.call({ consent: true });
    await settle();
    const { phone, said, states } = aPhone();
    expect(await phone.resume()).toBe(true);
    await settle();
    expect(said[0]).toMatchObject({ event: 'attach', body: { resumeToken: 'second-token', epoch: null } });
    expect(states).toEqual(['reconnecting', 'waiting']);
  });

  test('an apology is shown and the music plays on; a promise to ring back ends the call with it', async () => {
    const { phone, hear, states } = aPhone();
    const notices: string[] = [];
    phone.on('notice', (notice) => notices.push(notice));
    let end: unknown = null;
    phone.on('ended', (given) => {
      end = given;
    });
    await phone.call({ consent: true });
    await settle();
    hear('park', { callId: 'call-1', program: { ...waiting.program, say: [{ everySec: 0, text: 'apology' }] } });
    expect(notices[0]).toContain('抱歉');
    hear('ended', { callId: 'call-1', cause: 'callback', callback: true });
    expect(end).toEqual({ cause: 'callback', callback: true });
    expect(states.at(-1)).toBe('ended');
    expect(sessionStorage.getItem('huiyin.call')).toBeNull();
  });

  test('a call that is over is said to be over; a shaky line is only a shaky line', async () => {
    const gone = aPhone({ attach: () => Promise.reject(new LineRefused({ code: 'telephony/resume-refused', title: '这通电话已经结束', status: 410 })) });
    await gone.phone.call({ consent: true });
    await settle();
    expect(gone.phone.state).toBe('ended');
    const shaky = aPhone({ attach: () => Promise.reject(new Error('operation has timed out')) });
    const problems: string[] = [];
    shaky.phone.on('problem', ({ message }) => problems.push(message));
    await shaky.phone.call({ consent: true });
    await settle();
    expect(shaky.phone.state).toBe('connecting');
    expect(problems).toEqual(['网络不稳定，正在重新连接…']);
  });

  test('a newer window takes over without ending the call for it', async () => {
    const { phone, hear } = aPhone();
    await phone.call({ consent: true });
    await settle();
    hear('taken-over');
    expect(phone.state).toBe('ended');
    expect(sessionStorage.getItem('huiyin.call')).not.toBeNull();
  });

  test('hanging up frees the citizen even when the server does not answer', async () => {
    const { phone, said } = aPhone({ bye: () => Promise.reject(new Error('operation has timed out')) });
    await phone.call({ consent: true });
    await settle();
    await phone.hangUp();
    expect(said.at(-1)).toEqual({ event: 'bye', body: { callId: 'call-1' } });
    expect(phone.state).toBe('ended');
  });
});
