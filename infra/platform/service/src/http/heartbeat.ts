import type { WebSocket } from 'ws';

/** Terminates sockets that have not answered the last ping (RFC 6455, section 5.5.2) when the next one is due. */
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
