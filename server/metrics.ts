import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  observeRequest(seen: { readonly route: string; readonly method: string; readonly status: number; readonly seconds: number }): void;
  setOutbox(waiting: number, oldestSeconds: number): void;
  setSockets(count: number): void;
  countFacts(count: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** One registry per system, so that tests can build several in one process. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'huiyin_http_request_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const outbox = new Gauge({ name: 'huiyin_outbox_waiting', help: 'Facts not yet numbered', registers: [registry] });
  const outboxAge = new Gauge({ name: 'huiyin_outbox_oldest_seconds', help: 'Age of the oldest fact not yet numbered', registers: [registry] });
  const sockets = new Gauge({ name: 'huiyin_sockets', help: 'Connected sockets', registers: [registry] });
  const facts = new Counter({ name: 'huiyin_facts_total', help: 'Facts numbered by this process', registers: [registry] });
  return {
    observeRequest: (seen) => requests.observe({ route: seen.route, method: seen.method, status: String(seen.status) }, seen.seconds),
    setOutbox: (waiting, oldestSeconds) => {
      outbox.set(waiting);
      outboxAge.set(oldestSeconds);
    },
    setSockets: (count) => sockets.set(count),
    countFacts: (count) => facts.inc(count),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
};
