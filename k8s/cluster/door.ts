import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ApiServer } from './api-server.ts';
import { CLIENT } from './client-pod.ts';

export interface Door extends AsyncDisposable {
  /** As if the router served here. */
  readonly url: string;
}

/** An address on this machine whose requests are forwarded by the client's pod; for single ones, not for a load. */
export async function openDoor(api: ApiServer): Promise<Door> {
  const server = createServer(async (request, response) => {
    const { 'content-type': type, traceparent } = request.headers;
    const headers = { ...(type && { 'content-type': type }), ...(traceparent && { traceparent }) };
    try {
      const relayed = await api.open(
        { path: `${CLIENT}/graphql`, method: 'POST', headers },
        await text(request),
      );
      response.writeHead(relayed.statusCode ?? 502, { 'content-type': 'application/json' });
      relayed.pipe(response);
    } catch (error) {
      response.writeHead(502).end(JSON.stringify({ errors: [{ message: String(error) }] }));
    }
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
      await once(server, 'close');
    },
  };
}
