import { expect, test } from 'vitest';
import { run, type Subgraphs } from '../corrections/corrections.fixture.ts';

const knownTo = (numbers: readonly string[]) => ({
  __resolveReference: ({ number }: { number: string }) =>
    numbers.includes(number) ? { number, tag: `t${number}` } : null,
});

/** Bags have a tag where the belt has seen them, which alone leads to their place. */
const subgraphs: Subgraphs = {
  desk: {
    typeDefs: `
      type Query { bags: [Bag] }
      type Bag @key(fields: "number") { number: ID! }
    `,
    resolvers: { Query: { bags: () => [{ number: '1' }, { number: '2' }] } },
  },
  belt: {
    typeDefs: 'type Bag @key(fields: "number") @key(fields: "tag") { number: ID!, tag: ID!, weight: Int }',
    resolvers: { Bag: { ...knownTo(['1']), weight: () => 20 } },
  },
  hold: {
    typeDefs: `
      type Bag @key(fields: "tag") { tag: ID!, place: Place, row: Int! }
      type Place { name: String }
    `,
    resolvers: {
      Bag: {
        // One reference without a tag would fail the whole fetch.
        __resolveReference: ({ tag }: { tag: string | null }) => {
          if (tag === null) throw new Error('A bag requires a tag.');
          return { tag, place: { name: `at ${tag}` }, row: 4 };
        },
      },
    },
  },
  fees: {
    typeDefs: `
      type Bag @key(fields: "number") {
        number: ID!
        weight: Int @external
        fee: Int @requires(fields: "weight")
        paid: Boolean
      }
    `,
    resolvers: {
      Bag: {
        fee: ({ weight }: { weight: number | null }) => (weight ?? 1) * 10,
        paid: () => true,
      },
    },
  },
};

const variablesOf = (fetches: Awaited<ReturnType<typeof run>>['fetches'], name: string) =>
  fetches.flatMap(({ subgraph, variables }) => (subgraph === name ? [variables] : []));

test('an object without an entity is not asked for by the key that the entity would have', async () => {
  const { data, errors, fetches } = await run(subgraphs, '{ bags { number place { name } weight } }');
  expect(data).toEqual({
    bags: [
      { number: '1', place: { name: 'at t1' }, weight: 20 },
      { number: '2', place: null, weight: null },
    ],
  });
  expect(errors).toEqual([]);
  expect(variablesOf(fetches, 'hold')).toEqual([{ representations: [{ __typename: 'Bag', tag: 't1' }] }]);
});

test('nothing is sent for a field that requires what the entity would have; other fields are asked for', async () => {
  const { data, errors, fetches } = await run(subgraphs, '{ bags { fee paid } }');
  expect(data).toEqual({
    bags: [
      { fee: 200, paid: true },
      { fee: null, paid: true },
    ],
  });
  expect(errors).toEqual([]);
  expect(JSON.stringify(variablesOf(fetches, 'fees'))).not.toContain('null');
});

test('a field that must not be null is an error without an entity', async () => {
  const { data, errors } = await run(subgraphs, '{ bags { number row } }');
  expect(data).toEqual({ bags: [{ number: '1', row: 4 }, null] });
  expect(errors).toEqual([{ message: 'The value of Bag.row must not be null.', path: ['bags', 1, 'row'] }]);
});
