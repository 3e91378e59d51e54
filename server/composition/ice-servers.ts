import { createHmac } from 'node:crypto';
import type { Clock } from '#kernel';
import type { TelephonyDeps } from '#telephony';
import type { Config } from '../config';

const lastsSeconds = 12 * 3600;

/**
 * STUN and TURN servers for web calls; none on a local network. TURN credentials are made from the shared secret and expire, so each call
 * is given fresh ones.
 */
export const iceServersOf = (config: Config, clock: Clock): NonNullable<TelephonyDeps['iceServers']> => {
  const { turnSecret } = config;
  return () => {
    const username = `${Math.floor(clock.now().getTime() / 1000) + lastsSeconds}:huiyin`;
    return config.iceServers.map((urls) => {
      if (turnSecret === undefined || !urls.startsWith('turn')) return { urls: [urls] };
      return { urls: [urls], username, credential: createHmac('sha1', turnSecret).update(username).digest('base64') };
    });
  };
};
