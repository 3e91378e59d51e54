import type { IceServer, TelAgentView, TelCallView, TelProbeAnswer, TelSignal } from '#contracts/realtime/telephony';
import { createEmitter, type Emitter } from './emitter';
import { type AudioOptions, MicrophoneFault } from './microphone';
import { Sound } from './sound';
import { Talk } from './talk';
import { LineRefused, type TelLine } from './tel-line';

export type AgentPhoneState = 'off' | 'connecting' | 'idle' | 'joining' | 'talking' | 'held' | 'lost' | 'taken-over';

export interface AgentPhoneEvents {
  state: AgentPhoneState;
  /** Device check passed or not; READY needs it. */
  device: boolean;
  /** The citizen's page went away or came back. */
  peer: { readonly callId: string; readonly present: boolean };
  needsClick: boolean;
  problem: { readonly code: string; readonly message: string };
  ended: { readonly callId: string; readonly cause: string };
}

export interface AgentPhoneOptions {
  readonly openLine: () => TelLine;
  readonly audio?: AudioOptions;
}

interface Joined {
  readonly callId: string;
  readonly legId: string;
}

/** The console's telephone. HTTP decides (accept, hold, hang up); this carries the sound and shows that the seat is alive. */
export class AgentPhone {
  readonly sound: Sound;
  readonly #options: AgentPhoneOptions;
  readonly #events: Emitter<AgentPhoneEvents> = createEmitter();
  #state: AgentPhoneState = 'off';
  #since = Date.now();
  #line: TelLine | null = null;
  #talk: Talk | null = null;
  #epoch: number | null = null;
  #joined: Joined | null = null;
  #held = false;
  #iceServers: readonly IceServer[] = [];

  constructor(options: AgentPhoneOptions) {
    this.#options = options;
    this.sound = new Sound(options.audio ?? {});
  }

  on<E extends keyof AgentPhoneEvents>(event: E, listener: (value: AgentPhoneEvents[E]) => void): () => void {
    return this.#events.on(event, listener);
  }

  get state(): AgentPhoneState {
    return this.#state;
  }

  /** Milliseconds since 1970 at which the present state began. */
  get since(): number {
    return this.#since;
  }

  get callId(): string | null {
    return this.#joined?.callId ?? null;
  }

  get deviceOk(): boolean {
    return this.sound.ready;
  }

