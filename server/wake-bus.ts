import { Redis } from 'ioredis';
import type { Logger } from '#platform';

/** Tells the other nodes that the database holds something new. It carries no content: without Redis they find out by looking. */
export interface WakeBus {
  wake(): void;
  onWake(listener: () => void): void;
  /** Whether Redis answers; `off` where none is configured. */
  state(): 'off' | 'up' | 'down';
  close(): void;
}

const channel = 'huiyin:wake';

const silentBus: WakeBus = { wake: () => undefined, onWake: () => undefined, state: () => 'off', close: () => undefined };

export const createWakeBus = (url: string | undefined, logger: Logger): WakeBus => {
  if (url === undefined) return silentBus;
  const listeners: (() => void)[] = [];
  // Without an offline queue nothing piles up while Redis is away (security §10).
  const options = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 300,
    retryStrategy: (times: number) => Math.min(5_000, 200 * times),
    lazyConnect: false,
  } as const;
  const publisher = new Redis(url, options);
  const subscriber = new Redis(url, { ...options, commandTimeout: 2_000, autoResubscribe: true });
  let up = false;
  const note = (now: boolean) => () => {
    if (up === now) return;
    up = now;
    logger[now ? 'info' : 'warn']({ event: now ? 'redis.up' : 'redis.down' });
  };
  publisher.on('ready', note(true));
  publisher.on('close', note(false));
  publisher.on('error', () => undefined);
  subscriber.on('error', () => undefined);
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).catch(() => undefined);
    // What happened while the line was down was not heard.
    for (const listener of listeners) listener();
  });
  subscriber.on('message', () => {
    for (const listener of listeners) listener();
  });
  return {
    wake: () => {
      if (up) publisher.publish(channel, '1').catch(() => undefined);
    },
    onWake: (listener) => void listeners.push(listener),
    state: () => (up ? 'up' : 'down'),
    close: () => {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
};
