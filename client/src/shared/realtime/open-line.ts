import { io } from 'socket.io-client';
import type { Line } from './realtime';

/** The staff namespace. WebSocket only; endless attempts, spread at random so that a thousand consoles do not knock together. */
export const openLine = (): Line => {
  const socket = io('/console', {
    transports: ['websocket'],
    autoConnect: false,
    withCredentials: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.6,
    reconnectionAttempts: Number.POSITIVE_INFINITY,
  });
  return {
    get connected() {
      return socket.connected;
    },
    on: (event, listener) => socket.on(event, listener as () => void),
    off: (event, listener) => socket.off(event, listener as () => void),
    emit: (event, ...given) => socket.emit(event, ...given),
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
  };
};
