import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface StoppableProxy {
  readonly port: number;
  /** Connections stay open and new ones are accepted, but nothing is passed on. */
  hold(): void;
  /** Every connection breaks, new ones are refused at once. */
  cut(): void;
  /** Everything that was held back goes on its way; new connections are served. */
  resume(): void;
  /** As `resume`, but the connections of before stay silent for ever. */
  resumeNewOnly(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** A line between the product and a server of its own, which a test can interrupt. */
export const startProxy = async (target: { readonly host: string; readonly port: number }): Promise<StoppableProxy> => {
  let mode: 'pass' | 'hold' | 'cut' = 'pass';
  const pairs = new Set<Pair>();
  const pass = ({ near, far }: Pair): void => {
    near.pipe(far);
    far.pipe(near);
  };
  const silence = ({ near, far }: Pair): void => {
    near.unpipe(far);
    far.unpipe(near);
    near.pause();
    far.pause();
  };
  const server = createServer((near) => {
    if (mode === 'cut') return void near.destroy();
    const pair = { near, far: connect(target.port, target.host) };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      pair.far.destroy();
    };
    for (const socket of [near, pair.far]) socket.on('error', end).on('close', end);
    if (mode === 'pass') pass(pair);
    else silence(pair);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = (): void => {
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    hold: () => {
      mode = 'hold';
      for (const pair of pairs) silence(pair);
    },
    cut: () => {
      mode = 'cut';
      breakAll();
    },
    resume: () => {
      mode = 'pass';
      for (const pair of pairs) pass(pair);
    },
    resumeNewOnly: () => {
      mode = 'pass';
    },
    close: async () => {
      breakAll();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
};
