import type { StartedCallView } from '#contracts/api/telephony';
import type { IceServer, TelAttached, TelCallView, TelProbeAnswer, TelProgram, TelSignal, TelWait } from '#contracts/realtime/telephony';
import { createEmitter, type Emitter } from './emitter';
import { type AudioOptions, MicrophoneFault } from './microphone';
import { newNego } from './peer-link';
import { Sound } from './sound';
import { Talk } from './talk';
import { LineRefused, type TelLine } from './tel-line';

export type CitizenPhoneState = 'idle' | 'connecting' | 'waiting' | 'talking' | 'held' | 'reconnecting' | 'ended';

export interface CitizenEnd {
  readonly cause: string;
  /** We have promised to ring back. */
  readonly callback: boolean;
}

export interface CitizenPhoneEvents {
  state: CitizenPhoneState;
  wait: TelWait;
  /** Something to show, such as the apology after an agent was lost. */
  notice: string;
  /** The browser wants a click before it plays sound: call `allowSound` from one. */
  needsClick: boolean;
  problem: { readonly code: string; readonly message: string };
  ended: CitizenEnd;
}

export interface CitizenPhoneOptions {
  readonly start: (request: { readonly phone?: string; readonly consent: true }) => Promise<StartedCallView>;
  readonly openLine: (token: string) => TelLine;
  readonly audio?: AudioOptions;
  /** Holds the tokens of the running call over a reload; never a number. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

interface Held {
  readonly callId: string;
  readonly legId: string;
  readonly token: string;
  readonly resumeToken: string;
}

const storageKey = 'huiyin.call';
const sentences: Readonly<Record<string, string>> = {
  apology: '非常抱歉，刚才的通话中断了。您已排在最前面，下一位坐席会接着为您服务，刚才登记的内容都在。',
};

const parseHeld = (stored: string | null): Held | null => {
  if (stored === null) return null;
  try {
    const held = JSON.parse(stored) as Partial<Record<keyof Held, unknown>>;
    const { callId, legId, token, resumeToken } = held;
    if (typeof callId !== 'string' || typeof legId !== 'string' || typeof token !== 'string' || typeof resumeToken !== 'string') return null;
    return { callId, legId, token, resumeToken };
  } catch {
    return null;
  }
};

/** 网络电话 of a citizen's page: one call at a time; a reload or a dead spot continues it. */
export class CitizenPhone {
  readonly sound: Sound;
  readonly #options: CitizenPhoneOptions;
  readonly #events: Emitter<CitizenPhoneEvents> = createEmitter();
  #state: CitizenPhoneState = 'idle';
  #since = Date.now();
  #line: TelLine | null = null;
  #talk: Talk | null = null;
  #held: Held | null = null;
  #epoch: number | null = null;
  #iceServers: readonly IceServer[] = [];
  #program: TelProgram | null = null;

  constructor(options: CitizenPhoneOptions) {
    this.#options = options;
    this.sound = new Sound(options.audio ?? {});
  }

  on<E extends keyof CitizenPhoneEvents>(event: E, listener: (value: CitizenPhoneEvents[E]) => void): () => void {
    return this.#events.on(event, listener);
  }

  get state(): CitizenPhoneState {
    return this.#state;
  }

  /** Milliseconds since 1970 at which the present state began; the timer of the screen. */
  get since(): number {
    return this.#since;
  }

  get callId(): string | null {
    return this.#held?.callId ?? null;
  }

  /** Key 1 asks to be rung back; only where a number was left. */
  get canAskForCallback(): boolean {
    return this.#program?.keys['1'] === 'callback' && (this.#state === 'waiting' || this.#state === 'reconnecting');
  }

  #to(state: CitizenPhoneState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#since = Date.now();
    if (state === 'waiting') this.sound.tones.playMusic();
    else this.sound.tones.stopMusic();
    this.#events.emit('state', state);
  }

