import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { accessOver, callers } from './access.fixture.ts';
import { subgraphs } from './rules.fixture.ts';

const { anonymous, customer, everyone, operator, reader, staff } = callers;

const over = () => accessOver(subgraphs);
const forbidden = (path: readonly (string | number)[], message = expect.any(String)) => ({
  message,
  path,
  code: 'FORBIDDEN',
});

describe('a field that the caller may not see', () => {
  test('is null with an error at its path, on each item of a list, and not fetched', async () => {
    const { ask, fetched } = over();
    expect(await ask(customer, '{ flights { code income: revenue } }')).toEqual({
      data: {
        flights: [
          { code: 'KE1', income: null },
          { code: 'KE2', income: null },
        ],
      },
      errors: [0, 1].map((i) =>
        forbidden(['flights', i, 'income'], 'Flight.revenue requires the policy staff.'),
      ),
    });
    expect(fetched()).toBe('{flights{code}}');
  });

  test('is there for a caller who may', async () => {
    expect(await over().ask(staff, '{ flight { code income: revenue } }')).toEqual({
      data: { flight: { code: 'KE1', income: 100 } },
    });
  });

  test('makes null what holds it, where it may not be null', async () => {
    const { ask, fetched } = over();
    expect(await ask(customer, '{ flight { code weight } unmarked }')).toEqual({
      data: { flight: null, unmarked: 1 },
      errors: [forbidden(['flight', 'weight'])],
    });
    expect(await ask(customer, '{ unmarked needed }')).toEqual({
      data: null,
      errors: [forbidden(['needed'])],
    });
    expect(fetched()).not.toMatch(/weight|needed/);
  });

  test('is denied in each fragment and under each alias', async () => {
    const { ask, fetched } = over();
    const query = `
      { flight { ...A next { a: revenue ...A } ... { b: revenue } } }
      fragment A on Flight { code ...B }
      fragment B on Flight { revenue }
    `;
    const { data, errors } = await ask(customer, query);
    expect(data).toEqual({
      flight: { code: 'KE1', revenue: null, next: { a: null, code: 'KE2', revenue: null }, b: null },
    });
    expect(errors?.map(({ path }) => path?.join('.')).sort()).toEqual(
      ['flight.b', 'flight.next.a', 'flight.next.revenue', 'flight.revenue'].sort(),
    );
    expect(fetched()).not.toContain('revenue');
  });

  test('is not fetched for another that requires it: who may not see it may not see that one', async () => {
    const { ask, fetched } = over();
    expect(await ask(customer, '{ flight { share } }')).toMatchObject({ data: { flight: { share: null } } });
    expect(fetched()).toBe('{flight{__typename}}');
    expect(await ask(staff, '{ flight { share } }')).toEqual({ data: { flight: { share: 18 } } });
  });

  test('is not told of by a subgraph that fails for it, where it is fetched as a key', async () => {
    const id = () => {
      throw new GraphQLError('The secret.', { extensions: { code: 'NOT_FOUND' } });
    };
    const key = 'id: ID! @policy(policies: [["staff"]])';
    const { ask } = accessOver({
      flights: {
        typeDefs: `
          type Query { flight: Flight @tag(name: "public") }
          type Flight @key(fields: "id") { ${key} }
        `,
        resolvers: { Query: { flight: () => ({}) }, Flight: { id } },
      },
      weights: { typeDefs: `type Flight @key(fields: "id") { ${key}, weight: Int }`, resolvers: {} },
    });
    for (const increments of [false, true]) {
      expect(await ask(customer, '{ flight { id weight } }', { increments })).toEqual({
        data: { flight: null },
        errors: [forbidden(['flight', 'id'], 'Flight.id requires the policy staff.')],
      });
    }
    expect(
      await ask(customer, '{ ... @defer { flight { id weight } } }', { increments: true }),
    ).toMatchObject({
      later: [
        {
          data: { flight: null },
          errors: [forbidden(['flight', 'id'], 'Flight.id requires the policy staff.')],
        },
      ],
    });
  });

  test('is excluded or included as any other', async () => {
    const { ask } = over();
    const query =
      'query ($with: Boolean!) { flight { code revenue @include(if: $with) cost @skip(if: $with) } }';
    expect(await ask(customer, query, { variables: { with: true } })).toEqual({
      data: { flight: { code: 'KE1', revenue: null } },
      errors: [forbidden(['flight', 'revenue'])],
    });
    expect(await ask(reader, query, { variables: { with: false } })).toEqual({
      data: { flight: { code: 'KE1', cost: 10 } },
    });
  });
});

