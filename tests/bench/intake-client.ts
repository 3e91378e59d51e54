/** Child process: posts ratings, so that the server's CPU is measured alone. */
import { makeRating, type RatingTarget } from '../support/many-ratings';

interface Order {
  readonly url: string;
  readonly key: string;
  readonly run: string;
  readonly target: RatingTarget;
  readonly rows: number;
  /** Rows of one request; 1 = single posts. */
  readonly batch: number;
  readonly clients: number;
}

const post = async (order: Order, path: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${order.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${order.key}` },
    body: JSON.stringify(body),
  });
  const read = (await answer.json()) as { accepted?: number };
  const right = order.batch === 1 ? answer.status === 201 : read.accepted === order.batch;
  if (!right) throw new Error(`${path}: ${answer.status} ${JSON.stringify(read).slice(0, 300)}`);
};

const work = async (order: Order): Promise<{ latencies: number[] }> => {
  let next = 0;
  const latencies: number[] = [];
  const client = async (): Promise<void> => {
    for (;;) {
      const from = next;
      next += order.batch;
      if (from >= order.rows) return;
      const ratings = Array.from({ length: order.batch }, (_, index) => makeRating(order.run, from + index, order.target).body);
      const before = performance.now();
      await (order.batch === 1 ? post(order, '/ratings', ratings[0]) : post(order, '/ratings/batch', { ratings }));
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: order.clients }, client));
  return { latencies };
};

process.on('message', (order: Order) => {
  work(order).then(
    (result) => process.send?.({ done: true, ...result }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : 'unknown' }),
  );
});
