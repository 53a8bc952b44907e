import { createMetrics, noTracing } from '@airline/observability';
import { anonymous, type Caller, everyone } from '@airline/service/server';
import { post } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { createTestPipeline, client as openClient } from './pipeline/pipeline.fixture.ts';
import { isRefused } from './refusal.ts';
import type { RouterReport } from './report.ts';
import { authorityOf, type RequestParameters } from './request.ts';
import { compose, routerOver, startSubgraphs, supergraphFile } from './router.fixture.ts';

const operator: Caller = { subject: 'olga', roles: ['operator'], scopes: [] };
const staff: Caller = { subject: 'clerk', roles: ['staff'], scopes: [] };

/** A pipeline, and how often a report was made. */
function pipeline(execute?: Parameters<typeof createTestPipeline>[0]) {
  let reports = 0;
  const report = () => {
    reports += 1;
    return { number: reports };
  };
  const { pipeline } = createTestPipeline({ ...execute, report });
  const prepare = async (caller: Caller, parameters: RequestParameters) => {
    const client = { ...openClient, authority: authorityOf(caller) };
    const prepared = await pipeline.prepare(parameters, client);
    if (isRefused(prepared)) throw new Error(JSON.stringify(prepared.errors));
    return () => pipeline.execute(prepared);
  };
  const ask = async (...given: Parameters<typeof prepare>) => (await prepare(...given))();
  return { ask, prepare, reports: () => reports };
}

const query = '{ paid }';
const extensions = { router: true };

describe('the report', () => {
  test.each([
    ['an operator', operator],
    ['everybody in an open system', everyone],
  ])('is for %s', async (_who, caller) => {
    const { ask } = pipeline();
    const expected = { data: { paid: 7 }, extensions: { router: { number: 1 } } };
    expect(await ask(caller, { query, extensions })).toEqual(expected);
  });

  test.each([
    ['staff', staff],
    ['anonymous callers', anonymous],
  ])('is not for %s', async (_who, caller) => {
    const { ask, reports } = pipeline();
    const nothing = { data: { __typename: 'Query' } };
    expect(await ask(caller, { query: '{ __typename }', extensions })).toEqual(nothing);
    expect(reports()).toBe(0);
  });

  test('is not made for those who do not ask for it', async () => {
    const { ask, reports } = pipeline();
    for (const asked of [undefined, {}, { router: false }, { router: 'true' }, { cost: false }])
      expect(await ask(operator, { query, extensions: asked })).toEqual({ data: { paid: 7 } });
    expect(reports()).toBe(0);
  });

  test('is of one request, also where others share the execution', async () => {
    const release = Promise.withResolvers<void>();
    let executions = 0;
    const { prepare } = pipeline({
      execute: async () => {
        executions += 1;
        await release.promise;
        return { data: { paid: 7 } };
      },
    });
    const prepared = [
      await prepare(operator, { query, extensions }),
      await prepare(operator, { query }),
      await prepare(operator, { query, extensions }),
    ];
    const results = prepared.map((execute) => execute());
    release.resolve();
    expect((await Promise.all(results)).map((result) => result.extensions)).toEqual([
      { router: { number: 1 } },
      undefined,
      { router: { number: 2 } },
    ]);
    expect(executions).toBe(1);
  });
});

test('a router reports its version, its graph, and what it has done and refused', async () => {
  const { flight, payment } = await startSubgraphs();
  const file = await supergraphFile(compose({ flight: flight.url, payment: payment.url }));
  const telemetry = { tracing: noTracing, metrics: createMetrics() };
  const config = { costLimit: 600, version: '7.1' };
  const { router, query } = await routerOver(file.path, config, telemetry);
  const report = async () => {
    const { body } = await post<{ extensions: { router: RouterReport } }>(
      router.url,
      JSON.stringify({ query: '{ __typename }', extensions }),
    );
    return body.extensions.router;
  };
  const before = await report();
  expect(before).toEqual({
    version: '7.1',
    startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    supergraph: { id: expect.stringMatching(/^[0-9a-f]{12}$/), subgraphs: ['flight', 'payment'] },
    operations: { ok: 1, errors: 0, refused: 0 },
    refusals: {},
    shed: { client: 0, overload: 0, lag: 0, wait: 0 },
    admission: { running: 1, waiting: 0, limit: expect.any(Number) },
    subscriptions: 0,
    rates: {
      operationsPerSecond: expect.any(Number),
      operationP95Ms: expect.any(Number),
      loopUtilization: expect.any(Number),
      memoryBytes: expect.any(Number),
    },
  });
  expect(before.rates.operationsPerSecond).toBeGreaterThan(0);

  await query('{ flight(id: "1") { code } }');
  await query('{ flights { debt } }');
  await query('{ nothing }');
  await query('{');
  await query('{');
  const many = Array.from({ length: 40 }, (_, index) => `f${index}: flights { code revenue }`);
  await query(`{ ${many.join(' ')} }`);
  const { operations, refusals } = await report();
  expect({ operations, refusals }).toEqual({
    operations: { ok: 3, errors: 1, refused: 4 },
    refusals: { GRAPHQL_VALIDATION_FAILED: 1, GRAPHQL_PARSE_FAILED: 2, COST_LIMIT_EXCEEDED: 1 },
  });
});

test('another supergraph has another id', async () => {
  const nowhere = { flight: 'http://127.0.0.1:1/graphql', payment: 'http://127.0.0.1:1/graphql' };
  const idOf = async (sdl: string) => {
    const { router } = await routerOver((await supergraphFile(sdl)).path);
    const body = JSON.stringify({ query: '{ __typename }', extensions });
    const response = await post<{ extensions: { router: RouterReport } }>(router.url, body);
    return response.body.extensions.router.supergraph.id;
  };
  const [one, same, other] = await Promise.all([
    idOf(compose(nowhere)),
    idOf(compose(nowhere)),
    idOf(compose(nowhere, ', gate: String')),
  ]);
  expect(same).toBe(one);
  expect(other).not.toBe(one);
});
