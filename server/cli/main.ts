import { compose } from '../composition';
import { ConfigFault, readConfig } from '../config';
import { DomainError } from '#kernel';
import { commands } from './commands';
import { Misuse, parseCommand, type ExitCode, type Terminal } from './command';

const terminal: Terminal = {
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
  progress: (done, total, what) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${what} ${done}${total === null ? '' : ` / ${total}`} `);
  },
};

const usage = (): string =>
  ['usage: npm run -s cli -- <command>', '', ...commands.map((command) => `  ${command.usage.padEnd(78)} ${command.summary}`)].join('\n');

const main = async (args: readonly string[]): Promise<ExitCode> => {
  if (args[0] === 'help' || args[0] === '--help') {
    terminal.say(usage());
    return 0;
  }
  const { command, input } = parseCommand(commands, args);
  const system = compose({ ...readConfig(), logLevel: 'silent' });
  try {
    return await command.run(system, input, terminal);
  } finally {
    await system.close();
  }
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof Misuse) {
      terminal.complain(`${error.message}\n\n${usage()}`);
      process.exitCode = 2;
      return;
    }
    const refused = error instanceof DomainError || error instanceof ConfigFault;
    terminal.complain(refused ? error.message : `failed: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown fault'}`);
    process.exitCode = 1;
  },
);
