import { describe, expect, test } from 'vitest';
import { costIn, snapshotOf } from './cost.fixture.ts';
import { ASSUMED_LIST_SIZE, readingCost } from './cost-of.ts';

const snapshot = snapshotOf(/* GraphQL */ `
  type Query {
    item(id: ID, heavy: Int @cost(weight: 7), by: Filter, all: [Filter!], ids: [ID!]): Item
    items(first: Int, last: Int): Items!
      @listSize(
        assumedSize: 20
        slicingArguments: ["first", "last"]
        sizedFields: ["nodes", "edges"]
        requireOneSlicingArgument: false
      )
    latest(count: Int = 4): [Item!] @listSize(assumedSize: 9, slicingArguments: ["count"], requireOneSlicingArgument: false)
    few: [Item!]! @listSize(assumedSize: 3)
    some: [Item!]!
    grid: [[Item!]!]! @listSize(assumedSize: 3)
    found: [Found!]! @listSize(assumedSize: 2)
    named: Named
  }
  type Mutation {
    rename(id: ID!): Item
  }
  type Subscription {
    renamed: Item
  }
  input Filter {
    name: String
  }
  type Items {
    nodes: [Item!]!
    edges: [Edge!]!
    total: Int! @cost(weight: 10)
    more: Boolean
  }
  type Edge {
    node: Item!
  }
  union Found = Item | Big
  interface Named {
    name: String
    parts: [Item!]! @listSize(assumedSize: 1)
  }
  type Item implements Named @key(fields: "id") {
    id: ID!
    name: String
    tags: [String!]! @listSize(assumedSize: 5)
    colour: Colour
    next: Item
    parts: [Item!]! @listSize(assumedSize: 4)
    items(first: Int): Items!
      @listSize(slicingArguments: ["first"], sizedFields: ["nodes"], requireOneSlicingArgument: false)
  }
  type Big implements Named @cost(weight: 50) {
    name: String
    own: String
    parts: [Item!]! @listSize(assumedSize: 2)
  }
  enum Colour @cost(weight: 3) {
    RED
  }
`);
const cost = (text: string, variables?: Readonly<Record<string, unknown>>) =>
  costIn(snapshot, text, variables);
/** A connection, its statement and the rows that it reads. */
const page = (size: number) => 1 + 20 + size;