describe('a rule', () => {
  test.each([
    [
      'is of a type: nothing of its objects, nor that there is one',
      customer,
      '{ private { text } }',
      'Query.private requires the policy staff or operator.',
    ],
    [
      "is of a field, beside its type's",
      staff,
      '{ private { urgent } }',
      'Note.urgent requires the policy operator.',
    ],
    [
      "is of a scalar, beside its field's",
      customer,
      '{ flight { cost } }',
      'Flight.cost requires the policy owner or staff, and the scope money or read:all.',
    ],
    [
      'of policies holds for the roles of these names',
      operator,
      '{ flight { cost } }',
      'Flight.cost requires the policy owner or staff, and the scope money or read:all.',
    ],
    [
      'of scopes requires all scopes of one list',
      customer,
      '{ crew }',
      'Query.crew requires the scope read:crew and read:names or read:all.',
    ],
  ])('%s', async (_, caller, query, message) => {
    const { ask, fetches } = over();
    expect((await ask(caller, query)).errors?.map((error) => error.message)).toEqual([message]);
    expect(fetches.filter((fetch) => !/^\{(flight|private)\{__typename\}\}$/.test(fetch.query))).toEqual([]);
  });

  test.each([
    [staff, '{ private { text } }', { private: { text: 'secret' } }],
    [operator, '{ private { text urgent } }', { private: { text: 'secret', urgent: true } }],
    [customer, '{ flight { seats { row } } }', { flight: { seats: [{ row: 1 }] } }],
    [reader, '{ crew flight { cost } }', { crew: ['Ada'], flight: { cost: 10 } }],
    [customer, '{ unmarked me }', { unmarked: 1, me: 2 }],
    [
      anonymous,
      '{ flight { code next { id } } __typename }',
      { flight: { code: 'KE1', next: { id: '2' } }, __typename: 'Query' },
    ],
    [
      everyone,
      '{ needed flight { cost } crew private { urgent } }',
      { needed: 'needed', flight: { cost: 10 }, crew: ['Ada'], private: { urgent: true } },
    ],
  ])('holds for those who may: %j, %s', async (caller, query, data) => {
    expect(await over().ask(caller, query)).toEqual({ data });
  });
});

test('nothing is fetched where nothing is left, and nothing is logged', async () => {
  const { ask, fetches, lines } = over();
  expect(await ask(customer, '{ crew private { text } }')).toEqual({
    data: { crew: null, private: null },
    errors: [forbidden(['crew']), forbidden(['private'])],
  });
  expect(fetches).toEqual([]);
  expect(lines).toEqual([]);
});

describe('an anonymous caller', () => {
  test.each([
    ['a field without a rule and a tag', '{ flight { code } unmarked }'],
    ['an authenticated one', '{ me }'],
    ['one with a policy, in a fragment', '{ flight { ... on Flight { cost } } }'],
    ['one of an object that is not public', '{ flight { seats { row } } }'],
    ['objects of types of which one is not public', '{ thing { __typename } }'],
    ['a mutation', 'mutation { second }'],
    ['a subscription', 'subscription { unmarkedUpdated }'],
    ['a field of what a public subscription returns', 'subscription { flightUpdated { cost } }'],
    ['the schema', '{ __schema { queryType { name } } }'],
    ['a type of the schema', '{ __type(name: "Flight") { name } }'],
  ])('who selects %s is refused as a whole', async (_, query) => {
    const { ask, fetches } = over();
    expect(await ask(anonymous, query)).toEqual({
      status: 401,
      errors: [
        { message: 'The operation selects what is not public; send a token.', code: 'UNAUTHENTICATED' },
      ],
    });
    expect(fetches).toEqual([]);
  });

  test('may exclude what is not public', async () => {
    const query = 'query ($with: Boolean!) { flight { code cost @include(if: $with) } }';
    const { ask } = over();
    expect(await ask(anonymous, query, { variables: { with: false } })).toEqual({
      data: { flight: { code: 'KE1' } },
    });
    expect(await ask(anonymous, query, { variables: { with: true } })).toMatchObject({ status: 401 });
  });

  test('reads no schema, others do', async () => {
    const { ask } = over();
    const query = '{ __type(name: "Flight") { name } }';
    for (const caller of [customer, everyone])
      expect(await ask(caller, query)).toEqual({ data: { __type: { name: 'Flight' } } });
  });

  test('learns no names of the schema from errors, others do', async () => {
    const { ask } = over();
    for (const query of ['{ fligt { code } }', '{ flight { cod } }']) {
      const [anonymously, known] = [await ask(anonymous, query), await ask(customer, query)];
      expect(anonymously.errors?.[0]?.message).toMatch(/^Cannot query field "\w+" on type "\w+"\.$/);
      expect(known.errors?.[0]?.message).toContain('Did you mean');
    }
  });
});
