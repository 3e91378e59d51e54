import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chainHeads, copyDatabase } from '#platform';
import { simulate } from '../../demo';
import { prepare } from '../../prepare';
import { type Command, Misuse, optionalFlag } from '../command';

const wholeFlag = (value: string | undefined, given: { readonly name: string; readonly otherwise: number; readonly most: number }): number => {
  const number = value === undefined ? given.otherwise : Number(value);
  if (!Number.isInteger(number) || number < 1 || number > given.most) throw new Misuse(`--${given.name} takes a whole number from 1 to ${given.most}`);
  return number;
};

const simulateCommand: Command = {
  name: 'simulate',
  usage: 'simulate --days N --seed S [--rate R]',
  summary: 'live through the last N days of the demonstration province; R = times the usual traffic',
  options: { days: { type: 'string' }, seed: { type: 'string' }, rate: { type: 'string' } },
  run: async (system, input, terminal) => {
    await prepare(system, { people: true });
    const plan = {
      days: wholeFlag(optionalFlag(input, 'days'), { name: 'days', otherwise: 14, most: 365 }),
      seed: wholeFlag(optionalFlag(input, 'seed'), { name: 'seed', otherwise: 1, most: 2_000_000_000 }),
      rate: wholeFlag(optionalFlag(input, 'rate'), { name: 'rate', otherwise: 1, most: 1_000 }),
    };
    const steps = await simulate(system, plan, (done, total, what) => terminal.progress(done, total, what));
    terminal.say(`${steps} steps over ${plan.days} days`);
    return 0;
  },
};

const embedded = 'huiyin.sqlite';
const kept = ['files', 'secret.key'];

const backupCommand: Command = {
  name: 'backup',
  usage: 'backup DIR',
  summary: 'copy the embedded database, files and secret while the product runs; for MySQL use its own tools',
  words: 1,
  run: async (system, input, terminal) => {
    const target = resolve(input.positionals[0] ?? '');
    if (system.database.dialect !== 'sqlite')
      throw new Misuse('backup copies the embedded database; use mysqldump --single-transaction for a server, and copy DATA_DIR/files');
    if (existsSync(target) && readdirSync(target).length > 0) throw new Misuse(`${target} is not empty`);
    mkdirSync(target, { recursive: true, mode: 0o700 });
    await copyDatabase(system.database, join(target, embedded));
    for (const name of kept)
      if (existsSync(join(system.config.dataDir, name))) cpSync(join(system.config.dataDir, name), join(target, name), { recursive: true });
    const heads = await chainHeads(system.database);
    writeFileSync(join(target, 'backup.json'), `${JSON.stringify({ at: system.clock.now().toISOString(), heads }, null, 2)}\n`);
    terminal.say(`backed up to ${target}; it holds the secret: keep it as safe as the data`);
    return 0;
  },
};

const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore DIR',
  summary: 'put a backup into an empty DATA_DIR; the product must not be running',
  words: 1,
  run: async (system, input, terminal) => {
    const source = resolve(input.positionals[0] ?? '');
    if (!existsSync(join(source, embedded))) throw new Misuse(`${source} holds no backup`);
    const target = join(system.config.dataDir, embedded);
    if (existsSync(target)) throw new Misuse(`${target} exists already: restore into an empty DATA_DIR`);
    await system.database.close();
    cpSync(join(source, embedded), target);
    for (const name of kept) if (existsSync(join(source, name))) cpSync(join(source, name), join(system.config.dataDir, name), { recursive: true });
    const { at } = JSON.parse(readFileSync(join(source, 'backup.json'), 'utf8')) as { at: string };
    terminal.say(`restored the state of ${at}; check it with: verify`);
    return 0;
  },
};

export const operationCommands: readonly Command[] = [simulateCommand, backupCommand, restoreCommand];
