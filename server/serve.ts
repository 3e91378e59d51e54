import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NumberedFact } from '#platform';
import type { System } from './composition/system';
import { createHttp, type Http } from './http/app';
import { brokenRequest } from './http/problem';
import { createJobs, type Job, type Jobs } from './jobs';
import { systemJobs } from './jobs/system-jobs';
import { createRealtime, type Realtime } from './realtime';
import { attachNamespaces } from './realtime/namespaces';

export interface Serving {
  readonly http: Http;
  readonly server: Server;
  readonly realtime: Realtime;
  readonly jobs: Jobs;
  readonly url: string;
  /** Stops taking work, lets running requests end, closes sockets, jobs and at last the database (SIGTERM). */
  close(): Promise<void>;
}

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

const drain = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    // A connection that was busy when the signal came is idle once it has its answer.
    const sweep = setInterval(() => server.closeIdleConnections(), 100);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });

/** security B-1: also what the parser refuses is answered with a problem, and the connection ends. */
const answerBroken = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, problem } = brokenRequest(error.code);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

/** What each node keeps in memory follows the facts: the calendar and the index of guides. */
const hearOnEveryNode = (system: System, fact: NumberedFact): void => {
  const { guideId } = fact.payload;
  const work =
    fact.name === 'calendar.imported'
      ? system.calendar.reload()
      : fact.name.startsWith('guide.') && typeof guideId === 'string'
        ? system.knowledge.refresh([guideId])
        : null;
  work?.catch(() => system.logger.warn({ event: 'memory.refresh-failed', name: fact.name }));
};

/** HTTP, sockets and jobs around a composed system. */
export const serve = async (system: System, extraJobs: readonly Job[] = []): Promise<Serving> => {
  const { config, logger } = system;
  const http = createHttp(system);
  const server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 20_000 }, http.app);
  server.on('clientError', answerBroken);
  const realtime = createRealtime(system, server);
  const namespaces = attachNamespaces(system, realtime);
  realtime.onFact((fact) => hearOnEveryNode(system, fact));
  await system.telephony.start();
  const jobs: Jobs = createJobs([...systemJobs(system, realtime, (job) => jobs.wake(job)), ...extraJobs], logger);
  system.database.onCommit(() => jobs.wake('relay'));
  system.wakeBus.onWake(() => jobs.wake('publish'));
  await realtime.publishNews();
  const port = await listen(server, config.port, config.host);
  jobs.start();
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return {
    http,
    server,
    realtime,
    jobs,
    url: config.publicUrl ?? `http://${host}:${port}`,
    close: async () => {
      const closing = drain(server);
      await namespaces.close();
      await realtime.close();
      await jobs.stop();
      await system.telephony.stop();
      await closing;
      await system.close();
    },
  };
};
