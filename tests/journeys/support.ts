import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'expect';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { demoPassword } from '#identity';
import { toneWav } from './tone';

export interface Setting {
  readonly baseUrl: string;
  readonly executablePath: string;
  /** Where pictures go. */
  readonly shots: string;
  readonly scratch: string;
}

export interface Visit extends BrowserContextOptions {
  /** The microphone of a browser process of its own says this tone; needed for calls. */
  readonly toneHertz?: number;
  /** A browser that is open already, such as the one that calls. */
  readonly browser?: Browser;
}

/** What a journey is given; everything it opens is closed after it. */
export interface Stage extends Setting {
  readonly expect: typeof expect;
  /** A browser process of its own, with a fake microphone. */
  launch(options?: { readonly toneHertz?: number; readonly args?: readonly string[] }): Promise<Browser>;
  /** A citizen: an empty context at a path. */
  visit(path: string, options?: Visit): Promise<Page>;
  /** A member of staff, signed in, in a context of their own: `agent1`, `supervisor1` … */
  signIn(loginName: string, path: string, options?: Visit): Promise<Page>;
  screenshot(page: Page, name: string): Promise<string>;
  /** No serious or critical finding of axe, WCAG 2.2 AA. */
  checkAccessibility(page: Page, name: string): Promise<void>;
  /** Asks until it holds; for what happens on another screen. */
  eventually<T>(ask: () => Promise<T>, holds: (answer: T) => boolean, withinMs?: number): Promise<T>;
  /** Throws when a page met an uncaught error or broke the content security policy. */
  checkPages(): void;
  pictures(name: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A file `*.journey.ts` exports these two. */
export interface Journey {
  readonly name: string;
  run(stage: Stage): Promise<void>;
}

const microphone = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** Evaluated by the debugger, so that the page's own content security policy stays in force. */
const axeFindings = async (page: Page): Promise<readonly AxeFinding[]> => {
  await page.evaluate(axeSource);
  const found = await page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations)");
  return (found as AxeFinding[]).filter((finding) => finding.impact === 'serious' || finding.impact === 'critical');
};

const toLine = (finding: AxeFinding): string =>
  `${finding.id} (${finding.impact}): ${finding.help} at ${finding.nodes
    .map((node) => node.target.join(' '))
    .slice(0, 5)
    .join(' | ')}`;

/** Watches what nobody would see otherwise: uncaught errors, and things that the content security policy refused. */
const watch = (page: Page, faults: string[]): void => {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
};

const createBrowsers = (setting: Setting) => {
  const open: Browser[] = [];
  let shared: Promise<Browser> | undefined;
  const launch: Stage['launch'] = async (options = {}) => {
    const args = ['--no-sandbox', '--disable-gpu', '--lang=zh-CN', ...microphone, ...(options.args ?? [])];
    if (options.toneHertz !== undefined) {
      const file = join(setting.scratch, `tone-${options.toneHertz}.wav`);
      writeFileSync(file, toneWav(options.toneHertz));
      args.push(`--use-file-for-fake-audio-capture=${file}`);
    }
    const browser = await chromium.launch({ executablePath: setting.executablePath, args });
    open.push(browser);
    return browser;
  };
  const ordinary = (): Promise<Browser> => (shared ??= launch());
  const closeAll = async (): Promise<void> => {
    await Promise.all(open.map((browser) => browser.close()));
  };
  return { launch, ordinary, closeAll };
};

const eventually: Stage['eventually'] = async (ask, holds, withinMs = 10_000) => {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > until) throw new Error(`still ${JSON.stringify(answer)?.slice(0, 500)} after ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const signInto = async (context: BrowserContext, baseUrl: string, loginName: string): Promise<void> => {
  const answer = await context.request.post(`${baseUrl}/api/v1/session`, {
    data: { username: loginName, password: demoPassword },
    headers: { Origin: baseUrl },
  });
  if (!answer.ok()) throw new Error(`sign-in of ${loginName}: ${answer.status()} ${await answer.text()}`);
};

export const createStage = (setting: Setting): Stage => {
  const browsers = createBrowsers(setting);
  const pages: Page[] = [];
  const faults: string[] = [];

  const openContext = async ({ toneHertz, browser, ...options }: Visit): Promise<BrowserContext> => {
    const process = browser ?? (toneHertz === undefined ? await browsers.ordinary() : await browsers.launch({ toneHertz }));
    const context = await process.newContext({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 1366, height: 768 },
      baseURL: setting.baseUrl,
      permissions: ['microphone'],
      ...options,
    });
    context.setDefaultTimeout(15_000);
    return context;
  };

  const open = async (context: BrowserContext, path: string): Promise<Page> => {
    const page = await context.newPage();
    pages.push(page);
    watch(page, faults);
    await page.goto(path);
    return page;
  };

  const screenshot: Stage['screenshot'] = async (page, name) => {
    const file = join(setting.shots, `${name}.png`);
    await page.screenshot({ path: file });
    return file;
  };

  return {
    ...setting,
    expect,
    launch: browsers.launch,
    visit: async (path, options = {}) => open(await openContext(options), path),
    signIn: async (loginName, path, options = {}) => {
      const context = await openContext(options);
      await signInto(context, setting.baseUrl, loginName);
      return open(context, path);
    },
    screenshot,
    checkAccessibility: async (page, name) => {
      const findings = await axeFindings(page);
      if (findings.length > 0) throw new Error(`axe on ${name}:\n${findings.map(toLine).join('\n')}`);
    },
    eventually,
    checkPages: () => {
      if (faults.length > 0) throw new Error(`pages met errors:\n${faults.join('\n')}`);
    },
    pictures: async (name) => {
      const alive = pages.filter((page) => !page.isClosed());
      return Promise.all(alive.map((page, index) => screenshot(page, `${name}-${index + 1}`)));
    },
    close: browsers.closeAll,
  };
};
