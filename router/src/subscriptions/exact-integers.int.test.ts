import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import { routerOver, supergraphFile } from '../router.fixture.ts';
import { startStub } from '../sources/stub-subgraph.fixture.ts';

const BIG = '12345678901234567891';
const typeDefs = {
  flight: `${link} scalar Big
    type Query { same(big: Big): Big }
    type Subscription { moved(big: Big): Flight! }
    type Flight @key(fields: "big") { big: Big! }`,
  payment: `${link} scalar Big type Flight @key(fields: "big") { big: Big!, paid: Big }`,
};

/** A router whose subgraphs return the integers that they get. */
async function startEcho() {
  const stub = await startStub({
    subscribed: ({ payload, next }) =>
      next({ data: { moved: { __typename: 'Flight', big: payload.variables?.big } } }),
    respond: ({ variables: { representations, big } }) =>
      Array.isArray(representations)
        ? { data: { _entities: representations.map((flight) => ({ paid: flight.big })) } }
        : { data: { same: big } },
  });
  const file = await supergraphFile(
    composeSubgraphs(
      Object.entries(typeDefs).map(([name, text]) => ({ name, url: stub.url, typeDefs: text })),
    ),
  );
  return await routerOver(file.path);
}

test.each([
  ['query($big:Big){same(big:$big)}', `{"same":${BIG}}`],
  ['subscription($big:Big){moved(big:$big){big paid}}', `{"moved":{"big":${BIG},"paid":${BIG}}}`],
])('integers beyond 53 bits pass a WebSocket both ways with all their digits: %s', async (query, data) => {
  const { router } = await startEcho();
  const socket = new WebSocket(router.url.replace('http', 'ws'), 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  socket.send(`{"type":"subscribe","id":"1","payload":{"query":"${query}","variables":{"big":${BIG}}}}`);
  const [next] = await once(socket, 'message');
  expect(String(next)).toBe(`{"id":"1","type":"next","payload":{"data":${data}}}`);
  socket.close();
  await once(socket, 'close');
});
