import pino, { type DestinationStream } from 'pino';

/** Fields that may appear in a log line; everything else is dropped, so that no name, number or free text can slip in (security P-3, I-18). */
const allowed = new Set([
  'event',
  'requestId',
  'method',
  'route',
  'status',
  'durationMs',
  'actorKind',
  'actorId',
  'code',
  'kind',
  'errorName',
  'errorCode',
  'frames',
  'reaction',
  'factSeq',
  'attempts',
  'job',
  'count',
  'lagMs',
  'address',
  'port',
  'url',
  'dialect',
  'migrations',
  'adapter',
  'callId',
  'seq',
  'name',
  'version',
  'node',
  'role',
  'signal',
  'detail',
  'file',
  'rows',
  'total',
]);

export type LogFields = Readonly<Record<string, unknown>> & { readonly event: string };

/** Lines are fields, not sentences: `error` = somebody must act now, `warn` = it healed, `info` = a business step. */
export interface Logger {
  error(fields: LogFields): void;
  warn(fields: LogFields): void;
  info(fields: LogFields): void;
}

const clean = (fields: LogFields): Record<string, unknown> => {
  const line: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (!allowed.has(key)) continue;
    line[key] = typeof value === 'string' ? value.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ').slice(0, 300) : value;
  }
  return line;
};

export const createLogger = (level: string, destination?: DestinationStream): Logger => {
  const lines = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination({ dest: 2, sync: true }));
  return {
    error: (fields) => lines.error(clean(fields)),
    warn: (fields) => lines.warn(clean(fields)),
    info: (fields) => lines.info(clean(fields)),
  };
};

export const silentLogger: Logger = { error: () => undefined, warn: () => undefined, info: () => undefined };
