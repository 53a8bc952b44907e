import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

const portOf = (url: string) => Number(new URL(url).port);

/**
 * A way to a Redis, as through a load balancer or a firewall, on which connections can fall silent without being closed,
 * and which can lead to another Redis from some time on.
 */
export async function wayTo(url: string) {
  const sockets = new Set<Socket>();
  let port = portOf(url);
  const server = createServer((socket) => {
    const target = connect(port, '127.0.0.1');
    for (const each of [socket, target]) {
      sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        socket.destroy();
        target.destroy();
      });
    }
    socket.pipe(target).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fallSilent: () => {
      for (const socket of sockets) socket.unpipe().on('data', () => {});
    },
    /** Connections that are there stay as they are. */
    leadTo: (other: string) => {
      port = portOf(other);
    },
  };
}
