// Judges folders by layers.cjs and prints, for each, the broken rules as JSON; a process of its own because dependency-cruiser is an ES module.
//   node cruise.mjs <folder> [<folder> …]
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';

const { forbidden, options } = createRequire(import.meta.url)('./layers.cjs');
const parts = ['server', 'services', 'knowledge-base', 'migrations', 'client', 'tests'];

const reports = [];
for (const folder of process.argv.slice(2)) {
  process.chdir(folder);
  // Of the tests only those of a fixture are looked at: there they stand for what the product must not import.
  const present = parts.filter((part) => existsSync(join(folder, part)) && (part !== 'tests' || !existsSync(join(folder, 'tests', 'architecture'))));
  const result = await cruise(present, { ...options, baseDir: folder, ruleSet: { forbidden }, validate: true }, options.enhancedResolveOptions);
  const { violations, totalCruised } = result.output.summary;
  reports.push({ folder, modules: totalCruised, violations: violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })) });
}
process.stdout.write(JSON.stringify(reports));
