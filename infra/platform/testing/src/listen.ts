import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Starts a server on a free port of 127.0.0.1; returns the port. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Only a server that listens on a path has an address of another kind.
  return (server.address() as AddressInfo).port;
}
