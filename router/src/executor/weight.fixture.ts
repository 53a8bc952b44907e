import { defaultLimits } from '@airline/service/server';
import { type DefinitionNode, Kind, parse, type SelectionNode, type SelectionSetNode } from 'graphql';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import type { CheckedDocument } from '../pipeline/document.ts';
import type { Outcome } from '../pipeline/operation.ts';
import { checkDocument } from '../pipeline/planning.ts';
import { isRefused } from '../refusal.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';
import type { Completer } from './shape/completers.ts';

// A process of its own, run with --expose-gc: what documents of each shape take of the heap, and what they weigh.

const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

const nested = (depth: number, field: string, inner: string): string =>
  depth === 0 ? inner : `${field} { ${nested(depth - 1, field, inner)} }`;

const node = 'id: ID!, name: String, next: Node, kids: [Node!]!';
const one = `${link}
  type Query { nodes: [Node!]!, thing(filter: Filter, name: String): Thing, a: A, search: [Found!]! }
  input Filter { name: String, tags: [String!], and: [Filter!] }
  interface Node { ${node} }
  union Found = A | B | C
  enum Kind { X Y Z }
  type A implements Node @key(fields: "id") { ${node}, own: Int, a: A }
  type B implements Node @key(fields: "id") { ${node}, kind: Kind }
  type C implements Node @key(fields: "id") { ${node}, list: [[Int]] }
  type Thing @key(fields: "id") { id: ID!, ${many(60, (i) => `f${i}(x: Int): Int`)}, next: Thing }
`;
const two = `${link}
  type Query { two: Int }
  type A @key(fields: "id") { id: ID!, second: String }
  type Thing @key(fields: "id") { id: ID!, ${many(30, (i) => `s${i}: Float`)} }
`;

const conditions = ['a', 'b', 'c', 'd'];
const decisions = Array.from(
  { length: 2 ** conditions.length },
  (_, bits) => new Map(conditions.map((name, index) => [name, ((bits >> index) & 1) === 1])),
);

interface Shape {
  readonly text: (n: number) => string;
  readonly count: number;
  readonly outcomes?: readonly Outcome['decisions'][];
}

const shapes: Readonly<Record<string, Shape>> = {
  small: { count: 300, text: (n) => `query Q${n} { two }` },
  aliases: { count: 25, text: (n) => `query Q${n} { ${many(40, (i) => `a${n}_${i}: two`)} }` },
  arguments: { count: 15, text: (n) => `query Q${n} { thing { ${many(60, (i) => `f${i}(x: ${n})`)} } }` },
  nested: { count: 25, text: (n) => `query Q${n} { a { ${nested(20, 'a', 'own second')} } }` },
  'several subgraphs': {
    count: 15,
    text: (n) =>
      `query Q${n} { thing { id ${many(30, (i) => `s${i}`)} next { ${many(20, (i) => `s${i}`)} f1 } } }`,
  },
  'interfaces and unions': {
    count: 15,
    text: (n) => `query Q${n} {
      nodes { id name ... on A { own second } ... on B { kind } kids { name next { name ... on A { second } } } }
      search { ... on A { name own } ... on B { kind } ... on C { list } __typename }
    }`,
  },
  'fragments spread often': {
    count: 10,
    text: (n) => `fragment F on Thing { ${many(60, (i) => `f${i}`)} }
      query Q${n} { thing { ...F next { ...F next { ...F next { ...F } } } } }`,
  },
  'a big literal': {
    count: 25,
    text: (n) => `query Q${n} { thing(name: "${`${n} `.repeat(2_000)}") { id } }`,
  },
  'a big literal beyond Latin-1': {
    count: 25,
    text: (n) => `query Q${n} { thing(name: "${`${n} 漢`.repeat(1_000)}") { id } }`,
  },
  'a big comment': { count: 25, text: (n) => `query Q${n} { two }\n# ${`${n} `.repeat(2_000)}` },
  'a list of literals': {
    count: 20,
    text: (n) => `query Q${n} { thing(filter: { tags: [${many(500, (i) => `"${i}"`)}] }) { id } }`,
  },
  variables: {
    count: 15,
    text: (n) =>
      `query Q${n}(${many(50, (i) => `$v${n}_${i}: Int`)}) { thing { ${many(50, (i) => `f${i}(x: $v${n}_${i})`)} } }`,
  },
  operations: { count: 25, text: (n) => many(50, (i) => `query Q${n}_${i} { two }`) },
  introspection: {
    count: 50,
    text: (n) => `query Q${n} { __schema { types { name fields { name type { name } args { name } } } } }`,
  },
  conditions: {
    count: 2,
    outcomes: decisions,
    text: (n) =>
      `query Q${n}(${conditions.map((name) => `$${name}: Boolean!`).join()}) {
        thing { ${many(40, (i) => `f${i} @include(if: $${conditions[i % conditions.length]})`)} }
      }`,
  },
};

