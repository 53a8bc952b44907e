import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { listen } from '@airline/testing';
import { WebSocketServer } from 'ws';

export type Json = Readonly<Record<string, unknown>>;

/** A subscription that a client holds at a stub. */
export interface StubSubscription {
  readonly query: string;
  readonly variables: Json;
  /** Sends it a result. */
  next(result: Json): void;
}

/**
 * Starts a server in a real one's place, which takes subscriptions over graphql-transport-ws and leaves all other requests to
 * `respond`.
 */
export async function startStubServer(
  respond: RequestListener,
  subscribed: (subscription: StubSubscription) => void,
) {
  /** Those that are open. */
  const subscriptions = new Set<StubSubscription>();
  const server = createServer(respond);
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', (socket) => {
    const own = new Map<string, StubSubscription>();
    const end = (id: string) => {
      const ended = own.get(id);
      if (ended) subscriptions.delete(ended);
      own.delete(id);
    };
    socket.on('message', (text) => {
      const { type, id, payload } = JSON.parse(String(text));
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type === 'ping') socket.send('{"type":"pong"}');
      if (type === 'complete') end(id);
      if (type !== 'subscribe') return;
      const subscription = {
        query: payload.query ?? '',
        variables: payload.variables ?? {},
        next: (result: Json) => socket.send(JSON.stringify({ type: 'next', id, payload: result })),
      };
      own.set(id, subscription);
      subscriptions.add(subscription);
      subscribed(subscription);
    });
    socket.on('close', () => {
      for (const id of own.keys()) end(id);
    });
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    subscriptions,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
