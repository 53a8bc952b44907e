import { createServer, type Socket } from 'node:net';
import { listen } from '@airline/testing';
import { onTestFinished } from 'vitest';

export interface RawRequest {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A subgraph on TCP: the test writes each byte of its responses, and says when connections end. */
export async function startRawSubgraph(respond: (socket: Socket, nth: number, request: RawRequest) => void) {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connected = 0;
  const server = createServer((socket) => {
    connected += 1;
    sockets.add(socket.once('close', () => sockets.delete(socket)).on('error', () => {}));
    let received = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
      for (let request = requestIn(received); request; request = requestIn(received)) {
        received = received.slice(request.length);
        requests.push(request);
        respond(socket, requests.length, request);
      }
    });
  });
  const port = await listen(server);
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    requests: requests as readonly RawRequest[],
    /** Connections that are open, and that were ever opened. */
    open: () => sockets.size,
    connected: () => connected,
    /** Resets all connections, as a process that is killed does. */
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
  };
}

/** The first whole request in a text. */
function requestIn(text: string): (RawRequest & { length: number }) | undefined {
  const end = text.indexOf('\r\n\r\n') + 4;
  if (end < 4) return undefined;
  const lines = text.slice(0, end - 4).split('\r\n');
  const headers = Object.fromEntries(
    lines.slice(1).map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const length = end + Number(headers['content-length'] ?? 0);
  return text.length < length ? undefined : { headers, body: text.slice(end, length), length };
}

/** The bytes of a response, with its length. */
export function response(body: string | Buffer, { status = 200, headers = {} } = {}): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...headers,
  });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Status\r\n${head}\r\n`), bytes]);
}
