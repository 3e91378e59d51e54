import { compose } from './composition';
import { ConfigFault, readConfig } from './config';
import { prepare } from './prepare';
import { serve } from './serve';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const start = async (): Promise<void> => {
  const system = compose(readConfig());
  const { logger } = system;
  const seeded = await prepare(system);
  const serving = await serve(system);
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ event: 'process.stopping', signal });
    serving.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  for (const line of seeded.welcome(serving.url)) say(line);
  say(`ready ${serving.url}`);
};

start().catch((error: unknown) => {
  // F-13: one clear line, and never half-configured.
  const message = error instanceof ConfigFault || error instanceof Error ? error.message : 'unknown fault';
  process.stderr.write(`huiyin cannot start: ${message.split('\n')[0]}\n`);
  process.exit(1);
});
