import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { requestExpired } from '../fan-out/index.ts';
import { isRefused } from '../refusal.ts';
import { planSubscription } from '../subscriptions/plan-subscription.ts';
import { client, createTestPipeline, NOW } from './pipeline.fixture.ts';

const codeOf = ({ errors }: { errors?: readonly { extensions?: Readonly<Record<string, unknown>> }[] }) =>
  errors?.map(({ extensions }) => extensions?.code);

describe('a document', () => {
  test('is planned once, whatever its variables and clients', async () => {
    const { run, plans } = createTestPipeline();
    const query = 'query ($id: ID!) { flight(id: $id) { code revenue } }';
    for (const id of ['1', '2', '3']) {
      expect(await run(query, { variables: { id } })).toEqual({
        data: { flight: { code: `KE${id}`, revenue: Number(id) * 100 } },
      });
    }
    expect(plans()).toBe(1);
    await run(`${query} `, { variables: { id: '1' } });
    expect(plans()).toBe(2);
  });

  test('with several operations is checked once, and each of them is planned when it is asked for', async () => {
    const { run, plans, refused } = createTestPipeline();
    const query = 'query A { paid } query B { flights { id } } subscription C { flightUpdated { id } }';
    expect(await run(query, { operationName: 'A' })).toEqual({ data: { paid: 7 } });
    expect(await run(query, { operationName: 'B' })).toEqual({
      data: { flights: [{ id: '1' }, { id: '2' }] },
    });
    expect(await run(query, { operationName: 'A' })).toEqual({ data: { paid: 7 } });
    expect(plans()).toBe(2);
    expect(codeOf(await refused(query))).toEqual(['OPERATION_RESOLUTION_FAILURE']);
    expect(codeOf(await refused(query, { operationName: 'D' }))).toEqual(['OPERATION_RESOLUTION_FAILURE']);
    expect(codeOf(await refused('fragment F on Flight { id }'))).not.toEqual([undefined]);
  });

  test('is planned again under a new supergraph, and by its text', async () => {
    const { pipeline, prepared, plans, reload } = createTestPipeline();
    const before = await prepared('subscription S { flightUpdated { code } }', { operationName: 'S' });
    reload();
    const again = pipeline.prepareAgain(before);
    expect(isRefused(again)).toBe(false);
    expect(plans()).toBe(2);
    expect(pipeline.prepareAgain(before)).toMatchObject({ operationName: 'S', type: 'subscription' });
    expect(plans()).toBe(2);
  });

  test.each([
    ['no GraphQL', '{', 'GRAPHQL_PARSE_FAILED'],
    ['unknown fields', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'fragments in a circle',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      undefined,
    ],
    ['a fragment in itself', 'subscription { ...A } fragment A on Subscription { ...A }', undefined],
    ['brackets without end', '{'.repeat(100_000), 'DOCUMENT_LIMIT_EXCEEDED'],
    ['lists without end', `{ flight(id: ${'['.repeat(50_000)}`, 'DOCUMENT_LIMIT_EXCEEDED'],
    [
      'too much depth',
      `{ flight(id: 1) { ${'next { '.repeat(60)} id ${'}'.repeat(60)} } }`,
      'DOCUMENT_LIMIT_EXCEEDED',
    ],
    [
      'too many aliases',
      `{ ${Array.from({ length: 300 }, (_, i) => `a${i}: paid`).join(' ')} }`,
      'DOCUMENT_LIMIT_EXCEEDED',
    ],
    [
      'a subscription of two fields',
      'subscription { a: flightUpdated { id } b: flightUpdated { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a subscription of no field', 'subscription { __typename }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('with %s is refused', async (_what, query, code) => {
    const { refused, lines, fetches } = createTestPipeline();
    const outcome = await refused(query);
    expect(outcome.status).toBe(400);
    expect(codeOf(outcome)?.[0]).toEqual(
      code ?? expect.stringMatching(/GRAPHQL_VALIDATION_FAILED|DOCUMENT_LIMIT/),
    );
    expect(outcome.errors.length).toBeLessThanOrEqual(20);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(fetches).toEqual([]);
  });
});

describe('a subscription whose root field is conditional is refused, as one operation:', () => {
  test.each([
    ['subscription ($b: Boolean!) { flightUpdated @skip(if: $b) { id } }'],
    ['subscription ($b: Boolean!) { flightUpdated @include(if: $b) { id } }'],
    ['subscription { flightUpdated @skip(if: false) { id } }'],
    ['subscription ($b: Boolean!) { ... @include(if: $b) { flightUpdated { id } } }'],
    [
      'subscription ($b: Boolean!) { ...F @skip(if: $b) } fragment F on Subscription { flightUpdated { id } }',
    ],
    [
      'subscription ($b: Boolean!) { ...F } fragment F on Subscription { flightUpdated @skip(if: $b) { id } }',
    ],
    [
      'subscription ($b: Boolean!) { ...F } fragment F on Subscription { ... on Subscription { ...G } } fragment G on Subscription { flightUpdated @skip(if: $b) { id } }',
    ],
    ['query A { paid } subscription B($b: Boolean!) { flightUpdated @skip(if: $b) { id } }'],
  ])('%s', async (query) => {
    const { refused, lines } = createTestPipeline();
    const outcome = await refused(query, {
      variables: { b: false },
      operationName: query.includes(' A ') ? 'B' : null,
    });
    expect(codeOf(outcome)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(outcome.errors[0]?.message).toContain('@skip');
    expect(lines).toEqual([]);
  });

  test('but not one that is conditional within', async () => {
    const { pipeline, prepared } = createTestPipeline();
    const prepare = (b: boolean) =>
      prepared(
        'subscription ($b: Boolean!) { flightUpdated { id code @skip(if: $b) revenue @include(if: $b) } }',
        {
          variables: { b },
        },
      );
    const event = () => ({ data: { flightUpdated: { __typename: 'Flight', id: '3', code: 'KE3' } } });
    expect((await pipeline.execute(await prepare(false), event())).data).toEqual({
      flightUpdated: { id: '3', code: 'KE3' },
    });
    expect((await pipeline.execute(await prepare(true), event())).data).toEqual({
      flightUpdated: { id: '3', revenue: 300 },
    });
  });
});

describe('variables', () => {
  test.each([
    ['of the wrong type', { id: { a: 1 } }, 'id'],
    ['left out', {}, 'id'],
    ['null', { id: null }, 'id'],
  ])('that are %s are refused with their field', async (_what, variables, field) => {
    const { refused } = createTestPipeline();
    const { errors } = await refused('query ($id: ID!) { flight(id: $id) { id } }', { variables });
    expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', field }]);
  });

  test('with many wrong values are not all reported', async () => {
    const { refused } = createTestPipeline();
    const variables = { tags: Array.from({ length: 10_000 }, () => [{}]) };
    const query = 'subscription ($tags: [[String!]!]) { flightUpdated(tags: $tags) { id } }';
    const { errors } = await refused(query, { variables });
    expect(errors.length).toBeLessThanOrEqual(11);
  });

  test('of a subscription go to the subgraph that needs them; what they exclude is not asked for', async () => {
    const { pipeline, prepared } = createTestPipeline();
    const text =
      'subscription Mine($id: ID = "x", $b: Boolean = true) { flightUpdated(id: $id) { id revenue @include(if: $b) next { id @skip(if: $b) code } } }';
    const given = planSubscription(await prepared(text, { variables: { id: '9', b: false } }), pipeline);
    expect(given.primary).toMatchObject({ subgraph: 'flight', variables: { id: '9' } });
    const left = planSubscription(await prepared(text), pipeline);
    expect(left.primary.variables).toEqual({});
    expect(left.primary.query).not.toBe(given.primary.query);
    expect(left.primary.query).toContain('$id:ID="x"');
    expect(left.primary.query).not.toContain('Mine');
  });
});

describe('a subscription', () => {
  test('named otherwise asks its subgraph for the same, but is another operation', async () => {
    const { pipeline, prepared } = createTestPipeline();
    const plan = async (text: string) => planSubscription(await prepared(text), pipeline);
    const one = await plan('subscription One { flightUpdated { id revenue } }');
    const two = await plan('subscription Two { flightUpdated { id revenue } }');
    expect(one.primary).toEqual(two.primary);
    expect(one.key).not.toBe(two.key);
  });

  test("fetches the rest for each event, under the client's own names, which may be those of keys", async () => {
    const { pipeline, prepared, fetches, plans } = createTestPipeline();
    const query = 'subscription { __typename: flightUpdated { id: code code: id __typename: revenue } }';
    const plan = planSubscription(await prepared(query), pipeline);
    const [field] = /(\w+):flightUpdated/.exec(plan.primary.query)?.slice(1) ?? [];
    for (const id of ['1', '2']) {
      const names = Object.fromEntries(
        [...plan.primary.query.matchAll(/(\w+):(id|code)\b/g)].map(([, alias, name]) => [
          alias,
          name === 'id' ? id : `KE${id}`,
        ]),
      );
      const event = { data: { [String(field)]: { __typename: 'Flight', id, ...names } } };
      expect((await plan.execute(event, client)).data).toEqual({
        __typename: { id: `KE${id}`, code: id, __typename: Number(id) * 100 },
      });
    }
    expect(fetches.map(({ subgraph }) => subgraph)).toEqual(['payment', 'payment']);
    expect(plans()).toBe(1);
  });
});

describe('a query', () => {
  test("may call its fields by the names of keys, which do not get into the subgraphs' way", async () => {
    const { run } = createTestPipeline();
    expect(await run('{ flights { id: code code: id revenue } }')).toEqual({
      data: {
        flights: [
          { id: 'KE1', code: '1', revenue: 100 },
          { id: 'KE2', code: '2', revenue: 200 },
        ],
      },
    });
  });

  test('is all that a safe request may send', async () => {
    const { refused, prepared } = createTestPipeline();
    for (const query of [
      'mutation { rename(id: 1, code: "a") { id } }',
      'subscription { flightUpdated { id } }',
    ]) {
      expect(await refused(query, { readOnly: true })).toMatchObject({
        status: 405,
        errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }],
      });
      await prepared(query);
    }
    await prepared('{ paid }', { readOnly: true });
  });

  test('of a client whose credentials have expired meanwhile is refused', async () => {
    const { pipeline } = createTestPipeline();
    const prepare = (expiresAt: number) =>
      pipeline.prepare({ query: '{ paid }' }, { ...client, authority: { ...client.authority, expiresAt } });
    expect(await prepare(NOW)).toEqual({ status: 401, ...requestExpired });
    expect(await prepare(NOW + 1)).toMatchObject({ type: 'query' });
  });
});

