import { compose } from './composition';
import { ConfigFault, readConfig } from './config';
import { framesOf } from './http/middleware/handle-errors';
import { prepare } from './prepare';
import { serve } from './serve';

/** Longest time between a signal and the end of the process. */
const lastsAtMostMs = 15_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const start = async (): Promise<void> => {
  const system = compose(readConfig());
  const { logger } = system;
  const seeded = await prepare(system);
  const serving = await serve(system);
  let stopping = false;
  const stop = (signal: string, exitCode: 0 | 1): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ event: 'process.stopping', signal });
    // A database that hangs must not keep the process for ever.
    setTimeout(() => process.exit(1), lastsAtMostMs).unref();
    serving.close().then(
      () => process.exit(exitCode),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  process.on('SIGINT', () => stop('SIGINT', 0));
  // F-15: what nobody caught leaves an unknown state; it is named without its words, which could hold parameters (P-3), and the supervisor starts anew.
  const fail = (error: unknown): void => {
    logger.error({ event: 'process.failed', errorName: error instanceof Error ? error.name : 'unknown', frames: framesOf(error) });
    stop('fault', 1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  for (const line of seeded.welcome(serving.url)) say(line);
  say(`ready ${serving.url}`);
};

start().catch((error: unknown) => {
  // F-13: one clear line, and never half-configured.
  const message = error instanceof ConfigFault || error instanceof Error ? error.message : 'unknown fault';
  process.stderr.write(`huiyin cannot start: ${message.split('\n')[0]}\n`);
  process.exit(1);
});
