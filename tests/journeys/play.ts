import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { createStage, type Journey, type Setting } from './support';

const patienceMs = 180_000;

interface Order extends Setting {
  /** Only journeys whose file name holds one of these. */
  readonly words: readonly string[];
}

const files = (words: readonly string[]): readonly string[] =>
  readdirSync(__dirname)
    .filter((file) => file.endsWith('.journey.ts'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort();

const within = <T>(milliseconds: number, run: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished within ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([run, late]).finally(() => clearTimeout(timer));
};

/** One journey on a stage of its own; what went wrong is told with pictures of every open page. */
const perform = async (file: string, setting: Setting): Promise<boolean> => {
  const journey = createRequire(__filename)(join(__dirname, file)) as Journey;
  const stage = createStage(setting);
  const started = Date.now();
  try {
    await within(patienceMs, journey.run(stage));
    stage.checkPages();
    process.stdout.write(`ok    ${journey.name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    return true;
  } catch (error) {
    process.stdout.write(`FAIL  ${journey.name} (${file})\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    for (const picture of await stage.pictures(basename(file, '.journey.ts'))) process.stdout.write(`      picture: ${picture}\n`);
    return false;
  } finally {
    await stage.close();
  }
};

const main = async (): Promise<number> => {
  const { words, ...setting } = JSON.parse(process.argv[2] ?? '{}') as Order;
  const chosen = files(words);
  if (chosen.length === 0) throw new Error('there is no journey of that name');
  const results: boolean[] = [];
  // One after the other: two cores, and every journey may expect the queue to itself.
  for (const file of chosen) results.push(await perform(file, setting));
  const failed = results.filter((passed) => !passed).length;
  process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`journeys cannot run: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