  #fault = (error: unknown): void => {
    const code = error instanceof LineRefused || error instanceof MicrophoneFault ? error.code : 'line';
    const message = error instanceof LineRefused || error instanceof MicrophoneFault ? error.message : '网络不稳定，正在重新连接…';
    this.#events.emit('problem', { code, message });
  };

  /** Microphone first, so that nobody waits in a queue and is then not heard. */
  async checkMicrophone(): Promise<void> {
    await this.sound.open();
  }

  async call(request: { readonly phone?: string; readonly consent: true }): Promise<void> {
    if (this.#state !== 'idle' && this.#state !== 'ended') return;
    await this.checkMicrophone();
    this.#to('connecting');
    try {
      const { callId, legId, token, resumeToken } = await this.#options.start(request);
      this.#hold({ callId, legId, token, resumeToken });
      this.#open();
    } catch (error) {
      this.#to('idle');
      throw error;
    }
  }

  /** After a reload: takes the running call up again; answers false when there is none. */
  async resume(): Promise<boolean> {
    const held = parseHeld(this.#options.storage?.getItem(storageKey) ?? null);
    if (held === null) return false;
    this.#held = held;
    await this.checkMicrophone();
    this.#to('reconnecting');
    this.#open();
    return true;
  }

  #hold(held: Held | null): void {
    this.#held = held;
    if (held === null) this.#options.storage?.removeItem(storageKey);
    else this.#options.storage?.setItem(storageKey, JSON.stringify(held));
  }

  #open(): void {
    const held = this.#held;
    if (held === null) return;
    this.#epoch = null;
    const line = this.#options.openLine(held.token);
    this.#line = line;
    this.#talk = new Talk({
      line,
      microphone: () => this.sound.track,
      iceServers: () => this.#iceServers,
      onRemote: (stream) => void this.#hear(stream),
      onHeard: () => this.#to('talking'),
      onFault: this.#fault,
    });
    this.#listen(line, this.#talk);
    line.connect();
  }

  #listen(line: TelLine, talk: Talk): void {
    line.on('connect', () => void this.#attach(line));
    line.on('disconnect', () => {
      if (this.#state !== 'ended' && this.#state !== 'talking' && this.#state !== 'held') this.#to('reconnecting');
    });
    line.on('connect_error', (error: Error) => {
      if (error.message === 'call-ended') this.#finish({ cause: 'normal', callback: false });
    });
    line.on('probe', async (): Promise<TelProbeAnswer> => ({ media: await talk.media() }));
    line.on('negotiate', ({ peerLegId }: { readonly peerLegId: string }) => this.#negotiate(talk, peerLegId));
    line.on('signal', (signal: TelSignal) => talk.take(signal));
    line.on('park', ({ program }: { readonly program: TelProgram }) => this.#park(program));
    line.on('wait', (wait: TelWait) => this.#events.emit('wait', wait));
    line.on('mix', ({ held }: { readonly held: boolean }) => this.#to(held ? 'held' : 'talking'));
    line.on('play', ({ prompt }: { readonly prompt: string }) => this.#events.emit('notice', sentences[prompt] ?? ''));
    line.on('ended', (end: CitizenEnd) => this.#finish({ cause: end.cause, callback: end.callback }));
    line.on('taken-over', () => this.#finish({ cause: 'taken-over', callback: false }));
  }

  async #attach(line: TelLine): Promise<void> {
    const held = this.#held;
    if (held === null) return;
    try {
      const { callId, legId, resumeToken } = held;
      const attached = await line.say<TelAttached>('attach', { callId, legId, resumeToken, epoch: this.#epoch });
      this.#epoch = attached.epoch;
      this.#iceServers = attached.iceServers;
      if (attached.resumeToken !== null) this.#hold({ ...held, resumeToken: attached.resumeToken });
      this.#show(attached.call);
      // The same page that comes back keeps its sound; a new page negotiates anew.
      if (attached.resumeToken !== null) await line.say('ready', { callId, legId, epoch: attached.epoch });
    } catch (error) {
      if (error instanceof LineRefused && error.status === 410) this.#finish({ cause: 'normal', callback: false });
      else this.#fault(error);
    }
  }

  /** Puts the page right after whatever it missed. */
  #show(call: TelCallView): void {
    if (call.state === 'CLOSED' || call.state === 'WRAP') return this.#finish({ cause: 'normal', callback: call.callback });
    if (call.program !== null) this.#program = call.program;
    if (call.wait !== null) this.#events.emit('wait', call.wait);
    if (call.state === 'TALKING') this.#to(this.#talk?.link === null ? 'reconnecting' : call.held ? 'held' : 'talking');
    else this.#to('waiting');
    return undefined;
  }

  #park(program: TelProgram): void {
    this.#program = program;
    this.#talk?.end();
    this.sound.quiet();
    if (program.say.some((line) => line.text === 'apology')) this.#events.emit('notice', sentences['apology'] ?? '');
    this.#to('waiting');
  }

  #negotiate(talk: Talk, peerLegId: string): void {
    const held = this.#held;
    if (held === null || this.#epoch === null) return;
    talk.begin({ callId: held.callId, legId: held.legId, peerLegId, epoch: this.#epoch }, newNego()).offer().catch(this.#fault);
  }

  async #hear(stream: MediaStream): Promise<void> {
    if (!(await this.sound.play(stream))) this.#events.emit('needsClick', true);
  }

  async allowSound(): Promise<void> {
    await this.sound.context.resume();
    await this.sound.element.play();
    this.#events.emit('needsClick', false);
  }

  mute(on: boolean): void {
    this.sound.mute(on);
  }

  /** Answers whether the key did something. */
  async press(digit: string): Promise<boolean> {
    if (this.#line === null) return false;
    try {
      return (await this.#line.say<{ accepted: boolean }>('key', { digit })).accepted;
    } catch (error) {
      this.#fault(error);
      return false;
    }
  }

  async hangUp(): Promise<void> {
    const [line, held] = [this.#line, this.#held];
    try {
      if (line !== null && held !== null) await line.say('bye', { callId: held.callId });
    } catch {
      // The server finds the silence by itself; the citizen is free at once.
    }
    this.#finish({ cause: 'normal', callback: false });
  }

  #finish(end: CitizenEnd): void {
    if (this.#state === 'ended') return;
    this.#talk?.end();
    this.#line?.close();
    this.#line = null;
    this.sound.quiet();
    // A page that was only overtaken must not take away what the newer page of the same browser tab needs.
    if (end.cause === 'taken-over') this.#held = null;
    else this.#hold(null);
    this.#to('ended');
    this.#events.emit('ended', end);
  }

  close(): void {
    this.#talk?.end();
    this.#line?.close();
    this.#line = null;
    this.sound.close();
    this.#events.clear();
  }
}
