import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import { routerOver, startOddServer, supergraphFile } from '../router.fixture.ts';

const flightTypes = `${link}
  type Query { flights: [Flight!]! }
  type Mutation { book: Flight }
  type Flight @key(fields: "id") { id: ID!, code: String! }
`;
const paymentTypes = `${link}
  type Query { notes: [String!]! }
  type Flight @key(fields: "id") { id: ID!, note: String }
`;

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (body: object): Respond =>
  (_request, response) =>
    void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));

const limits = { bytes: 100_000, objects: 1_000 };

/** A router over two subgraphs that respond with anything. */
async function routerWith(
  flight: Respond,
  payment: Respond = json({ data: null, errors: [{ message: 'none' }] }),
) {
  const urls = { flight: await startOddServer(flight), payment: await startOddServer(payment) };
  const file = await supergraphFile(
    composeSubgraphs([
      { name: 'flight', url: urls.flight, typeDefs: flightTypes },
      { name: 'payment', url: urls.payment, typeDefs: paymentTypes },
    ]),
  );
  return await routerOver(file.path, { responseLimits: limits, sharesQueries: false });
}

const flights = (count: number, code = 'KE1', id?: string) => ({
  data: {
    flights: Array.from({ length: count }, (_, index) => ({
      __typename: 'Flight',
      id: id ?? String(index),
      code,
    })),
  },
});
const refused = {
  status: 200,
  body: { data: null, errors: [{ extensions: { code: 'RESPONSE_TOO_LARGE' } }] },
};

describe('a response of a subgraph', () => {
  const query = '{ flights { id code } }';

  test('within the limits is passed on', async () => {
    const { query: send } = await routerWith(json(flights(900, 'x'.repeat(40))));
    const { body } = await send(query);
    expect(body.data?.flights).toHaveLength(900);
  });

  test('of more bytes is not, and the subgraph is asked again', async () => {
    let code = 'x'.repeat(200_000);
    const { query: send } = await routerWith((...exchange) => json(flights(1, code))(...exchange));
    for (let times = 0; times < 12; times += 1) expect(await send(query)).toMatchObject(refused);
    code = 'KE1';
    expect((await send(query)).body.data).toEqual({ flights: [{ id: '0', code }] });
  });

  test('of more bytes once it is decompressed is not', async () => {
    const { query: send } = await routerWith((_request, response) => {
      response
        .setHeader('content-encoding', 'gzip')
        .end(gzipSync(JSON.stringify(flights(1, 'x'.repeat(2_000_000)))));
    });
    expect(await send(query)).toMatchObject(refused);
  });

  test('of more objects is not', async () => {
    const { query: send } = await routerWith(json(flights(1_100)));
    expect(await send('{ flights { id } }')).toMatchObject(refused);
  });

  test('of more lists is not', async () => {
    const { query: send } = await routerWith(json({ data: { flights: Array(1_100).fill([]) } }));
    expect(await send('{ flights { id } }')).toMatchObject(refused);
  });

  test('that is too much for a mutation is not, either', async () => {
    const { query: send } = await routerWith(
      json({ data: { book: { id: '1', code: 'x'.repeat(200_000) } } }),
    );
    expect(await send('mutation { book { id code } }')).toMatchObject(refused);
  });
});

test('responses of several subgraphs count together, and what is in flight is stopped', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const { query: send } = await routerWith(
    (_request, response) => {
      // It never ends by itself.
      response.write('{"data":{"flights":[');
      response.once('close', () => resolve());
    },
    json({ data: { notes: Array.from({ length: 60 }, () => 'x'.repeat(2_000)) } }),
  );
  expect(await send('{ flights { id } notes }')).toMatchObject(refused);
  await closed;
});

test('a response that repeats what was fetched once is limited, too', async () => {
  const note = 'x'.repeat(1_000);
  const { query: send } = await routerWith(
    json(flights(200, 'KE1', '1')),
    json({ data: { _entities: [{ __typename: 'Flight', note }] } }),
  );
  expect(await send('{ flights { note } }')).toMatchObject(refused);
  expect((await send('{ flights { code } }')).body.data?.flights).toHaveLength(200);
});
