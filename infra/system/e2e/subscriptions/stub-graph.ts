import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { startNodeProcess } from '@airline/local/process';
import { listen } from '@airline/testing';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseMetrics } from '../parse-metrics.ts';
import { ANY_MACHINE } from '../system.ts';

type Json = Readonly<Record<string, unknown>>;

/** A subscription that the router holds at the stub. */
interface Upstream {
  readonly socket: WebSocket;
  readonly id: string;
  readonly variables: Json;
}

/** The router's side of the graph as a test sees it: the router is real, its subgraphs are stubs. */
export interface StubGraph extends AsyncDisposable {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  readonly pid: number;
  /** Subscriptions of the router that are open. */
  upstreams(): number;
  /** Subscriptions that the router has begun, in all. */
  begun(): number;
  /** Fetches of the router, in all. */
  fetches(): number;
  /** Subscriptions of clients that the router has admitted and that are open. */
  subscriptions(): Promise<number | undefined>;
  /** Sends an event of this customer to each subscription that is for all or for this one; returns how many. */
  push(customerId: string, flightCount: number): number;
}

/** The entities, the same for every client. */
const reservations = { __typename: 'ReservationConnection', totalCount: 7 };

/** All subscribers come from this machine's one address. */
const CROWD = {
  SUBSCRIPTIONS_PER_CLIENT: '1000000',
  SUBSCRIPTION_COST_LIMIT: '0',
  COST_PER_SECOND: '0',
  ...ANY_MACHINE,
};

/**
 * Starts a router, in a process of its own, over subgraphs that live in this process and count what they are asked. The
 * dashboard's pushes `customerInfoUpdated`; the others know each customer's reservations.
 */
export async function startStubGraph(env: Readonly<Record<string, string>> = {}): Promise<StubGraph> {
  const upstreams = new Map<string, Upstream>();
  let begun = 0;
  let fetches = 0;
  let seq = 0;

  function respond(request: IncomingMessage, response: ServerResponse): void {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      fetches += 1;
      const { variables } = JSON.parse(body) as { variables: { representations: readonly Json[] } };
      const entities = variables.representations.map((key) => ({ ...key, reservations }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { _entities: entities } }));
    });
  }

  function accept(socket: WebSocket): void {
    const keyOf = (id: string) => `${id} ${connections.get(socket)}`;
    connections.set(socket, connections.size);
    socket.on('message', (text) => {
      const message = JSON.parse(String(text)) as { type: string; id: string; payload: { variables?: Json } };
      if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (message.type === 'ping') socket.send('{"type":"pong"}');
      if (message.type === 'complete') upstreams.delete(keyOf(message.id));
      if (message.type !== 'subscribe') return;
      begun += 1;
      const upstream = { socket, id: message.id, variables: message.payload.variables ?? {} };
      upstreams.set(keyOf(message.id), upstream);
      next(upstream, { data: null, extensions: { cursor: `${seq}-0` } });
    });
    socket.on('close', () => {
      for (const [key, upstream] of upstreams) if (upstream.socket === socket) upstreams.delete(key);
    });
  }

  function next({ socket, id }: Upstream, payload: Json): void {
    socket.send(JSON.stringify({ type: 'next', id, payload }));
  }

  const connections = new Map<WebSocket, number>();
  const server = createServer(respond);
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', accept);
  const url = `http://127.0.0.1:${await listen(server)}/graphql`;
  const router = await startNodeProcess(
    'router/src/main.ts',
    {
      ROUTER_PORT: '0',
      LOG_LEVEL: 'error',
      ...CROWD,
      ...{ RESERVATION_URL: url, FLIGHT_URL: url, PAYMENT_URL: url, DASHBOARD_URL: url },
      ...env,
    },
    /https?:\/\/\S+\/graphql/,
  );

  const routerUrl = /https?:\/\/\S+\/graphql/.exec(router.output())?.[0] ?? '';
  return {
    url: routerUrl,
    pid: router.pid,
    upstreams: () => upstreams.size,
    begun: () => begun,
    fetches: () => fetches,
    subscriptions: async () =>
      parseMetrics(await (await fetch(new URL('/metrics', routerUrl))).text()).value('subscriptions_open'),
    push: (customerId, flightCount) => {
      seq += 1;
      const wanted = [...upstreams.values()].filter(({ variables }) => {
        const ids = Object.values(variables);
        return ids.length === 0 || ids.includes(customerId);
      });
      const info = { __typename: 'CustomerInfo', customerId, flightCount, customer: customerOf(customerId) };
      const payload = { data: { customerInfoUpdated: info }, extensions: { cursor: `${seq}-0` } };
      for (const upstream of wanted) next(upstream, payload);
      return wanted.length;
    },
    [Symbol.asyncDispose]: async () => {
      await router.stop();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const customerOf = (id: string) => ({ __typename: 'Customer', id });
