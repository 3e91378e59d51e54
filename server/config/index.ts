import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environmentSchema } from './schema';

export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly databasePool: number;
  readonly redisUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly role: 'all' | 'web' | 'worker';
  readonly demo: 'auto' | 'never' | 'always';
  readonly secrets: readonly [string, ...string[]];
  readonly logLevel: string;
  readonly trustedProxies: number;
  readonly iceServers: readonly string[];
  readonly turnSecret: string | undefined;
  readonly publicRateLimit: number;
}

export class ConfigFault extends Error {}

const secretsOf = (given: string | undefined, production: boolean, dataDir: string): readonly [string, ...string[]] => {
  const listed = (given ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [first, ...rest] = listed;
  if (first !== undefined) {
    if (listed.some((secret) => secret.length < 32)) throw new ConfigFault('SECRET_KEY: each secret needs at least 32 characters');
    return [first, ...rest];
  }
  if (production) throw new ConfigFault('SECRET_KEY: required when NODE_ENV=production');
  const file = join(dataDir, 'secret.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return [readFileSync(file, 'utf8').trim()];
};

const demoModes = { auto: 'auto', '0': 'never', '1': 'always' } as const;

/** Reads and judges the environment once; the only place that does. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env): Config => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new ConfigFault(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  const { data } = parsed;
  const production = data.NODE_ENV === 'production';
  if (production && data.DEMO === '1') throw new ConfigFault('DEMO: demonstration data is refused when NODE_ENV=production');
  const dataDir = resolve(data.DATA_DIR);
  mkdirSync(dataDir, { recursive: true });
  return Object.freeze({
    production,
    port: data.PORT,
    host: data.HOST,
    dataDir,
    databaseUrl: data.DATABASE_URL,
    databasePool: data.DATABASE_POOL,
    redisUrl: data.REDIS_URL,
    publicUrl: data.PUBLIC_URL,
    role: data.ROLE,
    demo: production ? 'never' : demoModes[data.DEMO],
    secrets: secretsOf(data.SECRET_KEY, production, dataDir),
    logLevel: data.LOG_LEVEL,
    trustedProxies: data.TRUSTED_PROXIES,
    iceServers: data.ICE_SERVERS.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
    turnSecret: data.TURN_SECRET,
    publicRateLimit: data.PUBLIC_RATE_LIMIT,
  });
};
