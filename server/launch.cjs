'use strict';
// `npm start` and `npm run cli`: builds what is missing or older than its sources, then runs it in this process.
//   node server/launch.cjs                  the product
//   node server/launch.cjs --cli <args…>    the command line
//   node server/launch.cjs --bench <args…>  the benchmarks, which need the sources
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

const refuse = (message) => {
  process.stderr.write(`huiyin cannot start: ${message}\n`);
  process.exit(1);
};

const checkMachine = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) refuse(`Node 20.19 or newer is needed, this is ${process.versions.node}`);
  if (!existsSync(join(root, 'node_modules'))) refuse('the packages are missing, run: npm ci');
};

const built = (...names) => {
  try {
    require('./build.cjs').ensureBuilt(names);
  } catch (error) {
    refuse(`the build failed: ${error.message}`);
  }
};

const bench = (args) => {
  const entry = join(root, 'tests', 'bench', 'main.ts');
  if (!existsSync(entry)) refuse('tests/bench is not here');
  built('server');
  const done = spawnSync(process.execPath, ['--conditions=source', '--import', 'tsx', entry, ...args], { cwd: root, stdio: 'inherit' });
  process.exit(done.status ?? 1);
};

checkMachine();
const [mode, ...args] = process.argv.slice(2);
if (mode === '--bench') bench(args);
else if (mode === '--cli') {
  built('server');
  // The command reads its arguments from place 2 on, however it was started.
  process.argv.splice(1, process.argv.length - 1, join(root, 'dist', 'server', 'cli', 'main.js'), ...args);
  require('../dist/server/cli/main.js');
} else if (mode === undefined) {
  built('server', 'client');
  require('../dist/server/main.js');
} else refuse(`unknown option ${mode}`);
