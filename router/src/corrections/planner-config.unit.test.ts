import { GraphQLError, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createSnapshot } from '../supergraph/snapshot.ts';
import { compose } from './corrections.fixture.ts';

/** Two types of seats, each of which three subgraphs can say the next of. */
function seats() {
  const types = ['Window', 'Aisle'].map(
    (name) => `type ${name} implements Seat @key(fields: "id") { id: ID!, next: Seat @shareable }`,
  );
  const typeDefs = `interface Seat { id: ID!, next: Seat } ${types.join(' ')}`;
  const first = `${typeDefs} type Query { seat: Seat } extend type Window { shaded: Boolean }`;
  const subgraph = (text: string) => ({ typeDefs: text, resolvers: {} });
  return createSnapshot(compose({ a: subgraph(first), b: subgraph(typeDefs), c: subgraph(typeDefs) }), {});
}

const query = (depth: number) =>
  parse(`{ seat { ${'next { '.repeat(depth)} ... on Window { shaded } id ${'}'.repeat(depth)} } }`);

test('an operation of which there are very many plans is refused before they are made', () => {
  const snapshot = seats();
  expect(snapshot.plan(query(1), new Map()).node).toBeDefined();
  const planning = () => snapshot.plan(query(4), new Map());
  expect(planning).toThrow(GraphQLError);
  expect(planning).toThrow(expect.objectContaining({ extensions: { code: 'DOCUMENT_LIMIT_EXCEEDED' } }));
});
