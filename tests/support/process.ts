import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface ProductProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** kill -9: nothing is flushed, nothing said goodbye. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve())));

const root = join(__dirname, '..', '..');

/** Starts the real product as a process of its own, from the sources, and waits for its ready line. */
export const startProduct = (environment: Readonly<Record<string, string>>): Promise<ProductProcess> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-C', 'source', '--import', 'tsx', join(root, 'server', 'main.ts')], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'development', PORT: '0', LOG_LEVEL: 'error', PUBLIC_RATE_LIMIT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let complained = '';
    child.stderr.on('data', (part: Buffer) => {
      complained += part.toString('utf8');
    });
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      const url = /^ready (\S+)$/m.exec(said)?.[1];
      if (url === undefined) return;
      resolve({
        url,
        child,
        kill: () => {
          child.kill('SIGKILL');
          return exited(child);
        },
        stop: () => {
          child.kill('SIGTERM');
          return exited(child);
        },
      });
    });
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}: ${complained.slice(0, 2_000)}`)));
  });
