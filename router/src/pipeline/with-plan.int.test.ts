import { anonymous, everyone } from '@airline/service/server';
import { expect, test } from 'vitest';
import type { PlanTree, Timed } from '../executor/outline.ts';
import { startIncremental } from '../incremental.fixture.ts';
import { isRefused } from '../refusal.ts';
import { authorityOf } from '../request.ts';
import { compose, routerOver, supergraphFile } from '../router.fixture.ts';
import { client, createTestPipeline } from './pipeline.fixture.ts';
import type { ExecutedPlan } from './with-plan.ts';

const extensions = { plan: true };
const TWO_SUBGRAPHS = '{ flights { code revenue } }';

type Fetched = Extract<PlanTree<Timed>, { kind: 'Fetch' }>;

function fetchesIn(node: PlanTree<Timed> | null): Fetched[] {
  if (!node) return [];
  switch (node.kind) {
    case 'Fetch':
      return [node];
    case 'Flatten':
      return fetchesIn(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesIn);
    case 'Defer':
      return [node.primary, ...node.deferred.map((part) => part.node)].flatMap(fetchesIn);
  }
}

/** The plan as the pipeline puts it into a result. */
const planOf = (result: { readonly extensions?: Readonly<Record<string, unknown>> }) =>
  result.extensions?.plan as ExecutedPlan;

test('a request that asks for its plan gets it, with the time of each fetch', async () => {
  const { run } = createTestPipeline();
  const { data, extensions: given } = await run(TWO_SUBGRAPHS, { extensions });
  expect(data).toEqual({ flights: [1, 2].map((id) => ({ code: `KE${id}`, revenue: id * 100 })) });
  const fetch = { start: expect.any(Number), duration: expect.any(Number) };
  expect(given.plan).toEqual({
    traceId: null,
    node: {
      kind: 'Sequence',
      nodes: [
        {
          kind: 'Fetch',
          subgraph: 'flight',
          operation: expect.stringContaining('flights'),
          request: 0,
          ...fetch,
        },
        {
          kind: 'Flatten',
          path: 'flights.@',
          node: {
            kind: 'Fetch',
            subgraph: 'payment',
            operation: expect.stringContaining('_entities'),
            request: 1,
            ...fetch,
          },
        },
      ],
    },
  });
  const [first, second] = fetchesIn(given.plan.node);
  const end = Number(first?.start) + Number(first?.duration);
  expect(second?.start).toBeGreaterThanOrEqual(end - 0.002);
});

test('other requests get none, and nothing that is kept has one', async () => {
  const { run, prepared, plans } = createTestPipeline();
  const before = await run(TWO_SUBGRAPHS);
  await run(TWO_SUBGRAPHS, { extensions });
  const { planned } = await prepared(TWO_SUBGRAPHS);
  expect(planned.compiled).not.toHaveProperty('outline');
  expect(await run(TWO_SUBGRAPHS)).toEqual(before);
  expect(before).not.toHaveProperty('extensions');
  for (const plan of [false, 1, 'true', null])
    expect(await run(TWO_SUBGRAPHS, { extensions: { plan } })).toEqual(before);
  expect(plans()).toBe(2);
});

test('a request that asks for its plan shares no execution', async () => {
  const { pipeline, prepared, fetches } = createTestPipeline();
  const requests = await Promise.all(
    [undefined, undefined, extensions, extensions].map((each) => prepared('{ paid }', { extensions: each })),
  );
  const results = await Promise.all(requests.map((each) => pipeline.execute(each)));
  expect(fetches).toHaveLength(3);
  expect(results.map(({ extensions: given }) => given !== undefined)).toEqual([false, false, true, true]);
  expect(planOf(results[2] ?? {})).not.toBe(planOf(results[3] ?? {}));
});

