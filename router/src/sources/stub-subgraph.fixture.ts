import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseExactJson } from '../raw-json.ts';

/** What the router says in a `subscribe` message. */
export interface Subscribed {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions: {
    readonly cursor?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly announceCursor?: boolean;
  };
}

/** A subscription of the router. */
export interface Upstream {
  readonly id: string;
  readonly payload: Subscribed;
  readonly socket: WebSocket;
  /** Sends a `next` with this payload. */
  next(payload: object): void;
  error(errors: readonly object[]): void;
  complete(): void;
}

export interface StubOptions {
  /** Called for each subscription, once it has come. */
  readonly subscribed?: (upstream: Upstream) => void;
  /** Sockets that are not opened, as of a host that no longer responds. */
  readonly silent?: boolean;
  /** Whether it responds to pings of the protocol. */
  readonly respondsToPings?: () => boolean;
  /** Responds to a POST. */
  readonly respond?: (request: {
    query: string;
    variables: Record<string, unknown>;
  }) => object | Promise<object>;
  readonly port?: number;
  /** Whether what was begun is kept, for tests that look at it. */
  readonly remembers?: boolean;
}

/** As the router sent it, with all digits. */
const parsed: typeof JSON.parse = parseExactJson;

/** A subgraph's `/graphql` of which the test writes each message by itself. */
export async function startStub(options: StubOptions = {}) {
  const upstreams = new Map<string, Upstream>();
  const begun: Subscribed[] = [];
  const sockets = new Set<Socket>();
  const webSockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'graphql-transport-ws' });
  let opened = 0;

  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', async () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify((await options.respond?.(parsed(body))) ?? { data: null }));
    });
  });
  server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  server.on('upgrade', (request, socket, head) => {
    if (!options.silent) return webSockets.handleUpgrade(request, socket, head, accept);
    socket.resume().once('end', () => socket.destroy());
  });

  function accept(socket: WebSocket): void {
    opened += 1;
    const number = opened;
    const send = (message: object) => socket.send(JSON.stringify(message));
    const keyOf = (id: string) => `${number} ${id}`;
    socket.on('close', () => {
      for (const [key, upstream] of upstreams) if (upstream.socket === socket) upstreams.delete(key);
    });
    socket.on('message', (text) => {
      const { type, id, payload } = parsed(String(text)) as {
        type: string;
        id: string;
        payload: Subscribed;
      };
      if (type === 'connection_init') send({ type: 'connection_ack' });
      if (type === 'ping' && (options.respondsToPings?.() ?? true)) send({ type: 'pong' });
      if (type === 'complete') upstreams.delete(keyOf(id));
      if (type !== 'subscribe') return;
      const over = (message: object) => {
        upstreams.delete(keyOf(id));
        send(message);
      };
      const upstream: Upstream = {
        id,
        payload,
        socket,
        next: (result) => send({ type: 'next', id, payload: result }),
        error: (errors) => over({ type: 'error', id, payload: errors }),
        complete: () => over({ type: 'complete', id }),
      };
      upstreams.set(keyOf(id), upstream);
      if (options.remembers ?? true) begun.push(payload);
      options.subscribed?.(upstream);
    });
  }

  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(stop);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    port,
    /** Subscriptions that are open. */
    upstreams: () => [...upstreams.values()],
    /** What each subscription said, oldest first. */
    begun,
    /** WebSockets that were ever opened. */
    opened: () => opened,
    /** Connections that are open. */
    connections: () => sockets.size,
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop,
  };
}
