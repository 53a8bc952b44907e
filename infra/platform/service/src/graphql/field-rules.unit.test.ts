import { subgraphTypeDefs } from '@airline/schema/type-defs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse, subscribe } from 'graphql';
import { describe, expect, test } from 'vitest';
import { anonymous, type Caller, everyone } from '../identity/caller.ts';
import { workLimits } from '../limits/limits.ts';
import { boundFields } from './bounded-fields.ts';
import { RequestWork } from './request-work.ts';

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@authenticated", "@cost", "@listSize", "@policy", "@requiresScopes", "@shareable", "@tag"])
  type Query {
    open: Int @tag(name: "public")
    known: Int @authenticated
    unruled: Int
    owned: Int @policy(policies: [["owner"], ["staff"]])
    both: Int @policy(policies: [["owner", "staff"]])
    scoped: Int @requiresScopes(scopes: [["a", "b"], ["c"]])
    gate: Gate @tag(name: "public")
    crew: Crew @tag(name: "public")
    secret: Secret @tag(name: "public")
  }
  type Gate @tag(name: "public") { number: Int  code: Int @policy(policies: "staff") }
  type Crew @policy(policies: [["staff"]]) { name: Int  size: Int @tag(name: "public")  pay: Int @policy(policies: [["operator"]]) }
  scalar Secret @policy(policies: [["operator"]])
  type Subscription { changed: Int @policy(policies: [["staff"]]) }
`;

let resolved: number;
const count = () => {
  resolved += 1;
  return 1;
};

const changes = async function* () {};
const schema = boundFields(
  buildSubgraphSchema({
    typeDefs: subgraphTypeDefs('gate', sdl),
    resolvers: { Subscription: { changed: { subscribe: changes } } },
  }),
);
const fields = { number: count, code: count, name: count, size: count, pay: count };
const rootValue = {
  open: count,
  known: count,
  unruled: count,
  owned: count,
  both: count,
  scoped: count,
  secret: count,
  gate: () => fields,
  crew: () => fields,
};

const contextOf = (caller: Caller) => ({ caller, work: new RequestWork(workLimits) });

/** What of a query is refused, by its paths. */
async function refused(source: string, caller: Caller): Promise<readonly unknown[]> {
  resolved = 0;
  const { data, errors = [] } = await execute({
    schema,
    document: parse(source),
    rootValue,
    contextValue: contextOf(caller),
  });
  const refusals = errors.map(({ path, message, extensions }) => [path?.join('.'), message, extensions.code]);
  expect(JSON.stringify(data).match(/":1/g)?.length ?? 0).toBe(resolved);
  return refusals;
}

const as = (...roles: Caller['roles'][number][]): Caller => ({ subject: 'kim', roles, scopes: [] });
const codes = (refusals: readonly unknown[]) =>
  refusals.map((each) => (each as string[]).toSpliced(1, 1).join(' '));

describe('a field is shown to those for whom its rules hold', () => {
  const all = '{ open known unruled owned both scoped secret gate { number code } crew { name size pay } }';

  test.each<[string, Caller, readonly string[]]>([
    ['everyone', everyone, []],
    [
      'anonymous callers',
      anonymous,
      [
        'known',
        'unruled',
        'owned',
        'both',
        'scoped',
        'secret',
        'gate.code',
        'crew.name',
        'crew.size',
        'crew.pay',
      ],
    ],
    [
      'customers',
      as('customer'),
      ['both', 'scoped', 'secret', 'gate.code', 'crew.name', 'crew.size', 'crew.pay'],
    ],
    ['staff', as('staff'), ['both', 'scoped', 'secret', 'crew.pay']],
    [
      'operators',
      as('operator'),
      ['owned', 'both', 'scoped', 'gate.code', 'crew.name', 'crew.size', 'crew.pay'],
    ],
    ['staff who book', as('staff', 'customer'), ['scoped', 'secret', 'crew.pay']],
    [
      'staff who operate, without a subject',
      { ...as('staff', 'operator'), subject: undefined },
      ['both', 'scoped'],
    ],
    [
      'scopes that are enough',
      { ...as('customer'), scopes: ['c'] },
      ['both', 'secret', 'gate.code', 'crew.name', 'crew.size', 'crew.pay'],
    ],
    [
      'one scope of two',
      { ...as('customer'), scopes: ['a'] },
      ['both', 'scoped', 'secret', 'gate.code', 'crew.name', 'crew.size', 'crew.pay'],
    ],
  ])('%s', async (_who, caller, expected) => {
    const code = caller === anonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect(codes(await refused(all, caller))).toEqual(expected.map((path) => `${path} ${code}`));
  });

  test('under whatever name and in whatever fragment', async () => {
    const source = '{ gate { a: code ...G } } fragment G on Gate { number ... on Gate { b: code } }';
    expect(codes(await refused(source, as('customer')))).toEqual(['gate.a FORBIDDEN', 'gate.b FORBIDDEN']);
  });

  test('and the refusal says what is required', async () => {
    expect(await refused('{ owned scoped }', anonymous)).toEqual([
      ['owned', 'Query.owned requires the policy owner or staff.', 'UNAUTHENTICATED'],
      ['scoped', 'Query.scoped requires the scope a and b or c.', 'UNAUTHENTICATED'],
    ]);
    expect(await refused('{ crew { pay } }', as('customer'))).toEqual([
      ['crew.pay', 'Crew.pay requires the policy operator, and the policy staff.', 'FORBIDDEN'],
    ]);
  });

  test('what federation adds is for all', async () => {
    expect(await refused('{ _service { sdl } __typename }', anonymous)).toEqual([]);
  });
});

test('a subscription is refused before it has a source', async () => {
  const start = (caller: Caller) =>
    subscribe({
      schema,
      document: parse('subscription { changed }'),
      contextValue: contextOf(caller),
    });
  expect(await start(as('customer'))).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  expect(await start(as('staff'))).toHaveProperty('next');
});