test('the plan of a mutation is in the order of its fields', async () => {
  const { run } = createTestPipeline();
  const { data, extensions: given } = await run(
    'mutation { a: rename(id: 1, code: "A") { code } b: rename(id: 2, code: "B") { revenue } }',
    { extensions },
  );
  expect(data).toEqual({ a: { code: 'A' }, b: { revenue: 200 } });
  const fetches = fetchesIn(given.plan.node);
  expect(fetches.map(({ subgraph }) => subgraph)).toEqual(['flight', 'payment']);
  expect(fetches[0]?.operation).toMatch(/^mutation/);
});

test('without any fetch there is no node', async () => {
  const { run } = createTestPipeline();
  expect((await run('{ __typename }', { extensions })).extensions).toEqual({
    plan: { traceId: null, node: null },
  });
});

test('whoever may not read the schema gets no plan', async () => {
  for (const options of [{ introspection: false }, { plans: false }]) {
    const { run } = createTestPipeline(options);
    expect(await run('{ paid }', { extensions })).toEqual({ data: { paid: 7 } });
  }
  const { pipeline } = createTestPipeline();
  const given = await Promise.all(
    [everyone, { ...anonymous, subject: 'kim' }, anonymous].map(async (caller) => {
      const request = { query: '{ __typename }', extensions };
      const prepared = await pipeline.prepare(request, { ...client, authority: authorityOf(caller) });
      return isRefused(prepared)
        ? 'refused'
        : Object.keys((await pipeline.execute(prepared)).extensions ?? {});
    }),
  );
  expect(given).toEqual([['plan'], ['plan'], []]);
});

test('no cache keeps a response with a plan', async () => {
  const file = await supergraphFile(compose({ flight: 'http://127.0.0.1:1', payment: 'http://127.0.0.1:1' }));
  const { origin } = await routerOver(file.path, { apqCacheSeconds: 60 });
  const cachingOf = async (asked: object) => {
    const search = new URLSearchParams({ query: '{ __typename }', extensions: JSON.stringify(asked) });
    const response = await fetch(`${origin}/graphql?${search}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(response.status).toBe(200);
    return response.headers.get('cache-control');
  };
  expect(await cachingOf({})).toBe('public, max-age=60');
  expect(await cachingOf(extensions)).toBe('no-store');
});

test('an estimate of the cost stands beside it', async () => {
  const { run } = createTestPipeline();
  const { extensions: given } = await run('{ paid }', { extensions: { plan: true, cost: true } });
  expect(Object.keys(given).toSorted()).toEqual(['cost', 'plan']);
});

test('it is the same before and after the operation was planned for others', async () => {
  const { run } = createTestPipeline();
  const explained = () => run('{ paid }', { extensions: { plan: true, cost: true } });
  const { extensions: before } = await explained();
  const { extensions: planned } = await run('{ paid }', { extensions: { cost: true } });
  const { extensions: after } = await explained();
  expect(planned.cost).toEqual(before.cost);
  expect(after.cost).toEqual(before.cost);
});

test.each(['deferSpec=20220824', 'incrementalSpec=v0.2'])(
  'with %s the first part has the times so far, and the last all of them',
  async (format) => {
    const { url, gates } = await startIncremental();
    gates.release('crew', 'revenue');
    const query = '{ flight { id ... @defer(label: "money") { revenue } } }';
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: `multipart/mixed;${format}` },
      body: JSON.stringify({ query, extensions }),
    });
    const parts = (await response.text())
      .split(/\r\n--graphql(?:--)?/)
      .flatMap((part) => part.split('\r\n\r\n')[1] ?? [])
      .map((text) => JSON.parse(text));
    const [first, last] = parts;
    expect(first.extensions.plan.node.deferred).toMatchObject([{ label: 'money' }]);
    const [shown] = fetchesIn(first.extensions.plan.node);
    expect(shown).toMatchObject({ subgraph: 'flight', duration: expect.any(Number) });
    expect(last.hasNext).toBe(false);
    for (const { duration } of fetchesIn(last.extensions.plan.node))
      expect(duration).toEqual(expect.any(Number));
    expect(fetchesIn(last.extensions.plan.node)).toHaveLength(2);
  },
);
