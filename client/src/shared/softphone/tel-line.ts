import { io } from 'socket.io-client';
import { type TelAck, telNamespace, telPublicNamespace } from '#contracts/realtime/telephony';

/** What a phone needs of a socket; tests put a fake in its place. */
export interface TelLine {
  readonly connected: boolean;
  /** The listener's answer is the acknowledgement. */
  on(event: string, listener: (body: never) => unknown): void;
  /** Rejects when the server refuses or does not answer in time. */
  say<T>(event: string, body: unknown): Promise<T>;
  connect(): void;
  close(): void;
}

/** The server's words for why it refused; shown as they are. */
export class LineRefused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(problem: { readonly code: string; readonly title: string; readonly status: number }) {
    super(problem.title);
    this.name = 'LineRefused';
    this.code = problem.code;
    this.status = problem.status;
  }
}

const answerWithinMs = 5_000;

const openLine = (namespace: string, options: { readonly url?: string | undefined; readonly auth?: object }): TelLine => {
  const socket = io(`${options.url ?? ''}${namespace}`, {
    transports: ['websocket'],
    autoConnect: false,
    withCredentials: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    randomizationFactor: 0.5,
    reconnectionAttempts: Number.POSITIVE_INFINITY,
    ...(options.auth === undefined ? {} : { auth: options.auth }),
  });
  return {
    get connected() {
      return socket.connected;
    },
    on: (event, listener) => {
      socket.on(event, (...given: unknown[]) => {
        const acknowledge = given.at(-1);
        const answer = (listener as (body: unknown) => unknown)(given[0]);
        if (typeof acknowledge !== 'function') return;
        void Promise.resolve(answer).then((value) => (acknowledge as (value: unknown) => void)(value ?? null));
      });
    },
    say: async <T>(event: string, body: unknown): Promise<T> => {
      const answer = (await socket.timeout(answerWithinMs).emitWithAck(event, body)) as TelAck<T>;
      if (!answer.ok) throw new LineRefused(answer.problem);
      return answer.value;
    },
    connect: () => void socket.connect(),
    close: () => void socket.disconnect(),
  };
};

/** The telephone of a signed-in agent; the session cookie speaks for them. */
export const openAgentLine = (url?: string): TelLine => openLine(telNamespace, { url });

/** The telephone of a citizen; the token belongs to one call. */
export const openCitizenLine = (token: string, url?: string): TelLine => openLine(telPublicNamespace, { url, auth: { token } });
