import type { WebSocket } from 'ws';

/** How often sockets are asked for a sign of life; one that gave none since the last time is cut off. */
const EVERY_MS = 12_000;

/** Ends sockets whose other end is gone without a word, by WebSocket pings (RFC 6455, section 5.5.2). */
export function startHeartbeat(sockets: ReadonlySet<WebSocket>): {
  watch(socket: WebSocket): void;
  stop(): void;
} {
  const isAlive = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets) {
      if (!isAlive.delete(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, EVERY_MS).unref();
  return {
    watch: (socket) => {
      isAlive.add(socket);
      socket.on('pong', () => isAlive.add(socket));
    },
    stop: () => clearInterval(timer),
  };
}