describe('what goes wrong inside', () => {
  const secret = 'connect ECONNREFUSED 10.0.0.7:5432';

  test.each([
    ['is thrown', () => Promise.reject(new Error(secret))],
    [
      'is an error among others',
      async () => ({ data: null, errors: [new Error(secret), new GraphQLError(secret)] }),
    ],
    [
      'is an error with an unknown code',
      async () => ({
        data: null,
        errors: [new GraphQLError(secret, { extensions: { code: 'E', exception: secret } })],
      }),
    ],
  ])('and %s is masked, and logged', async (_what, execute) => {
    const { run, lines } = createTestPipeline({ execute });
    const { errors } = await run('{ paid }');
    expect(new Set(codeOf({ errors }))).toEqual(new Set(['INTERNAL_SERVER_ERROR']));
    expect(JSON.stringify(errors)).not.toContain('10.0.0.7');
    expect(JSON.stringify(lines)).toContain('10.0.0.7');
  });

  test.each([
    [
      'the planner refuses',
      new GraphQLError('No.', { extensions: { code: 'BAD_REQUEST' } }),
      400,
      'BAD_REQUEST',
    ],
    ['the planner fails on', new Error(secret), 500, 'INTERNAL_SERVER_ERROR'],
  ])('and %s is refused, and not kept', async (_what, error, status, code) => {
    const { refused, plans } = createTestPipeline({
      plan: () => {
        throw error;
      },
    });
    for (const round of [1, 2]) {
      const outcome = await refused('{ paid }');
      expect(outcome.status).toBe(status);
      expect(codeOf(outcome)).toEqual([code]);
      expect(JSON.stringify(outcome)).not.toContain('10.0.0.7');
      expect(plans()).toBe(round);
    }
  });

  test('before the planner refuses the operation alone', async () => {
    const { refused, lines } = createTestPipeline({
      snapshot: () => {
        throw new Error(secret);
      },
    });
    expect(await refused('{ paid }')).toMatchObject({
      status: 500,
      errors: [{ message: 'Internal server error' }],
    });
    expect(JSON.stringify(lines)).toContain('10.0.0.7');
  });
});
