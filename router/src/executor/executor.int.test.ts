import { expect, test } from 'vitest';
import { run, type Subgraphs } from '../corrections/corrections.fixture.ts';
import { deferring } from './deferred.fixture.ts';
import { graphs } from './oracle/graphs.fixture.ts';
import { Subject } from './oracle/subject.fixture.ts';

const payments: Subgraphs = {
  seats: {
    typeDefs:
      'type Query { seat: Int } type Mutation { hold: Payload, take: Int } type Payload { query: Query! }',
    resolvers: { Mutation: { hold: () => ({ query: {} }), take: () => 1 } },
  },
  prices: {
    typeDefs: 'type Query { price: Int! } type Mutation { pay: Int }',
    resolvers: { Mutation: { pay: () => 2 } },
  },
};

test('an error without a path is at each field that was asked for below a root object', async () => {
  const subject = new Subject(graphs.shop);
  const text = 'mutation { restock(id: "id-0") { query { product(id: "id-0") { name } } } }';
  const { data, errors } = await subject
    .prepare({ text, variables: {} })
    .ours(subject.world({ seed: 1, faults: ['dataNull'] }));
  expect(data).toEqual({ restock: { query: { product: null } } });
  expect(errors).toEqual([{ message: 'catalogue has no data', path: ['restock', 'query', 'product'] }]);
});

test('mutations are executed in the order in which their fields are collected', async () => {
  const query = 'mutation { ... on Mutation { hold { __typename } } pay ... on Mutation { take } }';
  const { data, fetches } = await run(payments, query);
  expect(Object.keys({ ...(data as object) })).toEqual(['hold', 'pay', 'take']);
  expect(fetches.map(({ query: text }) => /hold|pay|take/.exec(text)?.[0])).toEqual(['hold', 'pay', 'take']);
});

test('a subgraph may name its root types as it likes', async () => {
  const named: Subgraphs = {
    ...payments,
    prices: {
      typeDefs: 'schema { query: Prices } type Prices { price: Int! }',
      resolvers: { Prices: { price: () => 3 } },
    },
  };
  expect(await run(named, 'mutation { hold { query { price } } }')).toMatchObject({
    data: { hold: { query: { price: 3 } } },
    errors: [],
  });
  const { later, merged } = await deferring(named).inParts('{ seat ... @defer { price } }');
  expect(later).not.toEqual([]);
  expect(merged).toEqual({ seat: null, price: 3 });
});
