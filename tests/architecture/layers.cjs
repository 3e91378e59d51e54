'use strict';
// The arrows of the house as dependency-cruiser rules. Each has a name, a sentence, and a folder fixtures/<name>/ that breaks it.
const module_ = '^services/(?!contracts/)([^/]+)/';

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'client-sees-contracts-only',
    comment: 'The browser knows what it and the server agree on, and nothing else of ours.',
    from: { path: '^client/' },
    to: { path: '^(server|services|knowledge-base|migrations|tests)/', pathNot: '^(services|knowledge-base)/contracts/' },
  },
  {
    name: 'features-are-strangers',
    comment: 'What two features of the client share sinks to shared.',
    from: { path: '^client/src/features/([^/]+)/' },
    to: { path: '^client/src/features/', pathNot: '^client/src/features/$1/' },
  },
  {
    name: 'contracts-know-only-zod',
    comment: 'Contracts run in the browser too: words, tables and schemas, made with zod and nothing else.',
    from: { path: '^(services|knowledge-base)/contracts/' },
    to: { pathNot: '^$1/contracts/|node_modules/zod/' },
  },
  {
    name: 'kernel-stands-below',
    comment: 'The kernel is pure: it may know the words of the contracts, and no module, platform or framework.',
    from: { path: '^services/kernel/' },
    to: { path: '^(services/(?!kernel/|contracts/)|server|client|knowledge-base|migrations|node_modules/(?!ulid/))' },
  },
  {
    name: 'platform-knows-no-module',
    comment: 'The platform serves every module and therefore knows none.',
    from: { path: '^services/platform/' },
    to: { path: '^(services/(?!platform/|kernel/|contracts/)|server|client|knowledge-base|migrations)' },
  },
  {
    name: 'services-never-look-up',
    comment: 'The business does not know who serves it, who shows it, or how its tables are made.',
    from: { path: '^services/' },
    to: { path: '^(server|client|knowledge-base|migrations|tests)/' },
  },
  {
    name: 'modules-talk-through-doors',
    comment: 'Another module is reached through its index.ts only.',
    from: { path: module_ },
    to: { path: module_, pathNot: '^services/$1/|^services/[^/]+/index\\.ts$' },
  },
  {
    name: 'server-enters-through-doors',
    comment: 'The process uses modules and the knowledge base through their doors only.',
    from: { path: '^server/' },
    to: { path: '^(services|knowledge-base)/', pathNot: '^services/contracts/|^services/[^/]+/index\\.ts$|^knowledge-base/(contracts/)?index\\.ts$' },
  },
  {
    name: 'no-circles',
    comment: 'Neither files nor modules depend on each other in a circle; type imports count like any other.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'domain-is-pure',
    comment: 'Rules know contracts, kernel and themselves: no database, no clock of the machine, no other module.',
    from: { path: '^services/([^/]+)/domain/' },
    to: { pathNot: '^services/$1/domain/|^services/(contracts|kernel)/|node_modules/zod/' },
  },
  {
    name: 'sequelize-stays-in-store',
    comment: 'Only stores and the platform speak to the database; plain objects leave them.',
    from: { path: '^(services|server|knowledge-base)/', pathNot: '^services/platform/|^services/[^/]+/store/|^knowledge-base/store/' },
    to: { path: 'node_modules/(sequelize|mysql2|umzug)/' },
  },
  {
    name: 'stores-serve-they-do-not-ask',
    comment: 'A store is asked by use-cases and queries; it knows none of them, and no other module but platform and kernel.',
    from: { path: '^services/([^/]+)/store/' },
    to: { path: '^services/$1/(use-cases|queries|reactions|index\\.ts)|^services/(?!$1/|platform/|kernel/|contracts/)' },
  },
  {
    name: 'knowledge-base-stands-alone',
    comment: 'The knowledge base could be lifted out tomorrow: it meets the rest only in server/composition, through ports.',
    from: { path: '^knowledge-base/' },
    to: { path: '^(server|services|client|migrations|tests)/' },
  },
  {
    name: 'migrations-import-nothing-of-ours',
    comment: 'A migration must mean the same for ever, whatever the code around it becomes.',
    from: { path: '^migrations/' },
    to: { pathNot: 'node_modules/sequelize/' },
  },
  {
    name: 'product-never-imports-tests',
    comment: 'Fakes and helpers of tests never enter the product; simulators that ship live in the product.',
    from: { path: '^(server|services|client|knowledge-base|migrations)/' },
    to: { path: '^tests/' },
  },
  {
    name: 'server-needs-no-dev-packages',
    comment: 'The image installs without devDependencies, so what runs there may not need them.',
    from: { path: '^(server|services|knowledge-base|migrations)/' },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
  },
  {
    name: 'every-import-resolves',
    comment: 'An import that leads nowhere would also lead past these rules.',
    // The launcher loads what it has just built; on a fresh clone that is not there yet.
    from: { pathNot: '^server/launch\\.cjs$' },
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    // Type imports make modules depend on each other as much as values do.
    tsPreCompilationDeps: true,
    preserveSymlinks: true,
    // The doors are package imports whose condition `source` leads to TypeScript; without it these rules would end at dist.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.mts', '.vue', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
