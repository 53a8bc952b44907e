import type { WebSocket } from 'ws';

/** Terminates sockets without a pong (RFC 6455, section 5.5.3) since the last ping when the next one is due. */
export function startHeartbeat(
  sockets: ReadonlySet<WebSocket>,
  intervalMs: number,
): {
  watch(socket: WebSocket): void;
  stop(): void;
} {
  const isAlive = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets) {
      if (!isAlive.delete(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, intervalMs).unref();
  return {
    watch: (socket) => {
      isAlive.add(socket);
      socket.on('pong', () => isAlive.add(socket));
    },
    stop: () => clearInterval(timer),
  };
}
