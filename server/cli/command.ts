import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { System } from '../composition';

/** 0 done · 1 refused or partly refused · 2 misuse (design.md §2). */
export type ExitCode = 0 | 1 | 2;

export interface Terminal {
  /** Results, on stdout. */
  say(line: string): void;
  /** Refusals and bad rows, on stderr. */
  complain(line: string): void;
  /** Progress of long work; only on a terminal. */
  progress(done: number, total: number | null, what: string): void;
}

export interface CommandInput {
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
}

export interface Command {
  /** As typed: `api-client create`. */
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** How many words must follow the name. */
  readonly words?: number;
  run(system: System, input: CommandInput, terminal: Terminal): Promise<ExitCode>;
}

export class Misuse extends Error {}

export const textFlag = (input: CommandInput, name: string): string => {
  const value = input.flags[name];
  if (typeof value !== 'string' || value === '') throw new Misuse(`--${name} is required`);
  return value;
};

export const optionalFlag = (input: CommandInput, name: string): string | undefined => {
  const value = input.flags[name];
  return typeof value === 'string' ? value : undefined;
};

/** Finds the command whose words the arguments begin with, the longest first, and reads its flags strictly. */
export const parseCommand = (commands: readonly Command[], args: readonly string[]): { readonly command: Command; readonly input: CommandInput } => {
  const command = [...commands]
    .sort((a, b) => b.name.length - a.name.length)
    .find((entry) => entry.name.split(' ').every((word, index) => args[index] === word));
  if (command === undefined) throw new Misuse(args.length === 0 ? 'which command?' : `unknown command: ${args.join(' ')}`);
  const rest = args.slice(command.name.split(' ').length);
  let parsed;
  try {
    parsed = parseArgs({ args: [...rest], options: command.options ?? {}, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : 'bad arguments');
  }
  if (parsed.positionals.length < (command.words ?? 0)) throw new Misuse(`usage: ${command.usage}`);
  return { command, input: { positionals: parsed.positionals, flags: parsed.values as CommandInput['flags'] } };
};
