import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { routerUrl, startProgram } from './client-pod.ts';

interface Answered {
  readonly id: number;
  readonly status: number;
  readonly body: string;
}

export interface Door extends AsyncDisposable {
  /** As if the router served here. */
  readonly url: string;
}

/** An address on this machine whose requests are sent on by the client's pod; for single ones, not for a load. */
export async function openDoor(): Promise<Door> {
  const waiting = new Map<number, (answer: Answered) => void>();
  const relay = startProgram<Answered>('relay', { url: routerUrl }, (answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let requests = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    requests += 1;
    const answered = new Promise<Answered>((resolve) => waiting.set(requests, resolve));
    relay.send({ id: requests, headers: sentOn(request.headers), body });
    const { status, body: answer } = await answered;
    response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
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
function sentOn({ traceparent }: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const contentType = { 'content-type': 'application/json' };
  return typeof traceparent === 'string' ? { ...contentType, traceparent } : contentType;
}
