import type { IncomingMessage, ServerResponse } from 'node:http';
import { startNodeProcess } from '@airline/local/process';
import { parseMetrics } from '../parse-metrics.ts';
import { type Json, startStubServer } from '../stub-server.ts';
import { ANY_MACHINE } from '../system.ts';

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

  const subgraphs = await startStubServer(respond, ({ next }) => {
    begun += 1;
    next({ data: null, extensions: { cursor: `${seq}-0` } });
  });
  const router = await startRouter(`${subgraphs.origin}/graphql`, env);

  return {
    url: router.url,
    pid: router.pid,
    upstreams: () => subgraphs.subscriptions.size,
    begun: () => begun,
    fetches: () => fetches,
    subscriptions: async () =>
      parseMetrics(await (await fetch(new URL('/metrics', router.url))).text()).value('subscriptions_open'),
    push: (customerId, flightCount) => {
      seq += 1;
      const wanted = [...subgraphs.subscriptions].filter(({ variables }) => {
        const ids = Object.values(variables);
        return ids.length === 0 || ids.includes(customerId);
      });
      const info = { __typename: 'CustomerInfo', customerId, flightCount, customer: customerOf(customerId) };
      const payload = { data: { customerInfoUpdated: info }, extensions: { cursor: `${seq}-0` } };
      for (const { next } of wanted) next(payload);
      return wanted.length;
    },
    [Symbol.asyncDispose]: async () => {
      await router.stop();
      await subgraphs[Symbol.asyncDispose]();
    },
  };
}

/** A router, all of whose subgraphs are at this URL. */
async function startRouter(url: string, env: Readonly<Record<string, string>>) {
  const isListening = /https?:\/\/\S+\/graphql/;
  const started = await startNodeProcess(
    'router/src/main.ts',
    {
      ROUTER_PORT: '0',
      LOG_LEVEL: 'error',
      ...CROWD,
      ...{ RESERVATION_URL: url, FLIGHT_URL: url, PAYMENT_URL: url, DASHBOARD_URL: url },
      ...env,
    },
    isListening,
  );
  return { pid: started.pid, url: isListening.exec(started.output())?.[0] ?? '', stop: started.stop };
}

const customerOf = (id: string) => ({ __typename: 'Customer', id });
