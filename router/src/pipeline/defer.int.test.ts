import { createMetrics, noTracing } from '@airline/observability';
import { stripIgnoredCharacters } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createTestPipeline } from './pipeline.fixture.ts';

describe('a document is refused', () => {
  test.each([
    ['for @defer on a field', '{ flights { id @defer } }'],
    ['for @defer with a label that varies', 'query($l: String) { flights { ... @defer(label: $l) { id } } }'],
    [
      'for one label at two @defer',
      '{ flights { ... @defer(label: "a") { id } ... @defer(label: "a") { code } } }',
    ],
    [
      'for @defer on fields of the mutation type',
      'mutation { ...M @defer } fragment M on Mutation { rename(id: 1, code: "a") { id } }',
    ],
    [
      'for @defer there that a variable switches',
      'mutation($on: Boolean!) { ... @defer(if: $on) { rename(id: 1, code: "a") { id } } }',
    ],
    [
      'for @defer in a subscription',
      'subscription { flightUpdated { ...F } } fragment F on Flight { ... @defer { id } }',
    ],
  ])('%s', async (_, query) => {
    const { refused, fetches } = createTestPipeline();
    const { errors } = await refused(query, { increments: true });
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    expect(fetches).toEqual([]);
  });
});

describe('a document is not refused', () => {
  test.each([
    [
      'for @defer that is off on fields of the mutation type',
      'mutation { ... @defer(if: false) { rename(id: 1, code: "a") { id } } }',
    ],
    [
      'for @defer that is off in a subscription',
      'subscription { flightUpdated { ... @defer(if: false) { id } } }',
    ],
    [
      'for @defer that may be off there',
      'subscription($on: Boolean) { flightUpdated { ... @defer(if: $on) { id } } }',
    ],
    [
      'for @defer without a label, or with null',
      '{ flights { ... @defer { id } ... @defer(label: null) { code } } }',
    ],
    [
      'for one @defer that is spread twice',
      '{ a: flight(id: 1) { ...F } b: flight(id: 1) { ...F } } fragment F on Flight { ... @defer(label: "a") { id } }',
    ],
  ])('%s', async (_, query) => {
    const { prepared } = createTestPipeline();
    const { planned } = await prepared(query, { increments: true });
    expect(planned.text).toBe(stripIgnoredCharacters(query));
  });
});

describe('@defer', () => {
  const query = '{ flight(id: 1) { id ... @defer { revenue } } }';

  test('is planned apart for transports that can deliver increments, and for them alone', async () => {
    const { prepared, plans } = createTestPipeline();
    for (const increments of [false, true, true, false]) {
      const { planned } = await prepared(query, { increments });
      expect(planned.compiled.deferred).toHaveLength(increments ? 1 : 0);
    }
    expect(plans()).toBe(2);
    await prepared('{ paid }', { increments: true });
    await prepared('{ paid }', { increments: false });
    expect(plans()).toBe(3);
  });

  test('keeps equal queries in flight from sharing an execution', async () => {
    const { prepared, pipeline, fetches } = createTestPipeline();
    const operations = [
      await prepared(query, { increments: true }),
      await prepared(query, { increments: true }),
    ];
    const results = await Promise.all(operations.map((operation) => pipeline.execute(operation)));
    for (const { deferred } of results) {
      const parts = [];
      for await (const { parts: ready } of deferred?.increments ?? []) parts.push(...ready);
      expect(parts).toMatchObject([{ data: { revenue: 100 } }]);
    }
    expect(fetches).toHaveLength(4);
  });

  test('lasts, for metrics, until its last part is delivered', async () => {
    const metrics = createMetrics();
    const { prepared, pipeline } = createTestPipeline({ telemetry: { tracing: noTracing, metrics } });
    const { deferred } = await pipeline.execute(await prepared(query, { increments: true }));
    expect(await metrics.text()).not.toContain('type="query"');
    for await (const { hasNext } of deferred?.increments ?? []) expect(hasNext).toBe(false);
    expect(await metrics.text()).toContain('type="query",outcome="ok"} 1\n');
  });

  test('is refused by itself where it is too large', async () => {
    const { prepared, pipeline } = createTestPipeline({ responseLimits: { bytes: 60, objects: 100 } });
    const name = 'n'.repeat(60);
    const query = `{ flight(id: "1") { id ... @defer { ${name}: revenue } } }`;
    const { data, deferred } = await pipeline.execute(await prepared(query, { increments: true }));
    expect(data).toEqual({ flight: { id: '1' } });
    for await (const { parts } of deferred?.increments ?? []) {
      expect(parts).toMatchObject([{ data: null, errors: [{ extensions: { code: 'RESPONSE_TOO_LARGE' } }] }]);
    }
    expect.assertions(2);
  });
});
