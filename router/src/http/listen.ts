import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type ListenOptions, type Server as TcpServer } from 'node:net';
import { type Address, listenError, portOf } from '@airline/service/server';
import { Doorway, type DoorwayOptions } from './doorway.ts';

/** How many sockets listen on the port: so many connections are accepted in a turn of the event loop. */
const LISTENERS = 64;

/**
 * Listens with several sockets. libuv accepts one connection of each in a turn of the event loop (since 1.45): with one, new
 * clients of a busy router would wait for as many turns as there are of them, and the kernel would drop those beyond its queue,
 * who try again a second later. Linux alone shares a port's connections among sockets.
 *
 * @returns what closes them; it resolves when all connections are closed
 * @throws StartError when the port cannot be listened on
 */
export async function listen(
  server: Server,
  address: Address,
  connections: DoorwayOptions,
): Promise<() => Promise<void>> {
  const { host, port } = address;
  const doorway = new Doorway(connections, (socket) => {
    server.emit('connection', socket);
    socket.resume();
  });
  const more =
    process.platform === 'linux' ? Array.from({ length: LISTENERS - 1 }, () => leadingTo(doorway)) : [];
  const reusePort = more.length > 0;
  try {
    // A port that is shared could be shared with another process, so it must be free.
    if (reusePort && port !== 0) await close(await open(createServer(), { host, port }));
    await open(server, { host, port, reusePort });
    const shared = portOf(server);
    for (const each of more) await open(each, { host, port: shared, reusePort });
  } catch (error) {
    for (const each of [server, ...more]) each.close();
    throw listenError(error, address);
  }
  return async () => {
    doorway.close();
    await Promise.all([server, ...more].map(close));
  };
}

/** Accepts connections, with the options of `node:http`. */
const leadingTo = (doorway: Doorway): TcpServer =>
  createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) =>
    doorway.enter(socket),
  );

/** @throws Error of the system */
async function open<Listening extends TcpServer>(
  server: Listening,
  options: ListenOptions,
): Promise<Listening> {
  server.listen(options);
  await once(server, 'listening');
  return server;
}

/** Accepts no more; resolves when all connections are closed. */
const close = (server: TcpServer): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
