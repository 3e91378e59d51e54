import { z } from 'zod';

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** Every variable that the product reads; all faults are reported at once and then it refuses to start (security F-13). */
export const environmentSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  /** Port of the HTTP server; 0 takes a free one. */
  PORT: whole(0, 65_535).default(3000),
  /** Address to listen on; 0.0.0.0 in a container. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of the embedded database, uploaded files, the made secret and the exported chain heads. */
  DATA_DIR: z.string().min(1).default('./data'),
  /** mysql://user:password@host:port/name; unset = SQLite in DATA_DIR. */
  DATABASE_URL: z
    .string()
    .regex(/^mysql:\/\//, { error: 'must start with mysql://' })
    .optional(),
  /** Connections to the MySQL-protocol database kept by one process. */
  DATABASE_POOL: whole(2, 100).default(10),
  /** redis://host:port; wakes the other nodes; never the only copy of anything. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, { error: 'must start with redis://' })
    .optional(),
  /** Address that browsers use; cookies are Secure when it is https. */
  PUBLIC_URL: z.url().optional(),
  /** all = one process; web = HTTP and sockets; worker = relay, sweeps, reactions. */
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  /** auto = demonstration data on an empty embedded database; 0 never; 1 always (refused in production). */
  DEMO: z.enum(['auto', '0', '1']).default('auto'),
  /** Comma-separated secrets of at least 32 characters, newest first; made and kept in DATA_DIR when unset, required in production. */
  SECRET_KEY: z.string().optional(),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'silent']).default('info'),
  /** How many proxies stand in front whose X-Forwarded-For is believed (security A-9). */
  TRUSTED_PROXIES: whole(0, 10).default(0),
  /** Comma-separated ICE servers for web calls, such as stun:host:3478 or turn:host:3478. */
  ICE_SERVERS: z.string().default(''),
  /** Shared secret of the TURN server, from which time-limited credentials are made. */
  TURN_SECRET: z.string().optional(),
  /** Requests per minute and address on citizen pages before 429; 0 switches the limit off, for load tests only. */
  PUBLIC_RATE_LIMIT: whole(0, 1_000_000).default(300),
});

export type Environment = z.infer<typeof environmentSchema>;
