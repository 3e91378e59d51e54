import { migrate } from '#platform';
import { prepare } from '../../prepare';
import type { Command } from '../command';

const migrateCommand: Command = {
  name: 'migrate',
  usage: 'migrate',
  summary: 'bring the schema up to date',
  run: async (system, _input, terminal) => {
    const done = await migrate(system.database);
    terminal.say(done.length === 0 ? 'nothing to do' : done.join('\n'));
    return 0;
  },
};

const seedCommand: Command = {
  name: 'seed',
  usage: 'seed [--demo]',
  summary: 'load what an installation needs; with --demo the demonstration province',
  options: { demo: { type: 'boolean' } },
  run: async (system, input, terminal) => {
    await prepare(system, { demo: input.flags['demo'] === true, onProgress: (done, total, what) => terminal.progress(done, total, what) });
    terminal.say('seeded');
    return 0;
  },
};

const verifyCommand: Command = {
  name: 'verify',
  usage: 'verify [--json]',
  summary: 'check invariants and hash chains; exit code 1 when something does not hold',
  options: { json: { type: 'boolean' } },
  run: async (system, input, terminal) => {
    const report = await system.verify();
    const broken = report.findings.filter((finding) => finding.offending.length > 0);
    const torn = report.chains.filter((chain) => chain.fault !== null);
    const clean = broken.length === 0 && torn.length === 0;
    if (input.flags['json'] === true) terminal.say(JSON.stringify({ clean, ...report }));
    else {
      for (const finding of report.findings) {
        const shown = finding.offending.slice(0, 10).join(', ');
        terminal.say(
          `${finding.offending.length === 0 ? 'ok  ' : 'FAIL'} ${finding.invariant}: ${finding.checked} checked${finding.offending.length === 0 ? '' : `, ${finding.offending.length} broken: ${shown}`}`,
        );
      }
      for (const chain of report.chains) {
        terminal.say(
          `${chain.fault === null ? 'ok  ' : 'FAIL'} I-13 chain ${chain.chain}: ${chain.rows} links${chain.fault === null ? '' : `, link ${chain.fault.chainNo} ${chain.fault.fault} (${chain.fault.rowId ?? '-'})`}`,
        );
      }
    }
    return clean ? 0 : 1;
  },
};

export const databaseCommands: readonly Command[] = [migrateCommand, seedCommand, verifyCommand];
