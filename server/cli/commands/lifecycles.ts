import type { Command } from '../command';
import { allLifecycles } from '#contracts/lifecycles/index';
import { toMermaid } from '#contracts/lifecycles/mermaid';

export const lifecycleCommands: readonly Command[] = [
  {
    name: 'print-lifecycles',
    usage: 'print-lifecycles [NAME]',
    summary: 'print the state machines as Mermaid diagrams',
    run: (_system, input, terminal) => {
      const [wanted] = input.positionals;
      for (const table of allLifecycles) if (wanted === undefined || table.name === wanted) terminal.say(`%% ${table.name}\n${toMermaid(table)}`);
      return Promise.resolve(0);
    },
  },
];
