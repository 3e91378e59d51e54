import type { IceServer, TelSignal } from '#contracts/realtime/telephony';

type Kind = TelSignal['kind'];

export interface PeerLinkOptions {
  /** Names this negotiation; signals of another are not for this link. */
  readonly nego: string;
  readonly iceServers: readonly IceServer[];
  readonly microphone: MediaStreamTrack;
  readonly send: (kind: Kind, data: string) => void;
  readonly onRemote: (stream: MediaStream) => void;
}

/** One RTCPeerConnection from its offer to its end; a broken one is not repaired but replaced by the next negotiation. */
export class PeerLink {
  readonly nego: string;
  readonly #connection: RTCPeerConnection;
  readonly #sender: RTCRtpSender;
  readonly #options: PeerLinkOptions;
  #early: RTCIceCandidateInit[] | null = [];

  constructor(options: PeerLinkOptions) {
    this.nego = options.nego;
    this.#options = options;
    this.#connection = new RTCPeerConnection({ iceServers: options.iceServers.map(({ urls, ...rest }) => ({ urls: [...urls], ...rest })) });
    const stream = new MediaStream([options.microphone]);
    this.#sender = this.#connection.addTrack(options.microphone, stream);
    this.#connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate !== null) options.send('ice', JSON.stringify(candidate.toJSON()));
    });
    this.#connection.addEventListener('track', ({ streams, track }) => options.onRemote(streams[0] ?? new MediaStream([track])));
  }

  /** The citizen's side always offers first. */
  async offer(): Promise<void> {
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    this.#options.send('offer', JSON.stringify(this.#connection.localDescription));
  }

  async take(kind: Kind, data: string): Promise<void> {
    if (kind === 'ice') return this.#takeCandidate(JSON.parse(data) as RTCIceCandidateInit);
    if (kind === 'bye') return undefined;
    await this.#connection.setRemoteDescription(JSON.parse(data) as RTCSessionDescriptionInit);
    for (const candidate of this.#early ?? []) await this.#connection.addIceCandidate(candidate);
    this.#early = null;
    if (kind !== 'offer') return undefined;
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    this.#options.send('answer', JSON.stringify(this.#connection.localDescription));
    return undefined;
  }

  async #takeCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.#early === null) await this.#connection.addIceCandidate(candidate);
    else this.#early.push(candidate);
  }

  /** The microphone, or hold music in its place. */
  async speak(track: MediaStreamTrack): Promise<void> {
    await this.#sender.replaceTrack(track);
  }

  /** Packets heard from the other side since this link began. */
  async heard(): Promise<{ readonly packets: number; readonly lossPct?: number; readonly rttMs?: number }> {
    let packets = 0;
    let lost = 0;
    let rttMs: number | undefined;
    for (const report of (await this.#connection.getStats()).values() as Iterable<Record<string, unknown>>) {
      if (report['type'] === 'inbound-rtp') {
        packets += Number(report['packetsReceived'] ?? 0);
        lost += Math.max(0, Number(report['packetsLost'] ?? 0));
      }
      if (report['type'] === 'candidate-pair' && report['nominated'] === true) rttMs = Number(report['currentRoundTripTime'] ?? 0) * 1000;
    }
    return { packets, ...(packets + lost > 0 ? { lossPct: (lost / (packets + lost)) * 100 } : {}), ...(rttMs === undefined ? {} : { rttMs }) };
  }

  close(): void {
    this.#connection.close();
  }
}

export const newNego = (): string => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => (byte % 36).toString(36)).join('');
