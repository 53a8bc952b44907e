import { expect, test } from 'vitest';
import { run, type Subgraphs } from '../corrections/corrections.fixture.ts';

const subgraphs: Subgraphs = {
  old: {
    typeDefs:
      'type Query { flight: Flight } type Flight @key(fields: "id") { id: ID!, gate: String, seats: Int }',
    resolvers: { Query: { flight: () => ({ id: 'f1', gate: 'old', seats: 1 }) } },
  },
  new: {
    typeDefs: `type Flight @key(fields: "id") {
      id: ID!
      gate: String @override(from: "old", label: "percent(10)")
      seats: Int @override(from: "old", label: "new-seats")
    }`,
    resolvers: { Flight: { gate: () => 'new', seats: () => 2 } },
  },
};

test.each([
  [[], { gate: 'old', seats: 1 }],
  [['percent(10)'], { gate: 'new', seats: 1 }],
  [['new-seats'], { gate: 'old', seats: 2 }],
  [['percent(10)', 'new-seats'], { gate: 'new', seats: 2 }],
])('with the labels %j on, their fields come from the new subgraph', async (overrides, flight) => {
  const { data, errors } = await run(subgraphs, '{ flight { gate seats } }', { overrides });
  expect({ data, errors }).toEqual({ data: { flight }, errors: [] });
});