  #to(state: AgentPhoneState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#since = Date.now();
    this.#events.emit('state', state);
  }

  #fault = (error: unknown): void => {
    const known = error instanceof LineRefused || error instanceof MicrophoneFault;
    this.#events.emit('problem', { code: known ? error.code : 'line', message: known ? error.message : '话机连接不稳定，正在重新连接…' });
  };

  /** Connects the seat; the device check may follow later, with a click. */
  start(): void {
    if (this.#line !== null) return;
    const line = this.#options.openLine();
    this.#line = line;
    this.#talk = new Talk({
      line,
      microphone: () => (this.#held ? this.sound.tones.musicTrack() : this.sound.track),
      iceServers: () => this.#iceServers,
      onRemote: (stream) => void this.#hear(stream),
      onHeard: () => this.#to(this.#held ? 'held' : 'talking'),
      onFault: this.#fault,
    });
    this.#listen(line, this.#talk);
    this.#to('connecting');
    line.connect();
  }

  #listen(line: TelLine, talk: Talk): void {
    line.on('connect', () => void this.#hello(line));
    line.on('disconnect', () => {
      // The sound goes from browser to browser and does not need this line.
      if (this.#state !== 'taken-over' && this.#state !== 'talking' && this.#state !== 'held') this.#to('lost');
    });
    line.on('connect_error', (error: Error) => {
      if (error.message === 'sign-in-required') this.#events.emit('problem', { code: 'signed-out', message: '登录已失效，请重新登录。' });
      this.#to('lost');
    });
    line.on('probe', async (): Promise<TelProbeAnswer> => ({ media: await talk.media() }));
    line.on('join', (joined: Joined) => void this.#join(joined));
    line.on('signal', (signal: TelSignal) => this.#take(talk, signal));
    line.on('mix', ({ callId, held }: { readonly callId: string; readonly held: boolean }) => {
      if (callId === this.#joined?.callId) void this.#mix(held);
    });
    line.on('peer', (peer: AgentPhoneEvents['peer']) => this.#events.emit('peer', { callId: peer.callId, present: peer.present }));
    line.on('ended', ({ callId, cause }: { readonly callId: string; readonly cause: string }) => this.#end(callId, cause));
    line.on('taken-over', () => this.#takenOver());
  }

  /** Microphone granted, sound running after a click: from here ringing is never blocked by the browser. */
  async checkDevices(): Promise<void> {
    try {
      await this.sound.open();
    } finally {
      this.#events.emit('device', this.deviceOk);
      if (this.#line?.connected === true) await this.#hello(this.#line);
    }
  }

  /** True when the microphone was granted before, so that a reload needs no click for it. */
  async #microphoneIsGranted(): Promise<boolean> {
    try {
      return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state === 'granted';
    } catch {
      return false;
    }
  }

  /** After a reload: what was allowed once is opened again without asking; where the browser wants a click, the check stays open. */
  async #openQuietly(): Promise<void> {
    if (this.deviceOk || this.#epoch !== null || !(await this.#microphoneIsGranted())) return;
    try {
      await this.sound.open();
    } catch {
      // The device check says what is wrong, when the agent asks for it.
    }
    this.#events.emit('device', this.deviceOk);
  }

  async #hello(line: TelLine): Promise<void> {
    try {
      await this.#openQuietly();
      const view = await line.say<TelAgentView>('hello', { deviceOk: this.deviceOk, epoch: this.#epoch });
      const newPage = this.#epoch !== view.epoch;
      this.#epoch = view.epoch;
      this.#iceServers = view.iceServers;
      await this.#show(view, newPage);
    } catch (error) {
      this.#fault(error);
    }
  }

  /** Puts the phone right after whatever it missed; a reload in mid-call joins it again. */
  async #show(view: TelAgentView, newPage: boolean): Promise<void> {
    const legId = view.call?.agentLegId ?? null;
    if (view.call === null || legId === null) {
      if (this.#joined !== null) this.#end(this.#joined.callId, 'normal');
      else if (this.#state !== 'joining') this.#to('idle');
      return;
    }
    if (!newPage && this.#joined?.legId === legId) {
      await this.#line?.say('ready', { callId: view.call.callId, legId, epoch: view.epoch });
      return;
    }
    await this.#join({ callId: view.call.callId, legId });
  }

  async #join(joined: Joined): Promise<void> {
    const line = this.#line;
    if (line === null || this.#epoch === null) return;
    this.stopRinging();
    this.#joined = joined;
    this.#held = false;
    this.#to('joining');
    try {
      await this.sound.open();
      const call = await line.say<TelCallView | null>('ready', { ...joined, epoch: this.#epoch });
      this.#held = call?.held === true;
    } catch (error) {
      this.#fault(error);
    }
  }

  #take(talk: Talk, signal: TelSignal): void {
    const joined = this.#joined;
    if (joined === null || signal.callId !== joined.callId || this.#epoch === null) return;
    if (signal.kind === 'offer') {
      talk.begin({ callId: joined.callId, legId: joined.legId, peerLegId: signal.legId, epoch: this.#epoch }, signal.nego);
      this.sound.element.muted = this.#held;
    }
    talk.take(signal);
  }

  /** Hold: the citizen hears music, this side hears nothing. */
  async #mix(held: boolean): Promise<void> {
    this.#held = held;
    this.sound.element.muted = held;
    this.#to(held ? 'held' : 'talking');
    try {
      await this.#talk?.link?.speak(held ? this.sound.tones.musicTrack() : this.sound.track);
    } catch (error) {
      this.#fault(error);
    }
  }

  async #hear(stream: MediaStream): Promise<void> {
    if (!(await this.sound.play(stream))) this.#events.emit('needsClick', true);
  }

  async allowSound(): Promise<void> {
    await this.sound.context.resume();
    await this.sound.element.play();
    this.#events.emit('needsClick', false);
  }

  /** The console rings when it hears that a call was offered to this seat. */
  startRinging(): void {
    if (this.deviceOk) this.sound.tones.ring();
  }

  stopRinging(): void {
    if (this.deviceOk) this.sound.tones.stopRing();
  }

  mute(on: boolean): void {
    this.sound.mute(on);
  }

  #end(callId: string, cause: string): void {
    if (this.#joined?.callId !== callId) return;
    this.#talk?.end();
    this.#joined = null;
    this.#held = false;
    this.sound.quiet();
    this.sound.element.muted = false;
    this.#to('idle');
    this.#events.emit('ended', { callId, cause });
  }

  #takenOver(): void {
    this.#talk?.end();
    this.#line?.close();
    this.#line = null;
    this.#joined = null;
    this.sound.quiet();
    this.#to('taken-over');
    this.#events.emit('problem', { code: 'taken-over', message: '已在另一窗口接管' });
  }

  close(): void {
    this.#talk?.end();
    this.#line?.close();
    this.#line = null;
    this.sound.close();
    this.#events.clear();
    this.#state = 'off';
  }
}
