import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { announcement } from '@airline/service/server';
import { WebSocket } from 'ws';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import type { RouterConfig } from '../config.ts';
import { routerOver, supergraphFile } from '../router.fixture.ts';
import { type StubOptions, startStub } from '../sources/stub-subgraph.fixture.ts';

const flightTypes = `${link}
  type Query @tag(name: "public") { flight: Flight }
  type Mutation @tag(name: "public") { book: Int }
  type Subscription @tag(name: "public") { flightUpdated: Flight! }
  type Flight @key(fields: "id") @tag(name: "public") { id: ID!, code: String! }
`;
const paymentTypes = `${link} type Flight @key(fields: "id") @tag(name: "public") { id: ID!, revenue: Int }`;

export const SUBSCRIBE = 'subscription { flightUpdated { code revenue } }';

export const eventOf = (seq: number) => ({
  data: { flightUpdated: { __typename: 'Flight', id: '1', code: `KE${seq}` } },
  extensions: { cursor: `${seq}-0` },
});

/** A router over a subgraph all of which is public, whose subscriptions get one event at once, and whose flights cost a hundred. */
export async function startLiveRouter(overrides: Partial<RouterConfig> = {}, options: StubOptions = {}) {
  const stub = await startStub({
    subscribed: (upstream) => {
      upstream.next(announcement('0-0', false));
      upstream.next(eventOf(1));
    },
    respond: ({ variables: { representations } }) =>
      Array.isArray(representations)
        ? { data: { _entities: representations.map((key) => ({ ...key, revenue: 100 })) } }
        : { data: { book: 1 } },
    ...options,
  });
  const file = await supergraphFile(
    composeSubgraphs([
      { name: 'flight', url: stub.url, typeDefs: flightTypes },
      { name: 'payment', url: stub.url, typeDefs: paymentTypes },
    ]),
  );
  return { stub, file, ...(await routerOver(file.path, overrides)) };
}

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A socket whose messages are waited for one by one. */
export async function openSocket(url: string, connectionParams?: object) {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  const waiting: { type: string; resolve: (message: Message) => void }[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message;
    const index = waiting.findIndex(({ type }) => type === message.type);
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(message);
  });
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  const next = (type: string) => new Promise<Message>((resolve) => waiting.push({ type, resolve }));
  const acknowledged = next('connection_ack');
  send({ type: 'connection_init', payload: connectionParams });
  await acknowledged;
  return { socket, send, next };
}

/** A stream over HTTP, from the moment on when its first event is read. */
export async function openStream(url: string, accept: string): Promise<ClientRequest> {
  const headers = { accept, 'content-type': 'application/json' };
  const sent = request(url, { method: 'POST', headers, agent: false });
  sent.on('error', () => {});
  sent.end(JSON.stringify({ query: SUBSCRIBE }));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('KE1')) break;
  }
  return sent;
}
