import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { run, type Subgraphs } from '../corrections/corrections.fixture.ts';

let asked = 0;

/** Seats, whose classes one subgraph alone knows; of one seat the planner asks crew for those beside it twice. */
const subgraphs: Subgraphs = {
  cabin: {
    typeDefs: `
      type Query { rows: Int }
      interface Seat @key(fields: "id") { id: ID!, row: Int }
      type Window implements Seat @key(fields: "id") { id: ID!, row: Int }
      type Aisle implements Seat @key(fields: "id") { id: ID!, row: Int }
    `,
    resolvers: {
      Seat: {
        __resolveType: ({ id }: { id: string }) => (id === '1' ? 'Window' : 'Aisle'),
        __resolveReference: ({ id }: { id: string }) => ({ id, row: 7 }),
      },
    },
  },
  sale: {
    typeDefs: `
      type Query { seat: Seat }
      type Seat @key(fields: "id") @interfaceObject { id: ID!, label: Label, next: Seat }
      type Label { text: String }
    `,
    resolvers: {
      Query: { seat: () => ({ id: '1' }) },
      Seat: { label: () => ({ text: 'A' }), next: () => ({ id: '2' }) },
    },
  },
  crew: {
    typeDefs: 'type Seat @key(fields: "id") @interfaceObject { id: ID!, beside: [Seat] }',
    resolvers: {
      Seat: {
        beside: async () => {
          asked += 1;
          // The other response comes first, and what is asked for with it.
          if (asked > 1) await setTimeout(50);
          return [{ id: '2' }];
        },
      },
    },
  },
};

test('an object that is fetched again from a subgraph that knows the interface only keeps its type', async () => {
  const { data, errors, fetches } = await run(
    subgraphs,
    `{ seat {
      ... on Seat { beside { label { text } } beside { __typename } row }
      ... on Seat { next { __typename } }
      beside { next { __typename } }
    } }`,
  );
  expect(fetches.filter(({ subgraph }) => subgraph === 'crew')).toHaveLength(2);
  expect(errors).toEqual([]);
  const next = { __typename: 'Aisle' };
  const beside = [{ label: { text: 'A' }, __typename: 'Aisle', next }];
  expect(data).toEqual({ seat: { beside, row: 7, next } });
});
