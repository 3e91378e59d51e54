import { benchFanout } from './fanout';
import { benchIntake } from './intake';

const all: Readonly<Record<string, () => Promise<readonly string[]>>> = { fanout: benchFanout, intake: benchIntake };

/** `npm run bench -- [name …]`: each figure as a ratio to a baseline of the same run, median of five interleaved rounds. */
const main = async (): Promise<void> => {
  const wanted = process.argv.slice(2).filter((name) => !name.startsWith('-'));
  for (const [name, bench] of Object.entries(all)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const text of await bench()) process.stdout.write(`${text}\n`);
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
