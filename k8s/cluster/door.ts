import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { routerUrl, startProgram } from './client-pod.ts';

interface RelayedResponse {
  readonly id: number;
  readonly status: number;
  readonly body: string;
}

export interface Door extends AsyncDisposable {
  /** As if the router served here. */
  readonly url: string;
}

/** An address on this machine whose requests are forwarded by the client's pod; for single ones, not for a load. */
export async function openDoor(): Promise<Door> {
  const waiting = new Map<number, (response: RelayedResponse) => void>();
  const relay = startProgram<RelayedResponse>('relay', { url: routerUrl }, (relayed) => {
    waiting.get(relayed.id)?.(relayed);
    waiting.delete(relayed.id);
  });
  let requests = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    requests += 1;
    const responding = new Promise<RelayedResponse>((resolve) => waiting.set(requests, resolve));
    relay.send({ id: requests, headers: forwardedHeaders(request.headers), body });
    const relayed = await responding;
    response.writeHead(relayed.status, { 'content-type': 'application/json' }).end(relayed.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Listening on TCP, it has an address and a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await relay.end();
    },
  };
}

/** The headers that say something of the operation rather than of the connection. */
function forwardedHeaders({ traceparent }: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const contentType = { 'content-type': 'application/json' };
  return typeof traceparent === 'string' ? { ...contentType, traceparent } : contentType;
}
