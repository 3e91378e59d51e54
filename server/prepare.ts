import { demoPassword, demoStaff, seedDemoPeople } from '#identity';
import { systemActor } from '#kernel';
import { collationFaults, createSettings, databaseFaults, migrate } from '#platform';
import { roleLabels } from '#contracts/vocabulary/roles';
import type { System } from './composition/system';
import { ConfigFault } from './config';
import { loadDemoProvince } from './demo';
import type { Progress } from './progress';

export interface Prepared {
  readonly demo: boolean;
  /** Lines for the person who started it: addresses and, in demo mode, sign-ins. */
  welcome(url: string): readonly string[];
}

export interface PrepareOptions {
  /** Only the people and units of the demonstration province, without its fortnight: for tests. */
  readonly people?: boolean;
  /** Load the demonstration province whatever DEMO says. */
  readonly demo?: boolean;
  readonly onProgress?: Progress;
}

const isEmpty = async (system: System): Promise<boolean> => (await system.identity.organizations.list({ limit: 1, all: true }, systemActor)).items.length === 0;

const demoMark = 'demo-province';

/** Demonstration data only goes into an empty database, and only its own mark makes a database a demonstration. */
const seed = async (system: System, options: PrepareOptions): Promise<boolean> => {
  if (options.people === true) {
    await seedDemoPeople(system.identity);
    return true;
  }
  const wanted = system.demo || options.demo === true;
  const settings = createSettings(system.database);
  if ((await settings.find(demoMark)) !== null) {
    if (system.config.production) throw new ConfigFault('this database holds demonstration data, which is refused when NODE_ENV=production');
    return true;
  }
  if (!wanted || !(await isEmpty(system))) {
    // The catalogue of items is the same for everybody; a site brings its own guides.
    if ((await system.knowledge.listItems()).length === 0) await system.knowledge.seedCatalogue();
    return false;
  }
  await seedDemoPeople(system.identity);
  await loadDemoProvince(system, options.onProgress);
  await system.database.inTransaction((work) => settings.add(work, demoMark, 'loaded'));
  return true;
};

const shownLogins = [
  'agent1',
  'dispatcher1',
  'handler.hrss',
  'approver.hrss',
  'reviewer1',
  'callback1',
  'supervisor1',
  'appeal1',
  'manager1',
  'auditor1',
  'admin1',
];

const signIns = (): readonly string[] =>
  shownLogins.flatMap((loginName) => {
    const person = demoStaff.find((entry) => entry.loginName === loginName);
    return person === undefined ? [] : [`    ${loginName.padEnd(16)} ${person.roles.map((role) => roleLabels[role]).join('、')}`];
  });

const welcome =
  (demo: boolean) =>
  (url: string): readonly string[] => [
    '',
    '  回音 Huiyin',
    `  公众 ${url}/    坐席 ${url}/console    整改与办理 ${url}/desk    派单 ${url}/dispatch    管理 ${url}/manage    接口 ${url}/api/docs`,
    ...(demo ? ['', `  演示数据（虚构的云江省、海岚省）。登录密码 ${demoPassword}，账号：`, ...signIns()] : []),
    ...(url.startsWith('http://127.0.0.1') || url.startsWith('http://localhost') ? ['', '  网页通话要用麦克风：浏览器只在 https 或本机地址上允许。'] : []),
    '',
  ];

/** Asserts what the product relies on, migrates, loads what every installation needs and, where wanted, the demonstration province. */
export const prepare = async (system: System, options: PrepareOptions = {}): Promise<Prepared> => {
  const faults = await databaseFaults(system.database);
  if (faults.length > 0) throw new ConfigFault(faults.join('; '));
  const done = await migrate(system.database);
  const afterwards = await collationFaults(system.database);
  if (afterwards.length > 0) throw new ConfigFault(afterwards.join('; '));
  await system.load();
  const demo = await seed(system, options);
  system.logger.info({ event: 'database.ready', dialect: system.database.dialect, migrations: done.length });
  return { demo, welcome: welcome(demo) };
};
