import { type AudioOptions, closeStream, createLevelMeter, type LevelMeter, openMicrophone } from './microphone';
import { createTones, type Tones } from './tones';

/** Everything of a page that makes or takes sound: microphone, loudspeaker, music, level. */
export class Sound {
  readonly element: HTMLAudioElement;
  readonly #options: AudioOptions;
  #context: AudioContext | null = null;
  #stream: MediaStream | null = null;
  #tones: Tones | null = null;
  #meter: LevelMeter | null = null;

  constructor(options: AudioOptions) {
    this.#options = options;
    this.element = document.createElement('audio');
    this.element.autoplay = true;
    this.element.setAttribute('playsinline', '');
  }

  get remoteStream(): MediaStream | null {
    return this.element.srcObject instanceof MediaStream ? this.element.srcObject : null;
  }

  get ready(): boolean {
    return this.#stream !== null && this.#context?.state === 'running';
  }

  get tones(): Tones {
    this.#tones ??= createTones(this.context);
    return this.#tones;
  }

  get context(): AudioContext {
    this.#context ??= new AudioContext();
    return this.#context;
  }

  /** Needs a click before it on most browsers; so ringing is never blocked later. */
  async open(): Promise<void> {
    this.#stream ??= await openMicrophone(this.#options);
    if (this.context.state !== 'running') await Promise.race([this.context.resume(), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    this.#meter ??= createLevelMeter(this.context, this.#stream);
  }

  get track(): MediaStreamTrack {
    const [track] = this.#stream?.getAudioTracks() ?? [];
    if (track === undefined) throw new Error('the microphone is not open');
    return track;
  }

  mute(on: boolean): void {
    for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = !on;
  }

  level(): number {
    return this.#meter?.read() ?? 0;
  }

  /** Answers false when the browser wants a click before it plays. */
  async play(stream: MediaStream): Promise<boolean> {
    this.element.srcObject = stream;
    try {
      await this.element.play();
      return true;
    } catch (error) {
      return (error as Error).name !== 'NotAllowedError';
    }
  }

  quiet(): void {
    this.element.srcObject = null;
  }

  close(): void {
    this.quiet();
    this.#tones?.close();
    this.#meter?.close();
    closeStream(this.#stream);
    this.#stream = null;
    void this.#context?.close();
    this.#context = null;
    this.#tones = null;
    this.#meter = null;
  }
}