describe('a weight', () => {
  test.each([
    ['{ __typename }', 1 / 2],
    ['{ item { id } }', 1 + 1 / 2],
    ['{ item { id name } }', 1 + 2 / 2],
    ['{ item { next { id } } }', 2 + 1 / 2],
    ['{ item { colour } }', 1 + 3],
    ['{ item { tags } }', 1 + 5 / 2],
    ['{ items(first: 0) { total } }', page(0) + 10],
    ['{ item(id: "1") { id } }', 1 + 1 / 2],
    ['{ item(heavy: 1) { id } }', 7 + 1 + 1 / 2],
    ['{ item(by: {name: "a"}) { id } }', 1 + 1 + 1 / 2],
    ['{ item(all: [{name: "a"}, {name: "b"}]) { id } }', 2 + 1 + 1 / 2],
    ['mutation { rename(id: 1) { id } }', 100 + 1 + 1 / 2],
    ['mutation { a: rename(id: 1) { id } b: rename(id: 2) { id } }', 2 * (100 + 1 + 1 / 2)],
    ['subscription { renamed { id } }', 1 + 1 / 2],
  ])('%s costs %d', (text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  test('of a long response name is that of the text that it repeats', () => {
    const named = (length: number) => cost(`{ few { ${'n'.repeat(length)}: id } }`);
    expect(named(32)).toBe(cost('{ few { id } }'));
    expect(named(33) - named(32)).toBe(3 / 2);
    expect(named(32_032) - named(32)).toBe(3 * 500);
  });
});

const each = 1 + 1 / 2;

describe('the size of a list', () => {
  test.each([
    ['{ some { id } }', ASSUMED_LIST_SIZE],
    ['{ few { id } }', 3],
    ['{ grid { id } }', 3 * ASSUMED_LIST_SIZE],
    ['{ latest { id } }', 4],
    ['{ latest(count: 7) { id } }', 7],
    ['{ latest(count: null) { id } }', 9],
    ['{ latest(count: 0) { id } }', 0],
    ['{ latest(count: -1) { id } }', 0],
  ])('%s: %d', (text, size) => {
    expect(cost(text)).toBe(size * each);
  });

  test.each<[string, string, Readonly<Record<string, unknown>>, number]>([
    ['a variable', '($n: Int)', { n: 7 }, 7],
    ['a variable that is left out, for which the argument has a default', '($n: Int)', {}, 4],
    ['a variable that is null', '($n: Int)', { n: null }, 9],
    ['the default of a variable', '($n: Int = 6)', {}, 6],
    ['a variable with a default', '($n: Int = 6)', { n: 2 }, 2],
    ['a null for a variable with a default', '($n: Int = 6)', { n: null }, 9],
    ['a negative variable, which is refused', '($n: Int)', { n: -5 }, 0],
  ])('by %s', (_case, declared, variables, size) => {
    expect(cost(`query ${declared} { latest(count: $n) { id } }`, variables)).toBe(size * each);
  });

  test('of an argument multiplies what each of its objects or values costs', () => {
    const by = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    expect(cost('query ($by: [Filter!]) { item(all: $by) { id } }', { by })).toBe(3 + each);
    const ids = ['a', 'b', 'c', 'd'];
    expect(cost('query ($ids: [ID!]) { item(ids: $ids) { id } }', { ids })).toBe(4 / 2 + each);
  });

  test.each([
    ['{ items { nodes { id } } }', 20],
    ['{ items(first: 5) { nodes { id } } }', 5],
    ['{ items(last: 6) { nodes { id } } }', 6],
    // A server refuses both, or a null for both is none.
    ['{ items(first: 5, last: 6) { nodes { id } } }', 6],
    ['{ items(first: null, last: 6) { nodes { id } } }', 6],
    ['{ items(first: null, last: null) { nodes { id } } }', 20],
  ])('of a page: %s has %d nodes', (text, size) => {
    expect(cost(text)).toBe(page(size) + size * each);
  });

  test('of a page counts for edges, too, and for their fields no more', () => {
    expect(cost('{ items(first: 5) { edges { node { tags } } } }')).toBe(page(5) + 5 * (1 + 1 + 5 / 2));
    expect(cost('{ items(first: 5) { a: nodes { id } b: nodes { id } } }')).toBe(page(5) + 2 * 5 * each);
  });

  test.each([
    ['{ items(first: 100) { more } }', page(100) + 1 / 2],
    ['{ items { more } }', page(20) + 1 / 2],
    ['{ items(first: -1) { more } }', page(0) + 1 / 2],
    ['{ few { items(first: 50) { more } } }', 3 * (1 + page(50) + 1 / 2)],
  ])('of a page is paid for, whatever of its rows is selected: %s costs %d', (text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  test('multiplies what is below it', () => {
    expect(cost('{ items(first: 5) { nodes { parts { tags } } } }')).toBe(
      page(5) + 5 * (1 + 4 * (1 + 5 / 2)),
    );
    const text = 'query ($n: Int) { items(first: $n) { nodes { next { id } } } }';
    expect(cost(text, { n: 100 })).toBe(page(100) + 100 * (1 + each));
  });
});

describe('an abstract type costs what its most expensive object does:', () => {
  test.each([
    ['{ found { ... on Item { id } } }', 2 * 50],
    ['{ found { ... on Big { own } ... on Item { parts { id } } } }', 2 * (50 + 1 / 2)],
    [
      '{ found { ... on Item { parts { parts { parts { id } } } } } }',
      2 * (1 + 4 * (1 + 4 * (1 + 4 * each))),
    ],
    ['{ named { name } }', 50 + 1 / 2],
    ['{ named { parts { id } } }', 50 + 2 * each],
    ['{ found { ... on Named { name } __typename } }', 2 * (50 + 2 / 2)],
  ])('%s costs %d', (text, expected) => {
    expect(cost(text)).toBe(expected);
  });
});

test('conditions of the request decide', () => {
  const text =
    'query ($a: Boolean!, $n: Int) { item @include(if: $a) { id } latest(count: $n) @skip(if: $a) { id } }';
  expect(cost(text, { a: true, n: 50 })).toBe(each);
  expect(cost(text, { a: false, n: 50 })).toBe(50 * each);
});

test('reading a document costs what it is long', () => {
  expect([readingCost(''), readingCost('a'.repeat(3_600))]).toEqual([500, 500 + 1_200]);
});

test('introspection costs what its lists are long', () => {
  const types = cost('{ __schema { types { name } } }');
  expect(types).toBeGreaterThan(20);
  expect(cost('{ a: __schema { types { name } } b: __schema { types { name } } }')).toBe(2 * types);
});

test('selections that multiply by the objects of abstract types cost a bounded time to judge', () => {
  const nested = (depth: number): string =>
    depth === 0
      ? 'name'
      : `... on Item { a: next { ${nested(depth - 1)} } } ... on Big { a: parts { ${nested(depth - 1)} } }`;
  expect(cost(`{ named { ${nested(10)} } }`)).toBeGreaterThan(1);
});
