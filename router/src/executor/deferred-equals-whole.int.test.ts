import { pick, seeded } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { deferring } from './deferred.fixture.ts';
import { airline } from './deferred-graph.fixture.ts';

/** By type: fields that are in no operation null for a fault, with the types of those that have one to select from. */
const fields: Record<string, readonly (readonly [field: string, type?: string])[]> = {
  Query: [
    ['flight', 'Flight'],
    ['flights', 'Flight'],
    ['place', 'Place'],
    ['crew', 'Crew'],
    ['best', 'Flight'],
    ['found', 'Found'],
    ['paid'],
    ['__typename'],
  ],
  Flight: [
    ['id'],
    ['code'],
    ['name: code'],
    ['revenue'],
    ['cost'],
    ['double: cost(in: 2)'],
    ['tax'],
    ['fee'],
    ['rate'],
    ['next', 'Flight'],
    ['other', 'Flight'],
    ['place', 'Place'],
    ['places', 'Place'],
    ['crew', 'Crew'],
  ],
  Place: [['id'], ['__typename']],
  Gate: [['id'], ['code'], ['size']],
  Desk: [['id'], ['open'], ['size']],
  Crew: [['pilots'], ['cabin'], ['flight', 'Flight']],
  Found: [['__typename']],
};
const conditions: Record<string, readonly string[]> = { Place: ['Gate', 'Desk'], Found: ['Gate', 'Flight'] };

function selectionSet(random: () => number, type: string, depth: number): string {
  const selections = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    if (depth > 0 && random() < 0.4) {
      const condition = pick([type, ...(conditions[type] ?? [])], random);
      const directive = random() < 0.75 ? '@defer' : '';
      return `... on ${condition} ${directive} ${selectionSet(random, condition, depth - 1)}`;
    }
    const possible = (fields[type] ?? []).filter(([, below]) => depth > 0 || below === undefined);
    const [field, below] = pick(possible, random);
    return below === undefined ? field : `${field} ${selectionSet(random, below, depth - 1)}`;
  });
  return `{ ${selections.join(' ')} }`;
}

describe('what the parts of an operation are together is what it is without @defer', () => {
  const router = deferring(airline);

  test.each([
    ['two subgraphs', '{ flight { id ... @defer { revenue } ... @defer { tax } } }'],
    ['a subgraph that is entered again', '{ flight { id ... @defer { code next { code } } } }'],
    ['what is fetched already', '{ crew { pilots ... @defer { cabin } } }'],
    ['nothing but what is deferred', '{ ... @defer { flights { code } } ... @defer { paid } }'],
    ['a list in a list', '{ flights { places { id ... on Gate @defer { code size } } } }'],
    ['a union', '{ found { ... on Flight @defer { revenue } ... on Gate { code ... @defer { size } } } }'],
    ['nested parts', '{ flight { ... @defer { next { code ... @defer { cost ... @defer { fee } } } } } }'],
    ['the same fields twice', '{ flight { revenue ... @defer { revenue cost ... @defer { cost id } } } }'],
    ['the same object by two ways', '{ flight { ... @defer { next { revenue } } next { code } } }'],
    [
      'arguments of @requires',
      '{ flights { fee ... @defer { rate ... @defer { fee } } ... @defer { rate } } }',
    ],
    [
      'a fragment that is spread often',
      '{ flight { ...F next { ...F } } } fragment F on Flight { id ... @defer { cost } }',
    ],
    ['a mutation', 'mutation { rename(code: "OZ1") { code ... @defer { revenue } } }'],
    [
      'introspection',
      '{ ... @defer { __type(name: "Crew") { name } paid } __schema { queryType { name } } }',
    ],
  ])('%s', async (_, query) => {
    const parts = await router.inParts(query);
    expect(parts.later.length).toBeGreaterThan(0);
    expect(parts.merged).toEqual((await router.whole(query)).merged);
    expect(parts.errors).toEqual([]);
  });

  test('whatever is selected', async () => {
    const random = seeded(7);
    let delivered = 0;
    for (let i = 0; i < 80; i += 1) {
      const query = selectionSet(random, 'Query', 5);
      const parts = await router.inParts(query);
      expect(parts.merged, query).toEqual((await router.whole(query)).merged);
      expect(parts.errors, query).toEqual([]);
      delivered += parts.later.flat().length;
    }
    expect(delivered).toBeGreaterThan(50);
  });
});