const send = async () => ({ failure: 'never sent' });
const snapshot = createSnapshot(
  composeSubgraphs([
    { name: 'one', url: 'http://one', typeDefs: one },
    { name: 'two', url: 'http://two', typeDefs: two },
  ]),
  { one: { name: 'one', send }, two: { name: 'two', send } },
);

/** Plans a document for each outcome, and has all compiled that would be when its first objects come. */
function planned({ text, outcomes = [new Map()] }: Shape, n: number): CheckedDocument {
  const options = {
    limits: { ...defaultLimits, textLength: 10_000 },
    introspection: true,
    shape: (errors: readonly unknown[]) => {
      throw errors[0];
    },
  };
  const checked = checkDocument(text(n), snapshot, options);
  if (isRefused(checked)) throw new Error('A shape is not valid.');
  const { document, syntax } = checked;
  const [operation] = document.operations;
  for (const each of outcomes) {
    const outcome = { decisions: each, overrides: new Map(), increments: false, denied: [] };
    const plan = operation?.plan(outcome, operation.cost(outcome, snapshot, syntax), snapshot, syntax);
    if (plan) compileAll(plan.compiled.shape, text(n));
  }
  return document;
}

function compileAll(shape: Completer, text: string): void {
  const { definitions } = parse(text);
  const walk = (completer: Completer | undefined, { selections }: SelectionSetNode): void => {
    const object = completer?.element ?? completer;
    for (const selection of selections) {
      const below = setOf(selection, definitions);
      if (selection.kind !== Kind.FIELD) {
        if (below) walk(object, below);
        continue;
      }
      // Found among all types, which compiles them.
      const inner = object?.field((selection.alias ?? selection.name).value, '')?.completer;
      if (below && typeof inner === 'object') walk(inner, below);
    }
  };
  for (const each of definitions) if (each.kind === Kind.OPERATION_DEFINITION) walk(shape, each.selectionSet);
}

function setOf(
  selection: SelectionNode,
  definitions: readonly DefinitionNode[],
): SelectionSetNode | undefined {
  if (selection.kind !== Kind.FRAGMENT_SPREAD) return selection.selectionSet;
  const fragment = definitions.find(
    (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
  );
  return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fragment.selectionSet : undefined;
}

function heapUsed(): number {
  const { gc } = globalThis;
  if (!gc) throw new Error('Run it with --expose-gc.');
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

const ROUNDS = [1, 2];

/** The least of two rounds: what V8 compiles meanwhile is in one of them, and is not the documents'. */
function measure(shape: Shape, keepBeside: (text: string) => unknown) {
  const rounds = ROUNDS.map((round) => measureOnce(shape, keepBeside, round * 1_000));
  return rounds.reduce((least, each) => (each.heap < least.heap ? each : least));
}

function measureOnce(shape: Shape, keepBeside: (text: string) => unknown, first: number) {
  const kept: unknown[] = [];
  const before = heapUsed();
  let weight = 0;
  for (let n = 0; n < shape.count; n += 1) {
    const document = planned(shape, first + n);
    weight += document.weight.bytes;
    kept.push(document, keepBeside(document.text));
  }
  const heap = heapUsed() - before;
  return { heap: (heap / kept.length) * 2, weight: (weight / kept.length) * 2 };
}

// What the first ones make V8 compile is not theirs.
for (const shape of Object.values(shapes)) for (let n = 0; n < 6; n += 1) planned(shape, n);

const measured = Object.entries(shapes).map(
  ([name, shape]) => [name, measure(shape, () => undefined)] as const,
);
const control = measure(shapes.arguments ?? { count: 0, text: String }, (text) => parse(text));
process.stdout.write(JSON.stringify({ measured: Object.fromEntries(measured), control }));
