import { describe, expect, test } from 'vitest';
import { deferring } from '../executor/deferred.fixture.ts';
import { run, runByGateway, type Subgraphs } from './corrections.fixture.ts';

/** No subgraph says which types the place that gate returns has, so none can be asked for what terminal knows of it. */
const places: Subgraphs = {
  gate: {
    typeDefs: `
      type Query { here: Place, desk: Desk }
      interface Place @key(fields: "id") { id: ID! }
      type Desk { open: Boolean, place: Place }
    `,
    resolvers: { Query: { here: () => ({ id: 'p1' }), desk: () => ({ open: true, place: { id: 'p1' } }) } },
  },
  terminal: {
    typeDefs: `
      type Query { there: Place }
      type Place @key(fields: "id", resolvable: false) @interfaceObject { id: ID!, name: String }
    `,
    resolvers: { Query: { there: () => ({ id: 'p2', name: 'T2' }) } },
  },
};

describe('a field that no subgraph can resolve is refused', () => {
  test.each([
    ['alone', '{ here { name } }', { here: null }],
    ['beside others', '{ here { name } there { id } }', { here: null, there: { id: 'p2' } }],
    ['deeper', '{ desk { open place { name } } }', { desk: { open: true, place: null } }],
    ['in a fragment', 'fragment F on Query { here { name } } { ...F }', { here: null }],
  ])('%s', async (_, query, silent) => {
    await expect(run(places, query)).rejects.toMatchObject({
      message: expect.stringMatching(/^The field "\w+\.\w+" cannot be resolved: no subgraph resolves it/),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(await runByGateway(places, query)).toMatchObject({ data: silent, errors: [] });
  });
});

test('a field that no subgraph can resolve is refused in a deferred fragment', async () => {
  const { inParts } = deferring(places);
  await expect(inParts('{ there { id } ... @defer { here { name } } }')).rejects.toThrow(
    /cannot be resolved/,
  );
  const { later } = await inParts('{ here { id } ... @defer { there { id name } } }');
  expect(later).toMatchObject([[{ data: { there: { id: 'p2', name: 'T2' } } }]]);
});

describe('a plan is complete', () => {
  test.each([
    ['for what can be resolved', '{ there { id name } }', { there: { id: 'p2', name: 'T2' } }],
    ['without a node, for __typename', '{ __typename }', { __typename: 'Query' }],
    ['without a node, for introspection', '{ __type(name: "Desk") { name } }', { __type: { name: 'Desk' } }],
    ['without what is always skipped', '{ there @skip(if: true) { id } }', {}],
    [
      'without a fragment that is never included',
      '{ ... @include(if: false) { there { id } } __typename }',
      { __typename: 'Query' },
    ],
    [
      'under conditions of variables',
      'query($no: Boolean = false) { there { id name @include(if: $no) } }',
      { there: { id: 'p2' } },
    ],
    [
      'with a fragment that is spread twice',
      '{ there { ...P } again: there { ...P } } fragment P on Place { id name }',
      { there: { id: 'p2', name: 'T2' }, again: { id: 'p2', name: 'T2' } },
    ],
    ['under aliases', '{ other: there { key: id name } }', { other: { key: 'p2', name: 'T2' } }],
  ])('%s', async (_, query, data) => {
    expect(await run(places, query)).toMatchObject({ data, errors: [] });
  });
});

describe('a field that an argument takes from the context is fetched, or the plan is refused', () => {
  const shop: Subgraphs = {
    shop: {
      typeDefs: `
        type Query { user: User }
        type User @key(fields: "id") @context(name: "user") { id: ID!, prefs: Prefs, payment: Payment }
        type Prefs { currency: String, language: String }
        type Payment @key(fields: "id") {
          id: ID!
          amount(in: String @fromContext(field: "$user { prefs { currency } }")): String
          title(in: String @fromContext(field: "$user { prefs { language } }")): String
        }
      `,
      resolvers: {
        Query: { user: () => ({ prefs: { currency: 'KRW', language: 'ko' }, payment: { id: '1' } }) },
        Payment: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          amount: (_: unknown, given: { in?: string }) => given.in,
          title: (_: unknown, given: { in?: string }) => given.in,
        },
      },
    },
  };

  test('of one argument, or what the operation selects itself', async () => {
    const { data } = await run(shop, '{ user { payment { amount } } }');
    expect(data).toEqual({ user: { payment: { amount: 'KRW' } } });
    const selected = await run(shop, '{ user { prefs { currency language } payment { amount title } } }');
    expect(selected.data).toMatchObject({ user: { payment: { amount: 'KRW', title: 'ko' } } });
  });

  test('of two that take fields of one object', async () => {
    await expect(run(shop, '{ user { payment { amount title } } }')).rejects.toMatchObject({
      message: 'The field "language" of the context is not fetched: an argument lacks its value.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  });
});
