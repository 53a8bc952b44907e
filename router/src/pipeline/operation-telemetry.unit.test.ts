import { createMetrics, noTelemetry, noTracing } from '@airline/observability';
import { recording } from '@airline/observability/recorded-lines';
import { recordedTracing } from '@airline/observability/recorded-spans';
import { describe, expect, test, vi } from 'vitest';
import { isRefused } from '../refusal.ts';
import { OperationTelemetry } from './operation-telemetry.ts';
import { client, createTestPipeline } from './pipeline.fixture.ts';

const TRACE = 'a'.repeat(32);
const traced = { ...client, forwarded: { traceparent: `00-${TRACE}-${'b'.repeat(16)}-01` } };

const SUBSCRIBE = 'subscription Watch { flightUpdated { id revenue } }';

test("an event of a subscription is a trace of its own, with a link to its subscriber's", async () => {
  const { tracing, ended } = recordedTracing();
  const telemetry = { tracing, metrics: createMetrics() };
  const { pipeline, prepared } = createTestPipeline({ telemetry });
  const subscription = { ...(await prepared(SUBSCRIBE)), client: traced };
  await pipeline.execute(subscription, { data: { flightUpdated: { __typename: 'Flight', id: '7' } } });
  const event = ended().find(({ name }) => name === 'subscription Watch event');
  expect(event?.parentSpanContext).toBeUndefined();
  expect(event?.links.map(({ context }) => context.traceId)).toEqual([TRACE]);
});

test('a subscription counts as ok once it has begun, and is counted once', async () => {
  const metrics = createMetrics();
  const { pipeline, prepared } = createTestPipeline({ telemetry: { tracing: noTracing, metrics } });
  const subscription = await prepared(SUBSCRIBE);
  await pipeline.execute(subscription, { data: { flightUpdated: { __typename: 'Flight', id: '7' } } });
  expect(await metrics.text()).toContain(
    'graphql_operation_duration_seconds_count{operation="Watch",type="subscription",outcome="ok"} 1\n',
  );
});

test('a document is planned in a span only for an operation, not when a new supergraph has all planned again', () => {
  const { tracing, ended } = recordedTracing();
  const operations = new OperationTelemetry({ tracing, metrics: createMetrics() }, recording().logger);
  operations.counted(false, () => ({}));
  expect(ended()).toEqual([]);
  operations.begin(traced).span.within(() => operations.counted(false, () => ({})));
  expect(ended().map(({ name }) => name)).toEqual(['plan']);
});

describe('at level debug', () => {
  const identified = { ...client, forwarded: { 'x-request-id': 'r-1' } };
  const operationsOf = (lines: readonly Record<string, unknown>[]) =>
    lines.filter(({ msg }) => msg === 'operation');

  test('each operation is a line: what it was, what came of it, and nothing of what it brought', async () => {
    const { pipeline, lines } = createTestPipeline({ level: 'debug' });
    const query = 'mutation Rename($code: String!) { rename(id: "7", code: $code) { code } }';
    const prepared = await pipeline.prepare({ query, variables: { code: 'hidden' } }, identified);
    if (isRefused(prepared)) throw new Error('It is refused.');
    await pipeline.execute(prepared);
    await pipeline.prepare({ query: '{ nothing }' }, identified);
    expect(operationsOf(lines)).toMatchObject([
      { level: 'debug', type: 'mutation', operation: 'Rename', outcome: 'ok', codes: [], requestId: 'r-1' },
      { type: 'unknown', outcome: 'refused', codes: ['GRAPHQL_VALIDATION_FAILED'], requestId: 'r-1' },
    ]);
    expect(operationsOf(lines)[0]?.durationMs).toEqual(expect.any(Number));
    expect(JSON.stringify(lines)).not.toContain('hidden');
  });

  test('a line is made for no other level', () => {
    const { logger, lines } = recording('info');
    const operations = new OperationTelemetry(noTelemetry, logger);
    const refused = { status: 400, errors: [{ message: '', extensions: { code: 'A' } }] };
    const read = vi.spyOn(refused.errors, 'map');
    operations.endRefused(operations.begin(identified), refused);
    expect([lines, read.mock.calls]).toEqual([[], []]);
  });
});
