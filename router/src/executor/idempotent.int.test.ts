import { expect, test } from 'vitest';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import { client } from '../pipeline/pipeline.fixture.ts';
import { isRefused } from '../refusal.ts';
import type { SubgraphRequest } from '../sources/subgraph-request.ts';
import { pipelineOver } from './scripted.fixture.ts';

const typeDefs = `${link}
  type Query { free: Int }
  type Mutation {
    book: Int @tag(name: "idempotent")
    cancel: Int @tag(name: "idempotent") @tag(name: "public")
    pay: Int @tag(name: "public")
  }`;

test.each([
  ['{ free }', false],
  ['mutation { book }', true],
  ['mutation { pay: book ... on Mutation { cancel } }', true],
  ['mutation { pay }', false],
  ['mutation { book: pay }', false],
  ['mutation { book pay }', false],
])('%s has a key of its own: %s', async (query, expected) => {
  const requests: SubgraphRequest[] = [];
  const { pipeline } = pipelineOver(composeSubgraphs([{ name: 'seats', url: 'http://seats', typeDefs }]), {
    seats: {
      name: 'seats',
      send: async (request) => {
        requests.push(request);
        return { data: {}, errors: [] };
      },
    },
  });
  for (const _ of [1, 2]) {
    const prepared = await pipeline.prepare({ query }, client);
    if (isRefused(prepared)) throw new Error(JSON.stringify(prepared));
    await pipeline.execute(prepared, undefined);
  }
  const keys = requests.map(({ idempotencyKey }) => idempotencyKey);
  expect(keys.map((key) => key !== undefined)).toEqual([expected, expected]);
  expect(new Set(keys).size).toBe(expected ? 2 : 1);
});
