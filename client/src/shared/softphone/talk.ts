import type { IceServer, TelMedia, TelSignal } from '#contracts/realtime/telephony';
import { PeerLink } from './peer-link';
import type { TelLine } from './tel-line';

export interface TalkParty {
  readonly callId: string;
  readonly legId: string;
  readonly peerLegId: string;
  readonly epoch: number;
}

export interface TalkOptions {
  readonly line: TelLine;
  readonly microphone: () => MediaStreamTrack;
  readonly iceServers: () => readonly IceServer[];
  readonly onRemote: (stream: MediaStream) => void;
  /** The first sound of a negotiation has arrived. */
  readonly onHeard: () => void;
  readonly onFault: (error: unknown) => void;
}

const firstPacketEveryMs = 200;

/** The sound of one page: at most one link at a time, its signals numbered, its packets counted. */
export class Talk {
  readonly #options: TalkOptions;
  #link: PeerLink | null = null;
  #party: TalkParty | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;
  #seq = 0;
  /** Signals are applied one after the other, as they came. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: TalkOptions) {
    this.#options = options;
  }

  get party(): TalkParty | null {
    return this.#party;
  }

  /** Begins a negotiation and closes the one before. */
  begin(party: TalkParty, nego: string): PeerLink {
    this.end();
    this.#party = party;
    const link = new PeerLink({
      nego,
      iceServers: this.#options.iceServers(),
      microphone: this.#options.microphone(),
      send: (kind, data) => this.#send(party, { nego, kind, data }),
      onRemote: this.#options.onRemote,
    });
    this.#link = link;
    this.#watch = setInterval(() => void this.#lookForFirstPacket(link), firstPacketEveryMs);
    return link;
  }

  #send(party: TalkParty, signal: Pick<TelSignal, 'nego' | 'kind' | 'data'>): void {
    this.#seq += 1;
    const { callId, legId, epoch } = party;
    this.#options.line.say('signal', { callId, legId, epoch, seq: this.#seq, ...signal }).catch(this.#options.onFault);
  }

  async #lookForFirstPacket(link: PeerLink): Promise<void> {
    const media = await this.media();
    if (link !== this.#link || media === null || media.packets === 0 || this.#watch === null) return;
    this.#stopWatching();
    this.#options.onHeard();
    await this.#options.line.say('media', media).catch(this.#options.onFault);
  }

  #stopWatching(): void {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }

  /** Applies a signal of the other side; one that belongs to an older negotiation does nothing. */
  take(signal: Pick<TelSignal, 'nego' | 'kind' | 'data'>): void {
    this.#queue = this.#queue
      .then(async () => {
        if (this.#link?.nego === signal.nego) await this.#link.take(signal.kind, signal.data);
      })
      .catch(this.#options.onFault);
  }

  get link(): PeerLink | null {
    return this.#link;
  }

  /** What a probe is answered with. */
  async media(): Promise<TelMedia | null> {
    const [link, party] = [this.#link, this.#party];
    if (link === null || party === null) return null;
    return { callId: party.callId, legId: party.legId, peerLegId: party.peerLegId, epoch: party.epoch, nego: link.nego, ...(await link.heard()) };
  }

  end(): void {
    this.#stopWatching();
    this.#link?.close();
    this.#link = null;
    this.#party = null;
  }
}
