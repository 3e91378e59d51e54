import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

/** Child process: holds many screens open and tells the parent when each has received what it should. */
interface Order {
  readonly kind: 'socket.io' | 'ws';
  readonly url: string;
  readonly cookies: readonly string[];
  readonly count: number;
}

let received = 0;
let expected = Number.POSITIVE_INFINITY;
const lags: number[] = [];

const note = (sentAt: number): void => {
  received += 1;
  if (lags.length < 200_000) lags.push(Date.now() - sentAt);
  if (received === expected) process.send?.({ done: true, lags: lags.splice(0) });
};

const openConsoles = (order: Order): Promise<void> =>
  new Promise((resolve) => {
    let open = 0;
    for (let index = 0; index < order.count; index += 1) {
      const cookie = order.cookies[index % order.cookies.length] ?? '';
      const socket = io(`${order.url}/console`, { transports: ['websocket'], forceNew: true, extraHeaders: { Cookie: cookie }, reconnection: false });
      socket.on('fact', (fact: { name: string; room: string; payload: { sentAt?: number } }) => {
        if (fact.name === 'bench.fact') note(fact.payload.sentAt ?? 0);
      });
      socket.on('connect', () => {
        socket.emit('rooms:sync', { known: {} }, () => {
          open += 1;
          if (open === order.count) resolve();
        });
      });
      socket.on('connect_error', (error) => process.send?.({ failed: error.message }));
    }
  });

const openPlain = (order: Order): Promise<void> =>
  new Promise((resolve) => {
    let open = 0;
    for (let index = 0; index < order.count; index += 1) {
      const socket = new WebSocket(order.url.replace('http', 'ws'), { perMessageDeflate: false });
      socket.on('message', (data) => note((JSON.parse(String(data)) as { payload: { sentAt: number } }).payload.sentAt));
      socket.on('open', () => {
        open += 1;
        if (open === order.count) resolve();
      });
    }
  });

process.on('message', (message: { order?: Order; expect?: number; quit?: true }) => {
  if (message.quit === true) process.exit(0);
  if (message.expect !== undefined) {
    received = 0;
    expected = message.expect;
    process.send?.({ armed: true });
  }
  if (message.order !== undefined) {
    const { order } = message;
    void (order.kind === 'ws' ? openPlain(order) : openConsoles(order)).then(() => process.send?.({ open: true }));
  }
});
