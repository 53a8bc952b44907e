import type { WebSocket } from 'ws';

/** Terminates sockets of which nothing was heard since the last ping (RFC 6455, section 5.5.2) when the next one is due. */
export function startHeartbeat(
  sockets: ReadonlySet<WebSocket>,
  intervalMs: number,
): {
  /**
   * A pong is heard by itself.
   * @param isStuck asked when a ping is due; such a socket is terminated, too
   * @returns to be called when anything else says that the peer is there
   */
  watch(socket: WebSocket, isStuck: () => boolean): () => void;
  stop(): void;
} {
  const isAlive = new WeakSet<WebSocket>();
  const stuck = new WeakMap<WebSocket, () => boolean>();
  const timer = setInterval(() => {
    for (const socket of sockets) {
      if (!isAlive.delete(socket) || stuck.get(socket)?.()) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, intervalMs).unref();
  return {
    watch: (socket, isStuck) => {
      stuck.set(socket, isStuck);
      const heard = () => void isAlive.add(socket);
      heard();
      socket.on('pong', heard);
      return heard;
    },
    stop: () => clearInterval(timer),
  };
}
