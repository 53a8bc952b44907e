import { expect, test } from 'vitest';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import { routerOver, supergraphFile } from '../router.fixture.ts';

const subgraph = (name: string, typeDefs: string) => ({
  name,
  url: 'http://127.0.0.1:9/',
  typeDefs: link + typeDefs,
});

/** The planner fails at score, with an error of its own, and nobody can be asked for name. */
const supergraph = composeSubgraphs([
  subgraph(
    'a',
    `type Query { list: [Media], here: Place }
     interface Media @key(fields: "id") { id: ID!, title: String }
     type Book implements Media @key(fields: "id") { id: ID!, title: String }
     interface Place @key(fields: "id") { id: ID! }`,
  ),
  subgraph(
    'b',
    `type Media @key(fields: "id") @interfaceObject { id: ID!, title: String @external, slug: String @requires(fields: "title") }
     type Query { there: Place }
     type Place @key(fields: "id", resolvable: false) @interfaceObject { id: ID!, name: String }`,
  ),
  subgraph(
    'c',
    'type Media @key(fields: "id") @interfaceObject { id: ID!, slug: String @external, score: Int @requires(fields: "slug") }',
  ),
]);

test.each([
  ['the planner cannot plan', '{ list { score } }'],
  ['no subgraph resolves', '{ here { name } }'],
])('what %s is a fault of the router, 500 for each media type', async (_, text) => {
  const { path } = await supergraphFile(supergraph);
  const { query } = await routerOver(path);
  for (const accept of ['application/graphql-response+json', 'application/json']) {
    expect(await query(text, undefined, { accept })).toEqual({
      status: 500,
      body: { errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    });
  }
});

test('what a client can change is 400, and 200 for clients of application/json', async () => {
  const { path } = await supergraphFile(supergraph);
  const { query } = await routerOver(path);
  expect(await query('{ list { nonsense } }')).toMatchObject({ status: 400 });
  const legacy = await query('{ list { nonsense } }', undefined, { accept: 'application/json' });
  expect(legacy).toMatchObject({ status: 200 });
});
