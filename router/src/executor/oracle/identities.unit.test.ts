import { expect, test } from 'vitest';
import { buildGraph } from './graph.fixture.ts';
import { Identities } from './identities.fixture.ts';

const identities = new Identities(
  buildGraph({
    a: `type Query { room: Room }
      type Room @key(fields: "code floor { number }") { code: ID!, floor: Floor!, tags: [ID!]! }
      type Floor { number: Int! }`,
  }),
);
const read = (code: unknown, number: unknown) =>
  identities.read({ __typename: 'Room', code, floor: { number } });

test('a representation means the entity that all leaves of a key agree on', () => {
  expect(read('code-3', 3)).toEqual({ family: 'Room', index: 3, path: '' });
});

test('one whose leaves do not agree, or are damaged, is an entity of its own', () => {
  const [one, other] = [read('code-3', 2), read('code-3', null)];
  expect(one.index).toBeGreaterThanOrEqual(1_000);
  expect(other.index).toBeGreaterThanOrEqual(1_000);
  expect(other.index).not.toBe(one.index);
});
